package org.sterna.forms;

/**
 * What is wrong with one answer.
 *
 * @param field the field's key, also when it is unknown; {@code <list>.<row>.<field>} in a list, rows from 0 as sent
 * @param message what is wrong and how to mend it, in the reader's language
 */
public record Violation(String field, String message) {}
