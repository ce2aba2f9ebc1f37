package org.sterna.register;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The assessed contribution of a Party for a year, in euro (Art. VII.4). Due on 1 January and to be paid by 31 March of
 * that year (budget resolutions, recalled).
 *
 * @param partyCode the Party
 * @param year the calendar year
 * @param invoiceNo the invoice's number, on one year of the Party only; null while money came in before the invoice
 *     went out
 * @param assessed what is to be paid; zero or more
 * @param paid what was received and put down to this year, zero or more; more than assessed if paid in advance
 * @param basis how sure the assessed amount is
 * @param source where it comes from
 * @param payments what the Party said it paid for this year, in the order told
 * @param disputes what the Party disputes, in the order told
 */
public record Contribution(
        String partyCode,
        int year,
        @Nullable String invoiceNo,
        BigDecimal assessed,
        BigDecimal paid,
        Basis basis,
        String source,
        List<Payment> payments,
        List<Dispute> disputes) {

    /** What is still to be paid; never negative. */
    public BigDecimal balance() {
        return assessed.subtract(paid).max(BigDecimal.ZERO.setScale(2));
    }

    /** What has been paid beyond what was assessed so far; never negative. */
    public BigDecimal inAdvance() {
        return paid.subtract(assessed).max(BigDecimal.ZERO.setScale(2));
    }

    /** What contributions are paid in. */
    public enum Currency {
        EUR,
        USD
    }

    /**
     * A payment as the Party told of it.
     *
     * @param id its identity
     * @param amount above zero, in the currency; a part of what is owed is welcome
     * @param currency what it was paid in
     * @param exchangeRate euro for one unit of the currency; null for euro
     * @param paidOn the day of payment
     * @param reference what the payment order says, 3 to 60 characters
     * @param document the proof's id in custody; null for none
     * @param notifiedAt when it was told
     * @param notifiedBy user name
     * @param match what the Secretariat found; null while it has not looked
     */
    public record Payment(
            UUID id,
            BigDecimal amount,
            Currency currency,
            @Nullable BigDecimal exchangeRate,
            LocalDate paidOn,
            String reference,
            @Nullable UUID document,
            Instant notifiedAt,
            String notifiedBy,
            @Nullable Match match) {}

    /**
     * What was found in the books for a payment.
     *
     * @param received in euro; zero if it was not found
     * @param at when the Secretariat looked
     * @param by user name
     */
    public record Match(BigDecimal received, Instant at, String by) {}

    /**
     * Something the Party disputes about the year.
     *
     * @param id its identity
     * @param reason what is disputed
     * @param raisedAt when
     * @param raisedBy user name
     * @param answer what the Secretariat answered; null while it has not
     * @param answeredAt when; null while it has not
     * @param answeredBy user name; null while it has not
     */
    public record Dispute(
            UUID id,
            String reason,
            Instant raisedAt,
            String raisedBy,
            @Nullable String answer,
            @Nullable Instant answeredAt,
            @Nullable String answeredBy) {}
}
