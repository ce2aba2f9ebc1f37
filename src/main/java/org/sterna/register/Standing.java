package org.sterna.register;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Party owes as a whole, in euro. Only what the Secretariat found in its books counts as paid.
 *
 * <p>A year is a year in arrears if it is before the current calendar year (UTC) and not all that was assessed for it
 * has been paid, however little is missing; such years need not follow one another. So a contribution that is late in
 * its own year is overdue, and a year in arrears from 1 January of the next.
 *
 * @param partyCode the Party
 * @param known whether any year of the Party was ever entered; where none was, all amounts are zero and say nothing
 * @param assumed whether an assessed amount is not from a source but assumed, as in the demonstration
 * @param year the current year
 * @param assessed for all years together
 * @param paid for all years together
 * @param balance unpaid for the current year; never negative
 * @param arrears unpaid for the years before, together: what is brought forward; never negative
 * @param yearsInArrears how many years are in arrears
 * @param limit from how many years in arrears rights are lost (COP12 decision; Res. 13.2 paras 5 and 10; recalled)
 * @param restoring the least that has to be paid for the years in arrears to be fewer than the limit, money being put
 *     down to the oldest year first (United Nations Financial Regulations, recalled); zero while no rights are lost
 * @param notInvoiced the years up to the current one, from the first that anything was entered for, that no invoice
 *     was entered for; in order
 * @param firstYear the first year that {@code assessed} and {@code paid} are about; null while nothing was entered
 * @param lastYear the last such year
 */
public record Standing(
        String partyCode,
        boolean known,
        boolean assumed,
        int year,
        BigDecimal assessed,
        BigDecimal paid,
        BigDecimal balance,
        BigDecimal arrears,
        int yearsInArrears,
        int limit,
        BigDecimal restoring,
        List<Integer> notInvoiced,
        @Nullable Integer firstYear,
        @Nullable Integer lastYear) {

    /** Whether an invoice was entered for the current year; while none was, a balance of zero says nothing. */
    public boolean invoiced() {
        return known && !notInvoiced.contains(year);
    }

    /**
     * Whether the Party cannot hold office in the Convention's bodies and gets neither funding of its delegates nor
     * Small Grants.
     */
    public boolean rightsLost() {
        return yearsInArrears >= limit;
    }
}
