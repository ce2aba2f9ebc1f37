package org.sterna.forms;

import java.util.Map;

/**
 * What is wrong with an answer, not yet put into words.
 *
 * @param field key of the field, or name of the cell
 * @param message key in {@code ValidationMessages}
 * @param parameters for the sentence
 */
record Fault(String field, String message, Map<String, Object> parameters) {}
