package org.sterna.forms;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.sterna.duties.CatalogueFolder;
import org.sterna.duties.Words;
import org.sterna.forms.FormRenderer.Place;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The project's forms on a class path of their own, with answers that are right. */
final class ProjectForms {

    static final LocalDate TODAY = LocalDate.of(2026, 5, 14);
    static final LocalDate DEADLINE = LocalDate.of(2026, 6, 1);
    static final UUID LETTER = UUID.fromString("3f0c6d52-2d1e-4f27-9b54-0f4f1d3c9a01");
    static final Locale SPANISH = Locale.forLanguageTag("es");

    final Words words;
    final Forms forms;
    final ValidatingGate gate;

    ProjectForms(Path root) {
        CatalogueFolder folder = CatalogueFolder.ofProject(root);
        words = folder.words();
        forms = new JsonForms(folder.resources(), folder.duties(), words);
        gate = new ValidatingGate(words);
    }

    Form nomination() {
        return forms.find("nomination-confirmation", "submit-nomination").orElseThrow();
    }

    Form review() {
        return forms.find("nomination-confirmation", "review-nomination").orElseThrow();
    }

    Form escalation() {
        return forms.find("escalate-overdue", "decide-escalation").orElseThrow();
    }

    Form madeUp() {
        return forms.find("made-up-duty", "give-answer").orElseThrow();
    }

    List<Form> all() {
        return List.of(nomination(), review(), escalation(), madeUp());
    }

    FormGate.Checked check(Form form, Map<String, ?> raw, Locale reader) {
        return gate.check(form, raw, circumstances(reader));
    }

    HtmlForms renderer() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/forms");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("templates/");
        resolver.setSuffix(".html");
        SpringTemplateEngine templates = new SpringTemplateEngine();
        templates.setTemplateResolver(resolver);
        templates.setTemplateEngineMessageSource(messages);
        return new HtmlForms(templates, messages, words);
    }

    static FormRenderer.Page page(Place place, Locale reader, Map<String, ?> values, List<Violation> violations) {
        return new FormRenderer.Page(
                place,
                reader,
                values,
                violations,
                List.of(),
                Map.of(LETTER.toString(), "letter.pdf"),
                null,
                "X-CSRF-TOKEN",
                "_csrf",
                "secret",
                "/documents");
    }

    static FormGate.Circumstances circumstances(Locale reader) {
        return new FormGate.Circumstances(
                reader,
                TODAY,
                DEADLINE,
                (document, slot) -> document.equals(LETTER) && (slot.equals("letter") || slot.equals("sightings.photo"))
                        ? Optional.of("letter.pdf")
                        : Optional.empty());
    }

    /** Answers that the nomination's form accepts. */
    static Map<String, Object> nominationAnswers() {
        Map<String, Object> answers = new LinkedHashMap<>();
        answers.put("letter", LETTER.toString());
        answers.put("appointingAuthorityName", "Claire Rochat");
        answers.put("appointingAuthorityTitle", "Ministre de l’Environnement");
        answers.put("signatoryKind", "minister");
        answers.put("letterDate", "2026-05-01");
        answers.put("effectiveFrom", "2026-05-01");
        answers.put("replaces", "first-appointment");
        answers.put("givenName", "Ana");
        answers.put("familyName", "Petrović");
        answers.put("position", "Head of unit");
        answers.put("organisation", "Ministry of the Environment");
        answers.put("street", "Papiermühlestrasse 172");
        answers.put("city", "Ittigen");
        answers.put("country", "CHE");
        answers.put("countryOfPost", "CHE");
        answers.put("workEmail", "ana.petrovic@example.org");
        answers.put("phone", "+41584629389");
        answers.put("preferredLanguages", List.of("fr", "en"));
        answers.put("available", "yes");
        answers.put("ministry", "Ministry of the Environment");
        answers.put("conservationMandate", "yes");
        answers.put("languages", List.of("en"));
        return answers;
    }

    static Map<String, Object> nominationAnswersWith(String key, Object value) {
        Map<String, Object> answers = nominationAnswers();
        answers.put(key, value);
        return answers;
    }

    static Map<String, Object> nominationAnswersWithout(String key) {
        Map<String, Object> answers = nominationAnswers();
        answers.remove(key);
        return answers;
    }
}
