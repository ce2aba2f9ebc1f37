package org.sterna.calendar;

import java.time.LocalDate;

/** Gives the deadlines of duties. */
public interface Deadlines {

    /**
     * The deadline of a duty for an occasion. A sourced {@link NotifiedDate} for just that duty and occasion wins; else
     * the rule is computed, and the deadline is provisional when the meeting that it hangs on is. The day ends in the
     * zone that the rule names, else in that of {@link CalendarSettings}.
     *
     * @param rule the duty's rule
     * @param subject what a date would have been notified for: the duty's key, or {@code <duty>.<name>} of a further
     *     deadline
     * @param occasion for example {@code cop15}, {@code 2027} or {@code 2027-h1}
     * @param opened the day on which the obligation is opened, or on which the step comes up, in the zone of
     *     {@link CalendarSettings}
     * @param partyCode the Party; matters only where {@link DueRule#dependsOnParty()}
     * @throws InvalidOccasion if the occasion does not fit the rule, or its meeting is unknown or lacks the date needed
     * @throws IllegalStateException if the rule is counted from the main deadline
     */
    Deadline of(DueRule rule, String subject, String occasion, LocalDate opened, String partyCode);

    /**
     * The same for a further deadline that is counted from the main one, {@link DueRule.Start#DUE}. It is provisional
     * when that is, and the day ends in the same zone unless the rule names another.
     *
     * @param due the main deadline
     */
    Deadline fromDue(DueRule rule, String subject, String occasion, Deadline due, String partyCode);
}
