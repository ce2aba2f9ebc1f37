package org.sterna.pages;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.forms.Form;
import org.sterna.forms.FormGate;
import org.sterna.forms.Forms;
import org.sterna.forms.Warning;
import org.sterna.notices.Closings;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Account;
import org.sterna.register.SeatRole;

/** Tells obligations in words. Who may read which obligation is for the caller to check. */
@Component
public class CaseFiles {

    private final Obligations obligations;
    private final Duties duties;
    private final Forms forms;
    private final FormGate gate;
    private final Documents documents;
    private final Notices notices;
    private final National national;
    private final Closings closings;
    private final Wording wording;

    CaseFiles(
            Obligations obligations,
            Duties duties,
            Forms forms,
            FormGate gate,
            Documents documents,
            Notices notices,
            National national,
            Closings closings,
            Wording wording) {
        this.obligations = obligations;
        this.duties = duties;
        this.forms = forms;
        this.gate = gate;
        this.documents = documents;
        this.notices = notices;
        this.national = national;
        this.closings = closings;
        this.wording = wording;
    }

    /**
     * The whole story. A Party's reader sees the Party's steps and notices and the reviews of what it sent, not the
     * Secretariat's own decisions and letters; the Secretariat nothing of what stays within the Party.
     */
    public CaseFile of(Obligation obligation, Account reader, Locale language) {
        List<Submission> sent = newestFirst(obligations.submissions(obligation.id()));
        List<LedgerEvent> events = obligations.events(obligation.id());
        Optional<Duty> duty = duties.find(obligation.duty());
        List<Filed> shown = sent.stream()
                .filter(submission -> reader.secretariat()
                        || !submission.seatCode().equals(SeatRole.SECRETARIAT.code())
                        || duty.flatMap(known -> known.step(submission.step())).isPresent())
                .map(submission -> filed(submission, obligation, events))
                .toList();
        boolean hidden = national.hides(obligation.duty(), reader);
        Map<UUID, Document> papers = papers(shown.stream()
                .filter(filed ->
                        !hidden || !obligation.ofParty(filed.submission().seatCode()))
                .toList());
        Map<String, String> people = wording.people(
                Stream.of(
                                sent.stream().map(Submission::submittedBy),
                                events.stream().map(LedgerEvent::actor),
                                papers.values().stream().map(Document::uploadedBy))
                        .flatMap(names -> names)
                        .toList(),
                language);
        return new CaseFile(
                obligation,
                wording.duty(obligation.duty(), language),
                wording.party(obligation.partyCode(), language),
                wording.state(obligation, language),
                wording.due(obligation, language),
                wording.origin(obligation.deadline(), language),
                wording.assumed(obligation),
                wording.moment(obligation.openedAt(), language),
                obligation.closedAt() == null ? null : wording.moment(obligation.closedAt(), language),
                obligation.state().open() ? wording.nextAct(obligation, language) : null,
                ending(obligation, reader, language),
                wording.late(obligation, language),
                steps(obligation, duty, sent, people, reader, language),
                shown.stream()
                        .map(filed -> sent(
                                filed,
                                people,
                                papers,
                                hidden && obligation.ofParty(filed.submission().seatCode()),
                                language))
                        .toList(),
                newestFirst(notices.of(obligation.id())).stream()
                        .filter(notice -> reader.secretariat() || obligation.ofParty(notice.seatCode()))
                        .map(notice -> letter(notice, hidden && obligation.ofParty(notice.seatCode()), language))
                        .toList(),
                newestFirst(events).stream()
                        .filter(event -> reader.secretariat() || event.kind().ofParty())
                        .map(event -> event(event, people, obligation, language))
                        .toList(),
                papers.values().stream()
                        .sorted(Comparator.comparing(Document::uploadedAt).reversed())
                        .map(paper -> new CaseFile.Paper(
                                paper.id(),
                                paper.size(),
                                paper(paper, language),
                                wording.moment(paper.uploadedAt(), language),
                                people.getOrDefault(paper.uploadedBy(), paper.uploadedBy()),
                                paper.sha256()))
                        .toList(),
                hidden ? national.sentence(language) : null);
    }

