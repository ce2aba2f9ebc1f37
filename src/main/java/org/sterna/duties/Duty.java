package org.sterna.duties;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Rung;

/**
 * An entry of the catalogue of duties: what {@code processes/<key>/duty.yaml} and the diagram beside it say.
 *
 * @param key slug: folder, file, process id and message prefix
 * @param code number in the terms of reference, for example {@code D06}
 * @param group what it is about, beside other duties
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
 * @param further deadlines beside the main one, for single steps
 * @param opens the day on which its occasions open by themselves; null if they never do
 * @param follows key of the duty that a Party has done when this one opens for it on the same occasion, if it is not open
 *     by then; null if it follows none
 * @param meetings the kinds of meeting it is for; empty if it is for none
 * @param years the years it is for; null for any
 * @param national whether what its steps are answered with stays within the Party: the Secretariat sees that it was sent
 *     and when, never what
 * @param closes when it is closed as not delivered, if nobody ever delivers
 */
public record Duty(
        String key,
        String code,
        Group group,
        String holder,
        Kind kind,
        boolean voluntary,
        DueRule deadline,
        int correction,
        List<Rung> ladder,
        Binding binds,
        String basis,
        boolean assumed,
        List<Step> steps,
        List<Further> further,
        @Nullable DueRule opens,
        @Nullable String follows,
        Set<Meeting.Kind> meetings,
        @Nullable Years years,
        boolean national,
        Closing closes) {

    /** Name of the main deadline. */
    public static final String DUE = "due";

    /** A duty of the first group with one deadline that no meeting moves and that never opens by itself. */
    public Duty(
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
        this(
                key,
                code,
                Group.NOMINATIONS,
                holder,
                kind,
                voluntary,
                deadline,
                correction,
                ladder,
                binds,
                basis,
                assumed,
                steps,
                List.of(),
                null,
                null,
                Set.of(),
                null,
                false,
                Closing.BY_DECISION);
    }

    /**
     * The years that a duty is for.
     *
     * @param first the first of them
     * @param ahead how many years after the current one the last of them is
     * @param each whether each of them is owed whatever happens: a year that did not open on its day opens later, even
     *     when all its deadlines have passed
     */
    public record Years(int first, int ahead, boolean each) {}

    /**
     * When an obligation is closed as not delivered: at the end of the day that the rule gives, as long as the Party has
     * to act; never before the deadline that stands is over.
     *
     * @param rule the day; {@link DueRule.Start#DUE} stands for the deadline that is waited for. Null where only the
     *     Secretariat closes it, because what is owed is owed for as long as it takes
     * @param assumed whether it is a default that nobody has notified
     * @param basis where the rule comes from, for readers
     */
    public record Closing(@Nullable DueRule rule, boolean assumed, String basis) {

        /** Only the Secretariat closes it. */
        public static final Closing BY_DECISION = new Closing(null, true, "");
    }

    /**
     * A deadline of single steps, beside the main one.
     *
     * @param name unique in the duty, for example {@code original}
     * @param rule its rule
     * @param assumed whether it is a default that nobody has notified
     * @param basis where the rule comes from, for readers
     * @param hard whether what comes after it has no effect any more
     * @param interim whether it only leads up to the main one: it reminds, nothing is late by it, and the main
     *     deadline keeps standing
     * @param steps user tasks that are due by it
     * @param ladder reminders, overdue and escalations, ordered by offset
     * @param closes when the obligation is closed as not delivered while this deadline stands; null for the duty's own
     *     {@link Duty#closes}
     */
    public record Further(
            String name,
            DueRule rule,
            boolean assumed,
            String basis,
            boolean hard,
            boolean interim,
            Set<String> steps,
            List<Rung> ladder,
            @Nullable Closing closes) {

        /** A deadline while which the duty's own closing holds. */
        public Further(
                String name,
                DueRule rule,
                boolean assumed,
                String basis,
                boolean hard,
                boolean interim,
                Set<String> steps,
                List<Rung> ladder) {
            this(name, rule, assumed, basis, hard, interim, steps, ladder, null);
        }
    }

    /** What duties are about, in the order in which they are shown. */
    public enum Group {
        /** Who speaks for the Party, and how to reach them. */
        NOMINATIONS,
        /** What the Party tells the Secretariat, regularly or when asked. */
        REPORTING,
        /** Money owed and given, and means found. */
        RESOURCES,
        /** Before, at and after meetings. */
        MEETINGS,
        /** What is done within the Party, and with its partners. */
        IMPLEMENTATION,
        /** Between the focal points of a region and their representative. */
        REGION;

        /** Lower-case name, used in duty files, pages and messages. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
     * @param parties which Parties
     * @param region code of the region; null unless bound by region
     * @param instrument code of the Agreement or MOU; null unless bound by instrument
     * @param decision id of the decision table that says who is eligible; null unless bound by eligibility
     * @param suggests the condition by which the Secretariat is offered Parties to open it for
     * @param role the role of the seat that the condition or the bond looks at; null where none does
     */
    public record Binding(
            Bound parties,
            @Nullable String region,
            @Nullable String instrument,
            @Nullable String decision,
            Suggestion suggests,
            @Nullable String role) {

        /** Every Party is bound. */
        public static Binding all(Suggestion suggests, @Nullable String role) {
            return new Binding(Bound.ALL, null, null, null, suggests, role);
        }
    }

    /** Which Parties a duty binds. */
    public enum Bound {
        ALL,
        /** Those of a region of the Standing Committee. */
        OF_REGION,
        /** Parties to an Agreement, or signatories of an MOU. */
        OF_INSTRUMENT,
        /** Those whose seat of the role is held. */
        WITH_SEAT,
        /** Those whom a decision table finds eligible. */
        ELIGIBLE
    }

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

    /** Name of the deadline that a step is due by: a further one's, or {@link #DUE}. */
    public String deadlineOf(String stepKey) {
        return further.stream()
                .filter(one -> one.steps().contains(stepKey))
                .map(Further::name)
                .findFirst()
                .orElse(DUE);
    }

    /** Name of the deadline that says what is late: the main one instead of an interim one. */
    public String binding(String name) {
        return further(name).filter(Further::interim).isPresent() ? DUE : name;
    }

    /** The further deadline with that name. */
    public Optional<Further> further(String name) {
        return further.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The ladder of the deadline with that name. */
    public List<Rung> ladder(String name) {
        return further(name).map(Further::ladder).orElse(ladder);
    }

    /** When the obligation is closed as not delivered while the deadline with that name stands. */
    public Closing closing(String name) {
        return further(name).map(Further::closes).orElse(closes);
    }

    /** The rule of the deadline with that name. */
    public DueRule rule(String name) {
        return further(name).map(Further::rule).orElse(deadline);
    }

    /** What a date of the deadline with that name is notified for: {@code <duty>} or {@code <duty>.<name>}. */
    public String subject(String name) {
        return name.equals(DUE) ? key : key + "." + name;
    }

    /** The step with that key. */
    public Optional<Step> step(String stepKey) {
        return steps.stream().filter(step -> step.key().equals(stepKey)).findFirst();
    }
}
