package org.sterna.desk;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.forms.Form;
import org.sterna.forms.FormRenderer;
import org.sterna.forms.Forms;
import org.sterna.forms.Violation;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Holder;
import org.sterna.register.Seats;

/** The form of a step with what is known already, the same for the desk and for Tasklist. */
@Component
class StepForm {

    static final String UPLOADS = "/documents";

    private final Forms forms;
    private final FormRenderer renderer;
    private final Documents documents;
    private final Obligations obligations;
    private final Seats seats;
    private final Wording wording;

    StepForm(
            Forms forms,
            FormRenderer renderer,
            Documents documents,
            Obligations obligations,
            Seats seats,
            Wording wording) {
        this.forms = forms;
        this.renderer = renderer;
        this.documents = documents;
        this.obligations = obligations;
        this.seats = seats;
        this.wording = wording;
    }

    /** The form of the task's step; without fields where the step only asks for a confirmation. */
    Form of(OpenTask task) {
        return forms.find(task.duty(), task.step())
                .orElseGet(() -> new Form(task.duty(), task.step(), List.of(), List.of()));
    }

    /**
     * What the form shows when it is opened: the draft, else what the Party sent in this step before, with its papers,
     * else what is known. A review always starts empty.
     */
    Map<String, Object> values(
            OpenTask task, Obligation obligation, Optional<Drafts.Draft> draft, Account caller, Locale reader) {
        Form form = of(task);
        if (draft.isPresent()) {
            return draft.get().values();
        }
        List<Submission> before = obligations.submissions(obligation.id()).stream()
                .filter(sent -> sent.step().equals(task.step())
                        && sent.seatCode().equals(task.seatCode())
                        && sent.seatCode().endsWith("-" + obligation.partyCode()))
                .toList();
        Map<String, Object> values = new HashMap<>();
        if (!before.isEmpty()) {
            values.putAll(before.get(before.size() - 1).values());
            return values;
        }
        Map<String, String> known = known(task, obligation, caller, reader);
        for (Form.Field field : form.fields()) {
            if (field.prefill() != null && known.containsKey(field.prefill())) {
                values.put(field.key(), known.get(field.prefill()));
            }
        }
        return values;
    }

    private Map<String, String> known(OpenTask task, Obligation obligation, Account caller, Locale reader) {
        Optional<Holder> holder = seats.reachedBy(task.seatCode()).stream()
                .filter(found -> caller.username().equals(found.username()))
                .findFirst();
        return Map.of(
                "party", wording.party(obligation.partyCode(), reader),
                "party.code", obligation.partyCode(),
                "holder.name", holder.map(Holder::name).orElse(caller.displayName()),
                "holder.email", holder.map(Holder::email).orElse(caller.email()),
                "holder.language", caller.language().getLanguage(),
                "today", wording.today(obligation.deadline().zone()).toString());
    }

    /** The fragment. */
    String render(
            OpenTask task,
            FormRenderer.Place place,
            Map<String, ?> values,
            List<Violation> violations,
            CsrfToken csrf,
            Locale reader) {
        return renderer.render(
                of(task),
                new FormRenderer.Page(
                        place,
                        reader,
                        values,
                        violations,
                        List.of(),
                        names(task, values.values()),
                        csrf.getHeaderName(),
                        csrf.getParameterName(),
                        csrf.getToken(),
                        UPLOADS));
    }

    /** Names of the papers of the task and of what was sent before; a paper from elsewhere stays nameless. */
    private Map<String, String> names(OpenTask task, Collection<?> values) {
        List<UUID> ids = values.stream()
                .flatMap(value -> value instanceof List<?> rows ? rows.stream() : Stream.of(value))
                .flatMap(value -> value instanceof Map<?, ?> row ? row.values().stream() : Stream.of(value))
                .filter(String.class::isInstance)
                .flatMap(value -> Typed.id((String) value).stream())
                .toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        Set<String> tasks = obligations.submissions(task.obligationId()).stream()
                .map(Submission::taskId)
                .collect(Collectors.toCollection(HashSet::new));
        tasks.add(task.taskId());
        return documents.findAll(ids).stream()
                .filter(paper -> tasks.contains(paper.taskId()))
                .collect(Collectors.toMap(paper -> paper.id().toString(), Document::name));
    }
}