    /** When the case ends if nobody delivers; what can still be done once it has; null in the other outcomes. */
    private @Nullable String ending(Obligation obligation, Account reader, Locale language) {
        if (obligation.state() == Obligation.State.LAPSED) {
            return reader.secretariat()
                    ? null
                    : wording.ofDuty(obligation.duty() + ".lapsed", language)
                            .orElseGet(() -> wording.text("file.lapsed", language));
        }
        if (!obligation.state().open()) {
            return null;
        }
        return closings.of(obligation)
                .map(closing -> wording.text(
                        closing.at().isAfter(wording.now()) ? "file.closes" : "file.closes.over",
                        language,
                        wording.day(closing.on(), language)))
                .orElseGet(() -> wording.text("file.closes.decision", language));
    }

    private static <T> List<T> newestFirst(List<T> oldestFirst) {
        List<T> reversed = new ArrayList<>(oldestFirst);
        Collections.reverse(reversed);
        return reversed;
    }

    private List<CaseFile.StepLine> steps(
            Obligation obligation,
            Optional<Duty> duty,
            List<Submission> sent,
            Map<String, String> people,
            Account reader,
            Locale language) {
        List<OpenTask> open = obligations.tasks(obligation.id());
        List<CaseFile.StepLine> lines = new ArrayList<>();
        Map<String, Deadline> deadlines = duty.filter(known -> !known.further().isEmpty())
                .map(known -> obligations.deadlines(Set.of(obligation.id())).getOrDefault(obligation.id(), Map.of()))
                .orElse(Map.of());
        for (Duty.Step step : duty.map(Duty::steps).orElse(List.of())) {
            CaseFile.StepLine line = open.stream()
                    .filter(task -> task.step().equals(step.key()))
                    .findFirst()
                    .map(task -> openLine(task, obligation, reader, language))
                    .orElseGet(() -> closedLine(obligation, step, sent, people, language));
            lines.add(dated(line, duty.orElseThrow(), step, obligation, deadlines, language));
        }
        open.stream()
                .filter(task -> duty.flatMap(known -> known.step(task.step())).isEmpty())
                .map(task -> openLine(task, obligation, reader, language))
                .forEach(lines::add);
        return lines;
    }

    private CaseFile.StepLine openLine(OpenTask task, Obligation obligation, Account reader, Locale language) {
        boolean readers = reader.seats().contains(task.seatCode());
        // fallen to the Secretariat, as nobody holds a seat of the Party, and yet not to be answered by it
        boolean waitsForHolder = readers && national.hides(task, obligation, reader);
        return new CaseFile.StepLine(
                wording.step(task.duty(), task.step(), language),
                wording.role(task.seatCode(), language),
                "open",
                wording.text(
                        waitsForHolder ? "step.since.vacant" : "step.since",
                        language,
                        wording.moment(task.createdAt(), language)),
                readers && !waitsForHolder ? task.taskId() : null,
                null,
                List.of());
    }

    private CaseFile.StepLine closedLine(
            Obligation obligation, Duty.Step step, List<Submission> sent, Map<String, String> people, Locale language) {
        Optional<Submission> last = sent.stream()
                .filter(submission -> submission.step().equals(step.key()))
                .findFirst();
        return new CaseFile.StepLine(
                wording.step(obligation.duty(), step.key(), language),
                wording.role(step.seat(), language),
                last.isPresent() ? "done" : "ahead",
                last.map(submission -> wording.text(
                                "step.by",
                                language,
                                people.get(submission.submittedBy()),
                                wording.moment(submission.submittedAt(), language)))
                        .orElse(null),
                null,
                null,
                List.of());
    }

    /** Of several deadlines, the step's own, while it is not done. */
    private CaseFile.StepLine dated(
            CaseFile.StepLine line,
            Duty duty,
            Duty.Step step,
            Obligation obligation,
            Map<String, Deadline> deadlines,
            Locale language) {
        String name = duty.deadlineOf(step.key());
        Deadline deadline = deadlines.get(name);
        if (deadline == null
                || line.state().equals("done")
                || step.seat().equals(SeatRole.SECRETARIAT.code())
                || !obligation.state().open()) {
            return line;
        }
        Obligation by = obligation.by(name, deadline);
        List<String> origin = new ArrayList<>(List.of(wording.origin(deadline, language)));
        if (wording.assumed(by)) {
            origin.add(wording.text("deadline.assumed", language));
        }
        if (duty.further(name).filter(Duty.Further::hard).isPresent()) {
            origin.add(wording.text("deadline.hard", language));
        }
        if (!duty.binding(name).equals(name)) {
            origin.add(wording.text("deadline.interim", language));
        }
        return line.dueBy(wording.due(by, language), origin);
    }

