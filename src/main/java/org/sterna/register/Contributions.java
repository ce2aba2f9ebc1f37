package org.sterna.register;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The assessed contributions of the Parties, in euro, with two decimals and never negative. What is written joins the
 * caller's transaction; writers of one Party take turns.
 */
public interface Contributions {

    /** The first year a contribution can be for: the Convention entered into force on 1 November 1983. */
    int FIRST_YEAR = 1983;

    /** How many years after the current one a contribution can be for: next year's share and two more. */
    int YEARS_AHEAD = 3;

    /** Which years money is put down to first; what is left over then goes to the others, the oldest first. */
    enum Order {
        /** The oldest year that has something unpaid (United Nations Financial Regulations, recalled). */
        OLDEST_FIRST,
        /** The year that the payment was made for. */
        NAMED_YEAR_FIRST
    }

    /**
     * An invoice.
     *
     * @param partyCode the Party
     * @param year from {@link #FIRST_YEAR} to {@link #YEARS_AHEAD} years after the current one
     * @param invoiceNo 1 to 60 characters; on no other year of the Party
     * @param assessed in euro, zero or more
     * @param basis how sure the amount is
     * @param source where it comes from, 1 to 500 characters
     * @param reason why it replaces what was entered before, {@link RegisterChange#SHORTEST_REASON} to {@link
     *     RegisterChange#LONGEST_REASON} characters; may be empty where number and amount are the same, or none was
     * @param from what the decision to replace comes from, kept with the reason: a file, or the key of a case
     */
    record Invoice(
            String partyCode,
            int year,
            String invoiceNo,
            BigDecimal assessed,
            Basis basis,
            String source,
            String reason,
            String from) {

        /** An invoice that replaces none. */
        public Invoice(String partyCode, int year, String invoiceNo, BigDecimal assessed, Basis basis, String source) {
            this(partyCode, year, invoiceNo, assessed, basis, source, "", source);
        }
    }

    /**
     * A payment that a Party tells of.
     *
     * @param partyCode the Party
     * @param year the year that it is for
     * @param amount above zero, in the currency
     * @param currency what it was paid in
     * @param exchangeRate euro for one unit of the currency, above zero; may be null for euro only
     * @param paidOn not in the future
     * @param reference 3 to 60 characters
     * @param document the proof's id in custody; null for none
     */
    record Notification(
            String partyCode,
            int year,
            BigDecimal amount,
            Contribution.Currency currency,
            @Nullable BigDecimal exchangeRate,
            LocalDate paidOn,
            String reference,
            @Nullable UUID document) {}

    /** What the Party owes as a whole. */
    default Standing standing(String partyCode) {
        return standings(List.of(partyCode)).get(partyCode);
    }

    /** What each of the Parties owes, by its code; two statements for all, with an entry for every code given. */
    Map<String, Standing> standings(Collection<String> partyCodes);

    /**
     * Where each of the Parties stood at the end of a day, by its code; two statements for all, with an entry for every
     * code given. The same day gives the same answer ever after, unless figures are corrected.
     */
    Map<String, ContributionStatus> statusAt(Collection<String> partyCodes, LocalDate day);

    /** The years of a Party that anything is known about, the newest first; four statements for all. */
    List<Contribution> years(String partyCode);

    /** One year of a Party. */
    Optional<Contribution> year(String partyCode, int year);

    /**
     * Enters an invoice, or corrects the one of that year; payments stay. What is replaced is kept with the reason.
     *
     * @throws InvalidContribution if a value cannot be accepted, or another number or amount was entered before and
     *     there is no reason to replace it; nothing was written
     */
    void invoice(Invoice invoice, String username);

    /**
     * Keeps a payment that a Party told of. It counts once it is matched.
     *
     * @return its identity
     * @throws InvalidContribution if a value cannot be accepted; nothing was written
     */
    UUID notified(Notification payment, String username);

    /**
     * Notes what was found in the books for a payment and puts it down to years with something unpaid; what is left
     * over is next year's share, paid in advance (Res. 13.2 para. 5).
     *
     * @param received in euro; zero if nothing was found
     * @throws InvalidContribution if the amount is negative, the payment is unknown or was matched before
     */
    default void matched(UUID payment, BigDecimal received, Order order, String username) {
        matched(payment, received, null, order, username);
    }

    /**
     * The same for a payment that the books have long known, as files tell.
     *
     * @param bookedOn the day from which it counts as paid; null for today
     */
    void matched(UUID payment, BigDecimal received, @Nullable LocalDate bookedOn, Order order, String username);

    /**
     * Money that the books may know already: booked before for the same year with the same payment reference, or on the
     * same day with the same amount.
     *
     * @param payment a payment that is to be matched
     * @param received in euro
     * @return what was booked; empty if nothing looks the same
     */
    Optional<Contribution.Payment> bookedAlready(UUID payment, BigDecimal received);

    /**
     * Keeps what a Party disputes about a year.
     *
     * @param reason 1 to 2000 characters
     * @throws InvalidContribution if a value cannot be accepted; nothing was written
     */
    void disputed(String partyCode, int year, String reason, String username);

    /** The file that an invoice was loaded from, and who loaded it: a user name. */
    record Loaded(String file, String by) {}

    /** Which of the Parties' invoices for a year were loaded from a file, by the Party's code; one statement. */
    Map<String, Loaded> loaded(int year, Collection<String> partyCodes);

    /** What was replaced of a Party's figures, the newest first; one statement. */
    List<RegisterChange> changes(String partyCode);

    /** Answers whatever the Party disputes about a year and has no answer yet. */
    void answered(String partyCode, int year, String answer, String username);
}
