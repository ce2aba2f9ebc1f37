package org.sterna.secretariat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list to take away; every text is in the reader's language.
 *
 * @param name of the file, without its ending
 * @param title what it is
 * @param facts when it was made, and what it was restricted to
 * @param headers one for each column
 * @param rows each with a value for each column: text, {@link java.time.LocalDate}, {@link java.time.LocalDateTime}, a
 *     number, or null for an empty cell
 */
record Sheet(String name, String title, List<String> facts, List<String> headers, List<List<@Nullable Object>> rows) {}