    /** A submission in words. */
    public CaseFile.Sent sent(Submission submission, Obligation obligation, Locale language) {
        return sent(submission, obligation, obligations.events(obligation.id()), language);
    }

    /** A submission in words, where the obligation's events are at hand. */
    public CaseFile.Sent sent(Submission submission, Obligation obligation, List<LedgerEvent> events, Locale language) {
        Filed filed = filed(submission, obligation, events);
        return sent(
                filed,
                wording.people(Set.of(submission.submittedBy()), language),
                papers(List.of(filed)),
                false,
                language);
    }

    /**
     * A submission with the process and the form of its step, as its event says, and what it was entered from: of a
     * duty's own step or a shared one.
     */
    private record Filed(
            Submission submission,
            String process,
            Optional<Form> form,
            Optional<UUID> letter,
            @Nullable String receivedOn,
            List<String> warnings) {}

    private Filed filed(Submission submission, Obligation obligation, List<LedgerEvent> events) {
        Map<String, String> told = events.stream()
                .map(LedgerEvent::details)
                .filter(details -> submission.receipt().equals(details.get("receipt")))
                .findFirst()
                .orElse(Map.of());
        String process = told.getOrDefault("process", obligation.duty());
        return new Filed(
                submission,
                process,
                forms.find(process, submission.step()),
                uuid(told.get(LedgerEvent.LETTER)),
                told.get(LedgerEvent.RECEIVED_ON),
                told.containsKey(LedgerEvent.WARNINGS)
                        ? List.of(told.get(LedgerEvent.WARNINGS).split(" "))
                        : List.of());
    }

    private List<String> warnings(Filed filed, Locale language) {
        return filed.warnings().stream()
                .flatMap(mark -> filed.form().flatMap(form -> gate.said(form, mark, language)).stream())
                .map(Warning::message)
                .toList();
    }

    /** @param hidden whether it is told that it was sent, not what */
    private CaseFile.Sent sent(
            Filed filed, Map<String, String> people, Map<UUID, Document> papers, boolean hidden, Locale language) {
        Submission submission = filed.submission();
        return new CaseFile.Sent(
                submission.id(),
                submission.step(),
                wording.step(filed.process(), submission.step(), language),
                submission.version(),
                submission.receipt(),
                people.get(submission.submittedBy()),
                wording.seat(submission.seatCode(), language),
                wording.moment(submission.submittedAt(), language),
                submission.late(),
                submission.acting(),
                hidden ? List.of() : answers(filed.form(), submission.values(), papers, language),
                hidden ? List.of() : warnings(filed, language),
                filed.receivedOn() == null
                        ? null
                        : new CaseFile.Behalf(
                                date(filed.receivedOn(), language),
                                filed.letter()
                                        .map(papers::get)
                                        .map(paper -> paper(paper, language))
                                        .orElseGet(() -> plain(wording.text("paper.missing", language)))));
    }

    /** Answers with their questions, in the form's order; those that the form does not know come last. */
    public List<CaseFile.Answer> answers(Optional<Form> form, Map<String, ?> values, Locale language) {
        return answers(form, values, papers(paperIds(form, values)), language);
    }

    private List<CaseFile.Answer> answers(
            Optional<Form> form, Map<String, ?> values, Map<UUID, Document> papers, Locale language) {
        List<CaseFile.Answer> answers = new ArrayList<>();
        Map<String, Object> rest = new HashMap<>(values);
        for (Form.Field field : form.map(Form::fields).orElse(List.of())) {
            Object value = rest.remove(field.key());
            boolean list = field.type() == Form.Type.LIST;
            List<CaseFile.Part> parts = list ? List.of() : parts(field, value, papers, language);
            List<CaseFile.Row> rows = list ? rows(form.orElseThrow(), field, value, papers, language) : List.of();
            if (!parts.isEmpty() || !rows.isEmpty()) {
                answers.add(new CaseFile.Answer(field.key(), question(field, language), parts, rows));
            }
        }
        if (Boolean.parseBoolean(String.valueOf(rest.get(FormGate.CARRIED_OVER_READ)))) {
            rest.remove(FormGate.CARRIED_OVER_READ);
            answers.add(new CaseFile.Answer(
                    FormGate.CARRIED_OVER_READ,
                    wording.ofDuty("common.carriedOverRead", language).orElse(FormGate.CARRIED_OVER_READ),
                    List.of(plain(wording.text("answer.yes", language))),
                    List.of()));
        }
        rest.keySet().stream()
                .sorted()
                .forEach(key -> answers.add(new CaseFile.Answer(
                        key, key, List.of(new CaseFile.Part(String.valueOf(rest.get(key)), null, null)), List.of())));
        return answers;
    }

