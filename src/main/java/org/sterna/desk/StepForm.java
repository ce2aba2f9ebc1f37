package org.sterna.desk;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.engine.AddressTasks;
import org.sterna.forms.Form;
import org.sterna.forms.FormRenderer;
import org.sterna.forms.Forms;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.forms.Warning;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.sources.Opening;
import org.sterna.sources.Sources;

/** The form of a step with what is known already, the same for the desk and for Tasklist. */
@Component
class StepForm {

    static final String UPLOADS = "/documents";

    /**
     * What was found in the answers.
     *
     * @param asks whether they are sent as soon as the warnings were read
     */
    record Found(List<Violation> violations, List<Warning> warnings, boolean asks) {

        static final Found NOTHING = new Found(List.of(), List.of(), false);

        static Found of(InvalidSubmission refused) {
            return new Found(
                    refused.violations(),
                    refused.warnings(),
                    refused.violations().isEmpty());
        }

        static Found wrong(List<Violation> violations) {
            return new Found(violations, List.of(), false);
        }

        static Found toMind(List<Warning> warnings) {
            return new Found(List.of(), warnings, false);
        }

        boolean nothingWrong() {
            return violations.isEmpty();
        }
    }

    private final Forms forms;
    private final FormRenderer renderer;
    private final Documents documents;
    private final Obligations obligations;
    private final Sources sources;
    private final Wording wording;

    StepForm(
            Forms forms,
            FormRenderer renderer,
            Documents documents,
            Obligations obligations,
            Sources sources,
            Wording wording) {
        this.forms = forms;
        this.renderer = renderer;
        this.documents = documents;
        this.obligations = obligations;
        this.sources = sources;
        this.wording = wording;
    }

    /** The form of the task's step; without fields where the step only asks for a confirmation. */
    Form of(OpenTask task) {
        return forms.find(task.duty(), task.step())
                .orElseGet(() -> new Form(task.duty(), task.step(), List.of(), List.of()));
    }

    /** The form as it is opened, whatever was typed since. */
    Opening opening(OpenTask task, Obligation obligation, Account caller, Locale reader) {
        return sources.opening(task, obligation, caller, reader);
    }

    /** The same for the Secretariat, which answers in the Party's place. */
    Opening openingOnBehalf(OpenTask task, Obligation obligation, Locale reader) {
        return sources.openingOnBehalf(task, obligation, reader);
    }

    /** What the form shows first: the draft, or else what it opens with. */
    Map<String, Object> values(Opening opening, Optional<Drafts.Draft> draft) {
        return draft.map(Drafts.Draft::values).orElse(opening.values());
    }

    /** The fragment. */
    String render(
            OpenTask task,
            Opening opening,
            FormRenderer.Place place,
            Map<String, ?> values,
            Found found,
            CsrfToken csrf,
            Locale reader) {
        Form form = of(task);
        Map<String, Object> shown = opening.shown(form, values);
        return renderer.render(
                form,
                new FormRenderer.Page(
                        place,
                        reader,
                        shown,
                        found.violations(),
                        found.warnings().stream().map(Warning::atField).toList(),
                        found.asks() ? Warning.marks(found.warnings()) : null,
                        names(task, shown.values()),
                        carriedOver(opening, reader),
                        csrf.getHeaderName(),
                        csrf.getParameterName(),
                        csrf.getToken(),
                        UPLOADS));
    }

    /** The fragment for a task about an address, where nothing is known beforehand; for Tasklist. */
    String renderAddress(CsrfToken csrf, Locale reader) {
        return renderer.render(
                forms.find(AddressTasks.CORRECT_ADDRESS, AddressTasks.MEND_ADDRESS)
                        .orElseThrow(),
                new FormRenderer.Page(
                        FormRenderer.Place.TASKLIST,
                        reader,
                        Map.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        null,
                        csrf.getHeaderName(),
                        csrf.getParameterName(),
                        csrf.getToken(),
                        UPLOADS));
    }

    private FormRenderer.@Nullable CarriedOver carriedOver(Opening opening, Locale reader) {
        Opening.CarriedOver from = opening.carriedOver();
        return from == null
                ? null
                : new FormRenderer.CarriedOver(
                        wording.occasion(from.occasion()),
                        wording.moment(from.sentAt(), reader),
                        opening.known().carriedOver());
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
