package org.sterna.register;

import java.math.BigDecimal;

/**
 * Where a Party stood with its contributions at the end of a day, in euro: what was booked as paid by then, whatever came
 * later. A contribution counts from 1 January of its year on, whenever its invoice was entered.
 *
 * @param partyCode the Party
 * @param known whether any year up to then was ever entered; where none was, all amounts are zero and say nothing
 * @param assumed whether an assessed amount is not from a source but assumed, as in the demonstration
 * @param year the day's year
 * @param invoiced whether an invoice was entered for that year; while none was, its amounts say nothing
 * @param assessed for that year
 * @param paid for that year
 * @param arrears unpaid for the years before, together
 * @param yearsInArrears how many of the years before were not paid in full
 * @param limit from how many years in arrears rights are lost
 */
public record ContributionStatus(
        String partyCode,
        boolean known,
        boolean assumed,
        int year,
        boolean invoiced,
        BigDecimal assessed,
        BigDecimal paid,
        BigDecimal arrears,
        int yearsInArrears,
        int limit) {

    /** Whether the years in arrears are so many that rights are lost. */
    public boolean rightsLost() {
        return yearsInArrears >= limit;
    }
}
