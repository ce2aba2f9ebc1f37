package org.sterna.desk;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.pages.CaseFile;
import org.sterna.pages.CaseFiles;
import org.sterna.pages.National;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Holder;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

/** What whoever does a step has to know first; the same on the desk and in Tasklist. */
@Component
class TaskHeads {

    /** Value of a review's field {@code decision} that sends the Party's answers back; {@code reasons} says why. */
    private static final String RETURNED = "returned";

    /**
     * What stands above the form.
     *
     * @param others who else has the task
     * @param reasons why the last review returned what was sent; empty if it did not
     * @param sent what the Party sent, for the Secretariat's own tasks
     */
    record Head(
            String taskId,
            UUID obligationId,
            String duty,
            String step,
            @Nullable String intro,
            String submit,
            String party,
            Wording.Tag state,
            Wording.@Nullable Due due,
            Wording.Due deadline,
            String origin,
            boolean assumed,
            String seat,
            List<String> others,
            List<CaseFile.Part> reasons,
            CaseFile.@Nullable Sent sent) {}

    private final Obligations obligations;
    private final Seats seats;
    private final CaseFiles caseFiles;
    private final National national;
    private final Wording wording;

    TaskHeads(Obligations obligations, Seats seats, CaseFiles caseFiles, National national, Wording wording) {
        this.obligations = obligations;
        this.seats = seats;
        this.caseFiles = caseFiles;
        this.national = national;
        this.wording = wording;
    }

    Head of(OpenTask task, Obligation obligation, Account caller, Locale reader) {
        boolean ofSecretariat = task.seatCode().equals(SeatRole.SECRETARIAT.code());
        List<Submission> sent = obligations.submissions(obligation.id());
        Obligation by = task.dueByAnother(obligation)
                ? task.by(
                        obligation,
                        obligations.deadlines(Set.of(obligation.id())).getOrDefault(obligation.id(), Map.of()))
                : obligation;
        Optional<Wording.Due> due = wording.due(task, by, reader);
        Wording.Due whole = wording.due(obligation, reader);
        return new Head(
                task.taskId(),
                obligation.id(),
                wording.duty(obligation.duty(), reader),
                wording.step(task.duty(), task.step(), reader),
                wording.intro(task.duty(), task.step(), due.orElse(whole).overdue(), reader)
                        .orElse(null),
                wording.submit(task.duty(), task.step(), reader),
                wording.party(obligation.partyCode(), reader),
                wording.state(obligation, reader),
                due.orElse(null),
                whole,
                wording.origin(by.deadline(), reader),
                wording.assumed(by),
                wording.seat(task.seatCode(), reader),
                seats.reachedBy(task.seatCode()).stream()
                        .filter(holder -> !caller.username().equals(holder.username()))
                        .map(Holder::name)
                        .distinct()
                        .toList(),
                ofSecretariat ? List.of() : reasons(sent, obligation, reader),
                ofSecretariat && !national.hides(obligation.duty(), caller)
                        ? last(sent, false)
                                .map(submission -> caseFiles.sent(submission, obligation, reader))
                                .orElse(null)
                        : null);
    }

    private List<CaseFile.Part> reasons(List<Submission> sent, Obligation obligation, Locale reader) {
        Optional<Instant> answered = last(sent, false).map(Submission::submittedAt);
        List<LedgerEvent> events = obligations.events(obligation.id());
        Optional<String> sentBack = events.stream()
                .filter(event ->
                        event.kind() == LedgerEvent.Kind.SENT_BACK || event.kind() == LedgerEvent.Kind.REOPENED)
                .filter(event -> answered.isEmpty() || !event.at().isBefore(answered.get()))
                .reduce((earlier, later) -> later)
                .map(event -> event.details().get("reason"));
        if (sentBack.isPresent()) {
            return List.of(new CaseFile.Part(sentBack.get(), null, null));
        }
        return last(sent, true)
                .filter(review -> RETURNED.equals(review.values().get("decision")))
                .map(review -> caseFiles.sent(review, obligation, events, reader))
                .flatMap(review -> review.answers().stream()
                        .filter(answer -> answer.key().equals("reasons"))
                        .findFirst())
                .map(CaseFile.Answer::parts)
                .orElse(List.of());
    }

    private static Optional<Submission> last(List<Submission> sent, boolean ofSecretariat) {
        return sent.stream()
                .filter(submission -> submission.seatCode().equals(SeatRole.SECRETARIAT.code()) == ofSecretariat)
                .reduce((first, second) -> second);
    }
}