    private String question(Form.Field field, Locale language) {
        return wording.ofDuty(field.label(), language).orElse(field.key());
    }

    /** The rows of a list; those without any answer, as a draft may have, are not told. */
    private List<CaseFile.Row> rows(
            Form form, Form.Field list, @Nullable Object value, Map<UUID, Document> papers, Locale language) {
        List<CaseFile.Row> rows = new ArrayList<>();
        for (Map<?, ?> row : maps(value)) {
            List<CaseFile.Answer> answers = new ArrayList<>();
            for (Form.Field field : list.fields()) {
                List<CaseFile.Part> parts = parts(field, row.get(field.key()), papers, language);
                if (!parts.isEmpty()) {
                    answers.add(new CaseFile.Answer(field.key(), question(field, language), parts, List.of()));
                }
            }
            if (!answers.isEmpty()) {
                rows.add(new CaseFile.Row(wording.rowHeading(form, list, rows.size() + 1, language), answers));
            }
        }
        return rows;
    }

    private static List<Map<?, ?>> maps(@Nullable Object value) {
        return value instanceof Collection<?> rows
                ? rows.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(row -> (Map<?, ?>) row)
                        .toList()
                : List.of();
    }

    private Map<UUID, Document> papers(List<Filed> submissions) {
        return papers(submissions.stream()
                .flatMap(filed -> Stream.concat(
                        paperIds(filed.form(), filed.submission().values()).stream(), filed.letter().stream()))
                .collect(Collectors.toSet()));
    }

    private Map<UUID, Document> papers(Set<UUID> ids) {
        return ids.isEmpty()
                ? Map.of()
                : documents.findAll(ids).stream().collect(Collectors.toMap(Document::id, paper -> paper));
    }

    private static Set<UUID> paperIds(Optional<Form> form, Map<String, ?> values) {
        Set<UUID> ids = new HashSet<>();
        for (Form.Field field : form.map(Form::fields).orElse(List.of())) {
            Object value = values.get(field.key());
            if (field.type() == Form.Type.DOCUMENT) {
                uuid(value).ifPresent(ids::add);
            }
            field.fields().stream()
                    .filter(column -> column.type() == Form.Type.DOCUMENT)
                    .forEach(column -> maps(value)
                            .forEach(row -> uuid(row.get(column.key())).ifPresent(ids::add)));
        }
        return ids;
    }

    /** The id of a document as it stands in a value. */
    static Optional<UUID> uuid(@Nullable Object value) {
        try {
            return value == null || value.toString().isBlank()
                    ? Optional.empty()
                    : Optional.of(UUID.fromString(value.toString()));
        } catch (IllegalArgumentException typedByHand) {
            return Optional.empty();
        }
    }

    private List<CaseFile.Part> parts(
            Form.Field field, @Nullable Object value, Map<UUID, Document> papers, Locale language) {
        Collection<?> several = value instanceof Collection<?> many ? many : Collections.singletonList(value);
        return several.stream()
                .filter(Objects::nonNull)
                .filter(one -> !one.toString().isBlank())
                .map(one -> part(field, one, papers, language))
                .toList();
    }

    private CaseFile.Part part(Form.Field field, Object value, Map<UUID, Document> papers, Locale language) {
        String raw = value.toString();
        return switch (field.type()) {
            case DOCUMENT ->
                uuid(value)
                        .map(papers::get)
                        .map(paper -> paper(paper, language))
                        .orElseGet(() -> plain(wording.text("paper.missing", language)));
            case CHECKBOX -> plain(wording.text(Boolean.parseBoolean(raw) ? "answer.yes" : "answer.no", language));
            case RADIO, SELECT, CHECKLIST ->
                plain(field.options().stream()
                        .filter(option -> option.value().equals(raw))
                        .findFirst()
                        .flatMap(option -> wording.ofDuty(option.label(), language))
                        .orElse(raw));
            case DATE -> plain(date(raw, language));
            case NUMBER -> plain(number(raw, language));
            default -> plain("party".equals(field.format()) ? wording.party(raw, language) : raw);
        };
    }

