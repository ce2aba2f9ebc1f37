package org.sterna.sources;

import java.util.Map;
import java.util.Set;

/** The process variables of a step's instance, from the engine. */
public interface CaseVariables {

    /**
     * Variables of the step's instance, those of narrower scopes left out.
     *
     * @param taskId the open task
     * @param names which ones
     * @return texts, numbers and booleans by name; without those that are not set or anything else
     */
    Map<String, Object> find(String taskId, Set<String> names);
}
