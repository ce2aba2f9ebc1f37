package org.sterna.forms;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from that a form offers, shows or judges by.
 *
 * @param kind what sort of source it is
 * @param duty the duty whose submission is meant; null but for {@link Kind#DUTY}
 * @param steps the steps whose submissions are meant; empty but for {@link Kind#CASE}, {@link Kind#DUTY} and
 *     {@link Kind#EARLIER}
 * @param name of the value there: a field, a variable, a fact, or one of {@link #OPENED}
 */
public record Source(Kind kind, @Nullable String duty, List<String> steps, String name) {

    /** What sort of source it is. */
    public enum Kind {
        /** What is known when a step is opened, one of {@link #OPENED}. */
        OPENED,
        /**
         * {@code case.<step>.<field>}: the newest submission of a step of the same case; of several steps, where they are
         * joined by {@code |}.
         */
        CASE,
        /** {@code duty.<duty>.<step>.<field>}: that of another duty's step, of the same Party and occasion. */
        DUTY,
        /**
         * {@code earlier.<step>.inTime}: whether the Party kept the deadline of that step on the occasion before,
         * {@code yes} or {@code no}; {@code no} too where there was none or nothing was sent.
         */
        EARLIER,
        /** {@code variable.<name>}: a process variable of the step's instance. */
        VARIABLE,
        /** {@code register.<fact>}: a fact about the Party. */
        REGISTER
    }

    /** What is known of everybody who opens a step. */
    public static final Set<String> OPENED = Set.of(
            "party",
            "party.code",
            "holder.name",
            "holder.email",
            "holder.language",
            "meeting.opening",
            "meeting.closing",
            "deadline.passed",
            "today");

    private static final String IN_TIME = "inTime";
    private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9]{0,63}");
    private static final String SLUG = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final Pattern SLUGS = Pattern.compile(SLUG + "(\\|" + SLUG + ")*");

    /**
     * Reads a source.
     *
     * @throws IllegalArgumentException saying what is wrong and what is known
     */
    public static Source parse(String text) {
        if (OPENED.contains(text)) {
            return new Source(Kind.OPENED, null, List.of(), text);
        }
        List<String> parts = List.of(text.split("\\.", -1));
        String name = parts.get(parts.size() - 1);
        boolean slugs = parts.subList(1, Math.max(1, parts.size() - 1)).stream()
                .allMatch(part -> SLUGS.matcher(part).matches());
        if (slugs && NAME.matcher(name).matches()) {
            switch (parts.get(0) + parts.size()) {
                case "case3" -> {
                    return new Source(Kind.CASE, null, steps(parts.get(1)), name);
                }
                case "duty4" -> {
                    return new Source(Kind.DUTY, parts.get(1), steps(parts.get(2)), name);
                }
                case "earlier3" -> {
                    if (name.equals(IN_TIME) && steps(parts.get(1)).size() == 1) {
                        return new Source(Kind.EARLIER, null, steps(parts.get(1)), name);
                    }
                }
                case "variable2" -> {
                    return new Source(Kind.VARIABLE, null, List.of(), name);
                }
                case "register2" -> {
                    return new Source(Kind.REGISTER, null, List.of(), name);
                }
                default -> {
                    // said below
                }
            }
        }
        throw new IllegalArgumentException(
                "'%s' is not known; known are %s, case.<step>.<field>, duty.<duty>.<step>.<field>, earlier.<step>.inTime, variable.<name>, register.<fact>"
                        .formatted(
                                text, String.join(", ", OPENED.stream().sorted().toList())));
    }

    private static List<String> steps(String joined) {
        return List.of(joined.split("\\|"));
    }
}
