package org.sterna.engine;

import static org.sterna.engine.Argument.Kind.NOTICE;
import static org.sterna.engine.Argument.Kind.ROLES;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duty;
import org.sterna.duties.Words;
import org.sterna.notices.Ladders;
import org.sterna.notices.NoticeKinds;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;

/**
 * {@code ${sendNotice.…}}: puts notices into the outbox.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("sendNotice")
public class SendNoticeWord {

    private final Case theCase;
    private final Obligations obligations;
    private final Notices notices;
    private final Ladders ladders;
    private final Words words;
    private final DeadlineWord deadlines;

    SendNoticeWord(
            Case theCase,
            Obligations obligations,
            Notices notices,
            Ladders ladders,
            Words words,
            DeadlineWord deadlines) {
        this.theCase = theCase;
        this.obligations = obligations;
        this.notices = notices;
        this.ladders = ladders;
        this.words = words;
        this.deadlines = deadlines;
    }

    /**
     * A notice of that kind to the seats of those roles. Of the case's variables and the newest answers, those that the
     * notice has a label for are told in it.
     *
     * @param roles separated by commas
     */
    public void of(DelegateExecution execution, @Argument(NOTICE) String kind, @Argument(ROLES) String roles) {
        of(execution, kind, roles, "");
    }

    /** The same, with copies. */
    public void of(
            DelegateExecution execution,
            @Argument(NOTICE) String kind,
            @Argument(ROLES) String roles,
            @Argument(ROLES) String copies) {
        Obligation obligation = theCase.obligation(execution);
        // a case that is only starting has got no answers yet
        Optional<Submission> last = Together.starting(obligation.id()).isPresent()
                ? Optional.empty()
                : obligations.submissions(obligation.id()).stream().reduce((earlier, later) -> later);
        Notices.Request request = request(
                obligation,
                last.map(submission -> milestone(kind, submission)).orElse(kind),
                kind,
                roles,
                copies,
                values(execution, told(obligation, kind), last));
        tell(due(execution, obligation, request).map(request::dueBy).orElse(request));
    }

    /** What the step is due by that the notice is about; empty where that is what stands for the obligation. */
    private Optional<Notices.Due> due(DelegateExecution execution, Obligation obligation, Notices.Request request) {
        Duty duty = theCase.duty(obligation);
        if (duty.further().isEmpty()
                || !NoticeKinds.tellsDeadline(request.kind())
                || NoticeKinds.movesDeadline(request.kind())) {
            return Optional.empty();
        }
        return NextStep.after(execution)
                .map(duty::deadlineOf)
                .or(() -> openStep(obligation, request))
                .filter(name -> !name.equals(obligation.deadlineName()))
                .flatMap(name -> deadlines
                        .known(obligation, name)
                        .map(deadline -> new Notices.Due(name, deadline, obligation.deadline())));
    }

    /** The deadline of the step that waits for a reader already, where none comes next. */
    private Optional<String> openStep(Obligation obligation, Notices.Request request) {
        return obligations.tasks(obligation.id()).stream()
                .filter(task -> request.to().contains(task.seatCode()))
                .map(OpenTask::deadlineName)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Receipts of one submission share their milestone, so that nobody gets two of them, whatever their kinds. */
    private static String milestone(String kind, Submission submission) {
        return (NoticeKinds.receipt(kind) ? NoticeKinds.RECEIPT : kind) + "@" + submission.receipt();
    }

    /**
     * The receipt of what a Party's seat has sent; to nobody who got one from the diagram. Of the answers it quotes
     * nothing.
     *
     * @param to codes of the seats written to
     */
    void receipt(Submission sent, Collection<String> to) {
        tell(new Notices.Request(
                sent.obligationId(),
                milestone(NoticeKinds.RECEIPT, sent),
                NoticeKinds.RECEIPT,
                to,
                List.of(),
                !NoticeKinds.information(NoticeKinds.RECEIPT),
                particulars(sent)));
    }

    /** A notice outside a diagram. */
    void tell(
            Obligation obligation,
            String milestone,
            String kind,
            String roles,
            String copies,
            Map<String, String> values) {
        tell(request(obligation, milestone, kind, roles, copies, values));
    }

    private Notices.Request request(
            Obligation obligation,
            String milestone,
            String kind,
            String roles,
            String copies,
            Map<String, String> values) {
        return new Notices.Request(
                obligation.id(),
                milestone,
                kind,
                theCase.seats(obligation, roles),
                theCase.seats(obligation, copies),
                !NoticeKinds.information(kind),
                values);
    }

    private void tell(Notices.Request request) {
        Together.of(request.obligationId())
                .ifPresentOrElse(together -> together.tell(request), () -> notices.issue(request));
    }

    /**
     * A notice outside a diagram, to seats by their codes.
     *
     * @return how many were written
     */
    int toSeats(Obligation obligation, String milestone, String kind, List<String> seats) {
        return notices.issue(new Notices.Request(obligation.id(), milestone, kind, seats, List.of(), true, Map.of()));
    }

    /** The notice of the milestone that is due, to those whom its rung names. */
    public void milestone(DelegateExecution execution, String rungId) {
        Obligation obligation = theCase.obligation(execution);
        String name = Rung.deadlineName(rungId).orElse(Duty.DUE);
        Deadline deadline = theCase.deadlines(obligation).getOrDefault(name, obligation.deadline());
        Rung rung = ladders.of(obligation, name).stream()
                .filter(candidate -> candidate.of(name, Duty.DUE).equals(rungId))
                .findFirst()
                .orElseThrow();
        String kind = rung.kind().code();
        tell(new Notices.Request(
                obligation.id(),
                rungId + "@" + deadline.on(),
                kind,
                theCase.seats(obligation, rung.to()),
                theCase.seats(obligation, rung.copies()),
                true,
                variables(execution, told(obligation, rung.text() == null ? kind : rung.text())),
                null,
                rung.text()));
    }

    /** Names of the values that the duty's notices of that kind have a label for. */
    private Set<String> told(Obligation obligation, String kind) {
        return words.names(obligation.duty() + ".notice." + kind + ".value.");
    }

    private static Map<String, String> values(
            DelegateExecution execution, Set<String> told, Optional<Submission> last) {
        Map<String, String> values = variables(execution, told);
        last.ifPresent(submission -> values.putAll(texts(submission)));
        return values;
    }

    /** The case's variables that can be told as they are. */
    private static Map<String, String> variables(DelegateExecution execution, Set<String> told) {
        return tellable(execution::getVariable, told);
    }

    static Map<String, String> tellable(Function<String, Object> variables, Set<String> told) {
        Map<String, String> values = new HashMap<>();
        told.forEach(name -> {
            Object value = variables.apply(name);
            if (value instanceof String || value instanceof Integer) {
                values.put(name, value.toString());
            }
        });
        return values;
    }

    private static Map<String, String> texts(Submission submission) {
        Map<String, String> texts = new HashMap<>();
        submission.values().forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(name, text);
            }
        });
        texts.putAll(particulars(submission));
        return texts;
    }

    private static Map<String, String> particulars(Submission submission) {
        return Map.of("receipt", submission.receipt(), NoticeKinds.STEP, submission.step());
    }
}
