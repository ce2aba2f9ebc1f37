package org.sterna.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Secretariat's tasks to correct addresses that take no mail. They belong to no obligation, so the ledger does not
 * know them.
 */
public interface AddressTasks {

    /** Key of the diagram. */
    String CORRECT_ADDRESS = "correct-address";

    /** Its one step. */
    String MEND_ADDRESS = "mend-address";

    /** The addresses that those of the tasks are about which are such tasks and open, by the task's id. */
    Map<String, String> addresses(Collection<String> taskIds);

    /** The address that the task is about, if it is such a task and open. */
    default Optional<String> address(String taskId) {
        return Optional.ofNullable(addresses(List.of(taskId)).get(taskId));
    }
}
