package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.register.Account;
import org.sterna.register.Contribution;
import org.sterna.register.Contributions;
import org.sterna.register.Parties;
import org.sterna.register.Scale;
import org.sterna.register.Standing;

@RestController
@Tag(name = OpenApi.LEDGER)
class ContributionsController {

    private final Parties parties;
    private final Contributions contributions;
    private final Scale scale;

    ContributionsController(Parties parties, Contributions contributions, Scale scale) {
        this.parties = parties;
        this.contributions = contributions;
        this.scale = scale;
    }

    @Schema(name = "ContributionPayment", description = "A payment as the Party told of it, and what was found")
    record PaymentView(
            BigDecimal amount,

            @Schema(description = "EUR or USD", example = "EUR")
            String currency,

            @Schema(description = "Euro for one unit of the currency; none for euro", nullable = true) @Nullable
            BigDecimal exchangeRate,

            LocalDate paidOn,
            String reference,
            @Schema(description = "UTC") Instant notifiedAt,

            @Schema(
                    description = "Euro found in the books, zero if not found; none while nobody looked",
                    nullable = true)
            @Nullable
            BigDecimal received,

            @Schema(description = "When the Secretariat looked, UTC", nullable = true) @Nullable
            Instant matchedAt,

            @Schema(description = "Who looked: a user name", nullable = true) @Nullable
            String matchedBy) {

        static PaymentView of(Contribution.Payment payment) {
            Contribution.Match match = payment.match();
            return new PaymentView(
                    payment.amount(),
                    payment.currency().name(),
                    payment.exchangeRate(),
                    payment.paidOn(),
                    payment.reference(),
                    payment.notifiedAt(),
                    match == null ? null : match.received(),
                    match == null ? null : match.at(),
                    match == null ? null : match.by());
        }
    }

    @Schema(name = "ContributionDispute", description = "What the Party disputes about a year")
    record DisputeView(
            String reason,
            @Schema(description = "UTC") Instant raisedAt,

            @Schema(description = "What the Secretariat answered", nullable = true) @Nullable
            String answer,

            @Schema(description = "UTC", nullable = true) @Nullable
            Instant answeredAt) {

        static DisputeView of(Contribution.Dispute dispute) {
            return new DisputeView(dispute.reason(), dispute.raisedAt(), dispute.answer(), dispute.answeredAt());
        }
    }

    @Schema(name = "ContributionYear", description = "The assessed contribution for a year, in euro")
    record YearView(
            int year,

            @Schema(description = "Number of the invoice; none while not invoiced", nullable = true) @Nullable
            String invoiceNo,

            BigDecimal assessed,

            @Schema(description = "Found in the books and put down to this year")
            BigDecimal paid,

            @Schema(description = "Still to be paid; never negative")
            BigDecimal balance,

            @Schema(description = "How sure the assessed amount is: sourced, recalled or assumed", example = "sourced")
            String basis,

            String source,
            List<PaymentView> payments,
            List<DisputeView> disputes) {

        static YearView of(Contribution year) {
            return new YearView(
                    year.year(),
                    year.invoiceNo(),
                    year.assessed(),
                    year.paid(),
                    year.balance(),
                    year.basis().code(),
                    year.source(),
                    year.payments().stream().map(PaymentView::of).toList(),
                    year.disputes().stream().map(DisputeView::of).toList());
        }
    }

    @Schema(name = "ContributionStanding", description = "What a Party owes as a whole, in euro")
    record StandingView(
            @Schema(example = "KEN") String party,

            @Schema(description = "Whether any year was entered; if not, the amounts say nothing")
            boolean known,

            @Schema(description = "The current year") int year,

            @Schema(description = "Unpaid for the current year")
            BigDecimal balance,

            @Schema(description = "Unpaid for the years before")
            BigDecimal arrears,

            @Schema(description = "Years before the current one with anything unpaid, consecutive or not")
            int yearsInArrears,

            @Schema(description = "From how many of them rights are lost", example = "3")
            int limit,

            @Schema(description = "Whether the Party can hold no office and gets neither funding nor Small Grants")
            boolean rightsLost,

            @Schema(description = "What has to be paid, to the oldest years first, for the rights to be restored")
            BigDecimal restoring,

            @Schema(description = "Percent on the UN scale of assessments; none while not entered", nullable = true)
            @Nullable
            BigDecimal unScalePercent,

            @Schema(description = "Years without an invoice, from the first known one to the current one")
            List<Integer> notInvoiced,

            @Schema(description = "The years known, the newest first")
            List<YearView> years) {}

    @GetMapping(path = "/api/v1/parties/{code}/contributions", produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses(Problem.Kind.NOT_FOUND)
    @Operation(
            summary = "Read a Party’s contributions",
            description = "For the Secretariat, and for a Party’s own accounts: assessed contributions, payments,"
                    + " arrears and what follows from them.")
    StandingView read(
            @Parameter(description = "ISO 3166-1 alpha-3 code; EUE for the European Union", example = "KEN")
                    @PathVariable
                    String code,
            @Caller Account caller) {
        if (!caller.secretariat() && !code.equals(caller.partyCode())
                || parties.find(code).isEmpty()) {
            throw Refusal.notFound();
        }
        Standing standing = contributions.standing(code);
        return new StandingView(
                code,
                standing.known(),
                standing.year(),
                standing.balance(),
                standing.arrears(),
                standing.yearsInArrears(),
                standing.limit(),
                standing.rightsLost(),
                standing.restoring(),
                scale.of(code).map(Scale.Share::percent).orElse(null),
                standing.notInvoiced(),
                contributions.years(code).stream().map(YearView::of).toList());
    }
}
