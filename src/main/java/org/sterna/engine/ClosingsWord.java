package org.sterna.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.stereotype.Component;

/**
 * {@code ${closings.…}}: looks after the cases whose closing day is over.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("closingsWord")
public class ClosingsWord {

    private final Undelivered undelivered;

    ClosingsWord(Undelivered undelivered) {
        this.undelivered = undelivered;
    }

    /**
     * Closes what is due. On a thread of its own, so that each case has a transaction of its own.
     *
     * @throws ProcessEngineException naming what could not be closed; all else is
     */
    public void closeDue() {
        List<String> failed =
                CompletableFuture.supplyAsync(undelivered::closeDue).join();
        if (!failed.isEmpty()) {
            throw new ProcessEngineException("Could not be closed: " + failed);
        }
    }
}