    private static CaseFile.Part plain(String text) {
        return new CaseFile.Part(text, null, null);
    }

    private CaseFile.Part paper(Document paper, Locale language) {
        if (!paper.readable()) {
            return new CaseFile.Part(paper.name(), null, wording.text("paper.withheld", language));
        }
        String type =
                paper.mediaType().substring(paper.mediaType().indexOf('/') + 1).toUpperCase(Locale.ROOT);
        String note = type + ", " + size(paper.size(), language);
        return new CaseFile.Part(
                paper.name(),
                "/documents/" + paper.id(),
                paper.status() == Document.Status.CLEAN
                        ? note
                        : note + ", " + wording.text("paper." + paper.status().code(), language));
    }

    private String size(long bytes, Locale language) {
        return bytes < 1_000_000
                ? wording.text("paper.kb", language, Math.max(1, Math.round(bytes / 1000.0)))
                : wording.text("paper.mb", language, Math.round(bytes / 100_000.0) / 10.0);
    }

    private String date(String raw, Locale language) {
        try {
            return wording.day(LocalDate.parse(raw), language);
        } catch (DateTimeParseException typedByHand) {
            return raw;
        }
    }

    private static String number(String raw, Locale language) {
        try {
            NumberFormat format = NumberFormat.getNumberInstance(language);
            format.setMaximumFractionDigits(10);
            return format.format(new BigDecimal(raw));
        } catch (NumberFormatException typedByHand) {
            return raw;
        }
    }

    private CaseFile.Letter letter(Notice notice, boolean hidden, Locale language) {
        return new CaseFile.Letter(
                notice.id(),
                notice.subject(),
                notice.recipient() + " · " + wording.role(notice.seatCode(), language),
                notice.copy(),
                noticeState(notice.state(), language),
                wording.moment(notice.sentAt() == null ? notice.createdAt() : notice.sentAt(), language),
                hidden ? national.sentence(language) : notice.text());
    }

    /** Where a notice stands. */
    public Wording.Tag noticeState(Notice.State state, Locale language) {
        String sign =
                switch (state) {
                    case SENT -> "✓";
                    case FAILED -> "!";
                    case UNCERTAIN -> "?";
                    case SKIPPED -> "–";
                    case HELD -> "‖";
                    case QUEUED, SENDING -> "…";
                };
        return new Wording.Tag("notice-" + state.code(), sign, wording.text("notice.state." + state.code(), language));
    }

    private CaseFile.Event event(
            LedgerEvent event, Map<String, String> people, Obligation obligation, Locale language) {
        return new CaseFile.Event(
                event.number(),
                wording.moment(event.at(), language),
                wording.text("event." + event.kind().code(), language, people.get(event.actor())),
                event.details().entrySet().stream()
                        // the text of a rule is for the catalogue
                        .filter(detail -> !(detail.getKey().equals("reference")
                                && "rule".equals(event.details().get("origin"))))
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(detail -> fact(
                                // the reference of an extension is its reason
                                detail.getKey().equals("reference")
                                                && "extension"
                                                        .equals(event.details().get("origin"))
                                        ? "reason"
                                        : detail.getKey(),
                                detail.getValue(),
                                event.details().getOrDefault("process", obligation.duty()),
                                language)
                                .stream())
                        .toList());
    }

    /** Particulars worth reading; ids and the like stay in the ledger. */
    private Optional<String> fact(String name, String value, String process, Locale language) {
        if (value.isBlank()) {
            return Optional.empty();
        }
        String told =
                switch (name) {
                    case "step" -> wording.step(process, value, language);
                    case "seat", "seatBefore" -> wording.seat(value, language);
                    case "on", "from", "to", "deadline", "before", Closings.CLOSING, LedgerEvent.RECEIVED_ON ->
                        date(value, language);
                    case "name" -> wording.deadline(process, value, language);
                    case "kind" -> wording.textOr("notice.kind." + value, value, language);
                    case "receipt", "version", "reason", "reference", "holder", "note", LedgerEvent.FILE -> value;
                    default -> "";
                };
        return told.isEmpty() ? Optional.empty() : Optional.of(wording.text("event.detail." + name, language, told));
    }
}
