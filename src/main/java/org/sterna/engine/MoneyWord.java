package org.sterna.engine;

import static org.sterna.engine.Argument.Kind.DUTY;
import static org.sterna.engine.Argument.Kind.STEP;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.Submission;
import org.sterna.register.Basis;
import org.sterna.register.Contribution;
import org.sterna.register.Contributions;
import org.sterna.register.InvalidContribution;
import org.sterna.register.Scale;
import org.sterna.register.Standing;

/**
 * {@code ${money.…}}: contributions, arrears and what funding is decided by. The occasion of a case about a contribution
 * is its year. Amounts are in euro and told as text with two decimals, so that forms and notices can show them.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("money")
public class MoneyWord {

    private final Case theCase;
    private final Obligations obligations;
    private final Contributions contributions;
    private final Scale scale;
    private final FromFile fromFile;
    private final MessageSource messages;

    MoneyWord(
            Case theCase,
            Obligations obligations,
            Contributions contributions,
            Scale scale,
            FromFile fromFile,
            MessageSource messages) {
        this.theCase = theCase;
        this.obligations = obligations;
        this.contributions = contributions;
        this.scale = scale;
        this.fromFile = fromFile;
        this.messages = messages;
    }

    /** The Party's share in percent on the UN scale of assessments; null while none was entered. */
    public @Nullable Double share(DelegateExecution execution) {
        return scale.of(party(execution))
                .map(share -> share.percent().doubleValue())
                .orElse(null);
    }

    /** How many years are in arrears; null while no year was entered. */
    public @Nullable Integer arrearsYears(DelegateExecution execution) {
        Standing standing = standing(execution);
        return standing.known() ? standing.yearsInArrears() : null;
    }

    /** From how many years in arrears rights are lost. */
    public int arrearsLimit(DelegateExecution execution) {
        return standing(execution).limit();
    }

    /** Whether the Party is a Member State of the European Union, or the Union itself. */
    public boolean euMember(DelegateExecution execution) {
        return scale.europeanUnion(party(execution));
    }

    /** Whether the Party counts as a strong European economy outside the Union. */
    public boolean strongEconomy(DelegateExecution execution) {
        return scale.strongEconomy(party(execution));
    }

    /** What is unpaid for the years before this one. */
    public String arrears(DelegateExecution execution) {
        return standing(execution).arrears().toPlainString();
    }

    /** What has to be paid for rights lost to be restored; zero while none are. */
    public String restoring(DelegateExecution execution) {
        return standing(execution).restoring().toPlainString();
    }

    private String party(DelegateExecution execution) {
        return theCase.obligation(execution).partyCode();
    }

    private Standing standing(DelegateExecution execution) {
        return contributions.standing(party(execution));
    }

    /** The year of the case's occasion. */
    public int year(DelegateExecution execution) {
        return Integer.parseInt(theCase.obligation(execution).occasion());
    }

    /** What is unpaid for the year. */
    public String balance(DelegateExecution execution) {
        return balance(theCase.obligation(execution)).toPlainString();
    }

    /** Whether nothing is left to pay for the year. */
    public boolean settled(DelegateExecution execution) {
        return balance(theCase.obligation(execution)).signum() == 0;
    }

    private BigDecimal balance(Obligation obligation) {
        return contributions
                .year(obligation.partyCode(), yearOf(obligation))
                .map(Contribution::balance)
                .orElse(BigDecimal.ZERO.setScale(2));
    }

    /** Whether anything was assessed for the year. */
    public boolean charged(DelegateExecution execution) {
        Obligation obligation = theCase.obligation(execution);
        return contributions
                .year(obligation.partyCode(), yearOf(obligation))
                .filter(year -> year.assessed().signum() > 0)
                .isPresent();
    }

    /**
     * Enters the invoice of the last submission of a step: {@code invoiceNo} and {@code assessedAmount}, and {@code
     * changeReason} where the register has another one. What was loaded from a file keeps its source.
     */
    public void issueInvoice(DelegateExecution execution, @Argument(STEP) String step) {
        Obligation obligation = theCase.obligation(execution);
        Map<String, Object> values = last(obligation, step).values();
        Optional<Contribution> loaded =
                fromFile.running() ? contributions.year(obligation.partyCode(), yearOf(obligation)) : Optional.empty();
        said(() -> {
            contributions.invoice(
                    new Contributions.Invoice(
                            obligation.partyCode(),
                            yearOf(obligation),
                            (String) values.get("invoiceNo"),
                            number(values.get("assessedAmount")),
                            loaded.map(Contribution::basis).orElse(Basis.SOURCED),
                            loaded.map(Contribution::source).orElse(obligation.businessKey()),
                            values.get("changeReason") instanceof String reason ? reason : "",
                            obligation.businessKey()),
                    user());
            return null;
        });
    }

    /**
     * Keeps the payment and the dispute of the last submission of a step, as far as it has them: {@code amountPaid},
     * {@code currency}, {@code exchangeRate}, {@code paidOn}, {@code paymentReference}, {@code proof}; {@code
     * disputeReason}.
     *
     * @return the payment's id; empty if none was told of
     */
    public String recordPayment(DelegateExecution execution, @Argument(STEP) String step) {
        Obligation obligation = theCase.obligation(execution);
        Submission submission = last(obligation, step);
        Map<String, Object> values = submission.values();
        return said(() -> {
            if (values.get("disputeReason") instanceof String reason) {
                contributions.disputed(obligation.partyCode(), yearOf(obligation), reason, submission.submittedBy());
            }
            if (values.get("amountPaid") == null) {
                return "";
            }
            Object rate = values.get("exchangeRate");
            Object proof = values.get("proof");
            return contributions
                    .notified(
                            new Contributions.Notification(
                                    obligation.partyCode(),
                                    yearOf(obligation),
                                    number(values.get("amountPaid")),
                                    Contribution.Currency.valueOf((String) values.get("currency")),
                                    rate == null ? null : number(rate),
                                    LocalDate.parse(String.valueOf(values.get("paidOn"))),
                                    (String) values.get("paymentReference"),
                                    proof == null ? null : UUID.fromString((String) proof)),
                            submission.submittedBy())
                    .toString();
        });
    }

    /**
     * Settles a payment by the last submission of a step, {@code amountReceived} in euro and {@code settles} ({@code
     * oldest-first} or {@code this-year}), and answers the year's disputes with {@code disputeAnswer}, if there is one.
     *
     * @param payment as {@link #recordPayment} gave it; nothing is settled if it is empty. Money that
     *     looks like what the books have is refused without {@code furtherReason}
     */
    public void matchReceipt(DelegateExecution execution, @Argument(STEP) String step, String payment) {
        Obligation obligation = theCase.obligation(execution);
        Map<String, Object> values = last(obligation, step).values();
        said(() -> {
            if (values.get("disputeAnswer") instanceof String answer) {
                contributions.answered(obligation.partyCode(), yearOf(obligation), answer, user());
            }
            if (!payment.isEmpty()) {
                BigDecimal received =
                        values.get("amountReceived") == null ? BigDecimal.ZERO : number(values.get("amountReceived"));
                if (received.signum() > 0 && !(values.get("furtherReason") instanceof String)) {
                    contributions
                            .bookedAlready(UUID.fromString(payment), received)
                            .ifPresent(booked -> {
                                throw bookedAlready(booked);
                            });
                }
                contributions.matched(
                        UUID.fromString(payment),
                        received,
                        "oldest-first".equals(values.get("settles"))
                                ? Contributions.Order.OLDEST_FIRST
                                : Contributions.Order.NAMED_YEAR_FIRST,
                        user());
            }
            return null;
        });
    }

    /**
     * Whether the person whom the last submission of a step asks funding for, {@code applicantGivenName} and {@code
     * applicantFamilyName}, is among those whom the Party named for another duty on the same occasion: one member of
     * the delegation can be funded (Res. 12.2). The newest submission there that names anybody counts; names are
     * compared without regard to capitals.
     *
     * @return {@code yes}, {@code no}, or {@code not-sent} while nobody was named
     */
    @OneOf({"yes", "no", "not-sent"})
    public String applicantNamed(
            DelegateExecution execution, @Argument(STEP) String step, @Argument(DUTY) String duty) {
        Obligation obligation = theCase.obligation(execution);
        Map<String, Object> application = last(obligation, step).values();
        String applicant = name(application.get("applicantGivenName"), application.get("applicantFamilyName"));
        List<Submission> sent = obligations
                .submissions(obligation.partyCode(), obligation.occasion(), List.of(duty))
                .getOrDefault(duty, List.of());
        for (int newest = sent.size() - 1; newest >= 0; newest--) {
            Set<String> named = new HashSet<>();
            collect(sent.get(newest).values(), named);
            if (!named.isEmpty()) {
                return named.contains(applicant) ? "yes" : "no";
            }
        }
        return "not-sent";
    }

    /** The people in answers: a person block of its own, and one in each row of a list. */
    private static void collect(@Nullable Object answers, Set<String> named) {
        if (answers instanceof Map<?, ?> values) {
            if (values.get("familyName") != null) {
                named.add(name(values.get("givenName"), values.get("familyName")));
            }
            values.values().forEach(value -> collect(value, named));
        } else if (answers instanceof List<?> rows) {
            rows.forEach(row -> collect(row, named));
        }
    }

    private static String name(@Nullable Object given, @Nullable Object family) {
        return (given + " " + family).strip().toLowerCase(Locale.ROOT);
    }

    /** Money that looks the same counts twice only on a decision with its reason. */
    private RefusedSubmission bookedAlready(Contribution.Payment booked) {
        return new RefusedSubmission(new InvalidSubmission(List.of(new Violation(
                "furtherReason",
                messages.getMessage(
                        "money.booked-already",
                        new Object[] {
                            Objects.requireNonNull(booked.match()).received().toPlainString(),
                            booked.paidOn().toString(),
                            booked.reference()
                        },
                        LocaleContextHolder.getLocale())))));
    }

    private Submission last(Obligation obligation, String step) {
        return obligations.submissions(obligation.id()).stream()
                .filter(submission -> submission.step().equals(step))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** What the register refuses is refused to whoever submitted the step, by the name that its forms use. */
    private static <T> T said(Supplier<T> what) {
        try {
            return what.get();
        } catch (InvalidContribution refused) {
            throw new RefusedSubmission(
                    new InvalidSubmission(List.of(new Violation(field(refused.field()), refused.getMessage()))));
        }
    }

    private static String field(String field) {
        return switch (field) {
            case "assessed" -> "assessedAmount";
            case "amount" -> "amountPaid";
            case "received" -> "amountReceived";
            case "reference" -> "paymentReference";
            case "reason" -> "disputeReason";
            default -> field;
        };
    }

    private static int yearOf(Obligation obligation) {
        return Integer.parseInt(obligation.occasion());
    }

    /** Kept answers come back as the numbers that JSON knows. */
    private static BigDecimal number(@Nullable Object value) {
        return new BigDecimal(String.valueOf(value));
    }

    private static String user() {
        String user = Context.getCommandContext().getAuthenticatedUserId();
        return user == null ? LedgerEvent.SYSTEM : user;
    }
}
