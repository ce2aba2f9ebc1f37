package org.sterna.duties;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Rung;

/**
 * An entry of the catalogue of duties: what {@code processes/<key>/duty.yaml} and the diagram beside it say.
 *
 * @param key slug: folder, file, process id and message prefix
 * @param code number in the terms of reference, for example {@code D06}
 * @param holder role of the seat that carries the duty, for example {@code nfp}
 * @param kind what opens it
 * @param voluntary whether silence is never called overdue
 * @param deadline the rule of its deadline
 * @param correction how many days a Party has to correct a returned submission
 * @param ladder reminders, overdue and escalations, ordered by offset
 * @param binds which Parties it is opened for
 * @param basis where the rule comes from (article, resolution, notification, seed), for readers
 * @param assumed whether the deadline is a default that nobody has notified
 * @param steps its user tasks in the order of the diagram
 */
public record Duty(
        String key,
        String code,
        String holder,
        Kind kind,
        boolean voluntary,
        DueRule deadline,
        int correction,
        List<Rung> ladder,
        Binding binds,
        String basis,
        boolean assumed,
        List<Step> steps) {

    /** What opens a duty. */
    public enum Kind {
        EVENT,
        MEETING,
        PERIOD,
        CALENDAR,
        REQUEST
    }

    /**
     * Which Parties a duty is for.
     *
     * @param parties {@code all}
     * @param suggests the condition by which the Secretariat is offered Parties to open it for
     * @param role the role of the seat that the condition looks at; null where it looks at none
     */
    public record Binding(
            String parties, Suggestion suggests, @Nullable String role) {}

    /** Conditions by which Parties are offered for opening. */
    public enum Suggestion {
        /** Every Party bound. */
        ALL,
        /** Parties whose seat of the role has no holder confirmed by an accepted letter. */
        UNCONFIRMED
    }

    /**
     * A user task of the duty.
     *
     * @param key user task id, form name and message infix, for example {@code submit-nomination}
     * @param seat role of the seat whose task it is, for example {@code nfp} or {@code secretariat}
     */
    public record Step(String key, String seat) {}

    /** The step with that key. */
    public Optional<Step> step(String stepKey) {
        return steps.stream().filter(step -> step.key().equals(stepKey)).findFirst();
    }
}
