package org.sterna.calendar;

import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a duty's ladder: what happens how long before or after the deadline, and who is told.
 *
 * @param id unique in the ladder, for example {@code reminder-14}
 * @param kind what happens
 * @param offset from the deadline's day; negative before it
 * @param to roles of the seats written to, for example {@code nfp}
 * @param copies roles of the seats that get a copy
 * @param decide whether the Secretariat is asked to decide (escalations only)
 * @param text which of the duty's texts is sent, by a name that begins with the kind, for example
 *     {@code overdue-no-vote}; null for that of the kind
 */
public record Rung(
        String id,
        Kind kind,
        Period offset,
        List<String> to,
        List<String> copies,
        boolean decide,
        @Nullable String text) {

    /** A rung with the text of its kind. */
    public Rung(String id, Kind kind, Period offset, List<String> to, List<String> copies, boolean decide) {
        this(id, kind, offset, to, copies, decide, null);
    }

    /** What a rung is. */
    public enum Kind {
        REMINDER,
        OVERDUE,
        ESCALATION;

        /** The kind of its notices, and what the names of its texts begin with. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a rung of this kind can send the text of that name. */
        public boolean speaks(String text) {
            return text.startsWith(code() + "-");
        }
    }

    /** Acts fall in the morning of their day, in the zone of the deadline. Default, configurable. */
    static final LocalTime MORNING = LocalTime.of(8, 0);

    /**
     * What is told of this rung where a duty has several deadlines: {@code reminder-14} of the main one,
     * {@code original.reminder-14} of the further deadline {@code original}.
     */
    public String of(String deadlineName, String main) {
        return deadlineName.equals(main) ? id : deadlineName + "." + id;
    }

    /**
     * Name of the deadline in what {@link #of} and {@link #milestone} tell; empty for the main one's.
     *
     * @param told for example {@code original.reminder-14@2027-01-15}
     */
    public static Optional<String> deadlineName(String told) {
        String rung = told.split("@", 2)[0];
        int dot = rung.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(rung.substring(0, dot));
    }

    /**
     * The kind of a rung that the Secretariat set, by its id, which begins with it.
     *
     * @param told for example {@code original.reminder-10}
     */
    public static Optional<Kind> kind(String told) {
        String id = told.substring(told.indexOf('.') + 1);
        return Arrays.stream(Kind.values()).filter(kind -> kind.speaks(id)).findFirst();
    }

    /** When this rung is due for a deadline. */
    public Instant at(Deadline deadline) {
        return deadline.on()
                .plus(offset)
                .atTime(MORNING)
                .atZone(deadline.zone())
                .toInstant();
    }

    /**
     * The once-only key of this rung for a deadline, for example {@code reminder-14@2027-01-15}: a moved deadline
     * starts the ladder anew, the same deadline never repeats a rung.
     */
    public String milestone(Deadline deadline) {
        return id + "@" + deadline.on();
    }
}
