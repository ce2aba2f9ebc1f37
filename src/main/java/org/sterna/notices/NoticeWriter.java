package org.sterna.notices;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Words;
import org.sterna.obligations.Obligation;
import org.sterna.register.Holder;
import org.sterna.register.Parties;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Words a notice in its reader's language: what, why, by when, one link, what happens otherwise, whom to ask. Typed
 * text only ever enters as a value, never as a pattern, a template, markup or a header.
 *
 * <p>Texts get the duty's title as {@code {0}}, the Party's name as {@code {1}} and the deadline's day as
 * {@code {2}}; a duty's own {@code <duty>.notice.<kind>.subject} and {@code .body} replace the common ones. Of the request's values, those with a
 * label {@code notice.<kind>.value.<name>}, common or the duty's own, are told; no others, because what somebody
 * answered is not for everybody who gets a notice.
 */
@Component
class NoticeWriter {

    /** Kinds that tell and ask for nothing; a duty's own kinds {@code decision-…} do so too. */
    private static final Set<String> INFORMATION = Set.of("receipt", "accepted", "excused", "decision");

    private static final int LONGEST_SUBJECT = 300;
    static final int LONGEST_NAME = 250;

    private final Words words;
    private final MessageSource messages;
    private final Parties parties;
    private final NoticeSettings settings;
    private final String baseUrl;
    private final MovedDeadlines moves;
    private final TemplateEngine templates = templates();

    NoticeWriter(
            Words words,
            MessageSource messages,
            Parties parties,
            NoticeSettings settings,
            @Value("${sterna.base-url}") String baseUrl) {
        this.words = words;
        this.messages = messages;
        this.parties = parties;
        this.settings = settings;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
        this.moves = new MovedDeadlines(words, messages);
    }

    /** A worded notice. */
    record Wording(Locale language, String recipient, String subject, String text, String html) {}

    /** A labelled line of the letter. */
    record Fact(String label, String value) {}

    /** What the templates lay out, all of it worded already. */
    record Letter(
            String language,
            String subject,
            String attention,
            List<String> lead,
            List<Fact> facts,
            List<Fact> explanations,
            String linkLabel,
            String link,
            String contact,
            String footer) {}

    /**
     * Words a notice.
     *
     * @throws IllegalArgumentException if the kind has no texts
     */
    Wording write(Notices.Request request, Obligation obligation, Holder reader, boolean copy) {
        Locale language = language(reader.language());
        String duty = obligation.duty();
        String kind = request.kind();
        Notices.Moved moved = request.moved();
        boolean information = copy || moved != null || INFORMATION.contains(kind) || kind.startsWith("decision-");
        String title = words.text(duty + ".title", language);
        String party = parties.find(obligation.partyCode())
                .map(found -> found.name(language))
                .orElse(obligation.partyCode());
        String[] arguments = {
            moved == null ? title : moved.occasion().toUpperCase(Locale.ROOT),
            party,
            day(obligation.deadline().on(), language)
        };

        String subject = copy
                ? common("notice.copy.subject", language, arguments)
                : own(duty, kind, "subject", language, arguments);
        List<String> lead = new ArrayList<>();
        if (copy) {
            String fact = messages.getMessage("notice." + kind + ".copy", arguments, null, language);
            if (fact != null) {
                lead.add(fact);
            }
            lead.add(common("notice.copy.body", language, arguments));
        } else {
            lead.add(own(duty, kind, "body", language, arguments));
        }

        List<Fact> facts = new ArrayList<>();
        if (moved == null) {
            facts.add(new Fact(common("notice.fact.duty", language), title));
            facts.add(new Fact(common("notice.fact.party", language), party));
            facts.add(new Fact(common("notice.fact.deadline", language), moment(obligation.deadline(), language)));
        } else {
            facts.add(new Fact(common("notice.fact.party", language), party));
            facts.addAll(moves.facts(moved, language));
        }
        new TreeMap<>(request.values()).forEach((name, value) -> {
            String label = label(duty, kind, name, language);
            if (label != null && !value.isBlank()) {
                facts.add(new Fact(label, PlainText.paragraph(value)));
            }
        });

        List<Fact> explanations = new ArrayList<>();
        if (!information) {
            for (String part : List.of("summary", "why", "consequence")) {
                if (words.has(duty + "." + part)) {
                    explanations.add(
                            new Fact(common("notice.part." + part, language), words.text(duty + "." + part, language)));
                }
            }
        }

        String link = moved != null
                ? "notice.link.desk"
                : !copy && request.act() ? "notice.link.task" : "notice.link.obligation";
        Letter letter = new Letter(
                language.toLanguageTag(),
                PlainText.line(subject, LONGEST_SUBJECT),
                common("notice.attention", language, PlainText.line(reader.name(), LONGEST_NAME)),
                lead,
                facts,
                explanations,
                common(link, language),
                switch (link) {
                    case "notice.link.task" -> baseUrl + "/desk/obligations/" + obligation.id() + "/task";
                    case "notice.link.desk" -> baseUrl + "/desk";
                    default -> baseUrl + "/desk/obligations/" + obligation.id();
                },
                settings.contact() == null
                        ? common("notice.contact.secretariat", language)
                        : common("notice.contact", language, settings.contact()),
                common("notice.footer", language));
        Context context = new Context(language, Map.of("letter", letter));
        return new Wording(
                language,
                PlainText.line(reader.name(), LONGEST_NAME),
                letter.subject(),
                templates
                                .process("notice.txt", context)
                                .replaceAll("\n{3,}", "\n\n")
                                .strip() + "\n",
                templates.process("notice.html", context));
    }

    private String own(String duty, String kind, String part, Locale language, String[] arguments) {
        String key = duty + ".notice." + kind + "." + part;
        if (words.has(key)) {
            return words.text(key, language, (Object[]) arguments);
        }
        String text = messages.getMessage("notice." + kind + "." + part, arguments, null, language);
        if (text == null) {
            throw new IllegalArgumentException(
                    "There is no text for notices of kind '%s'; add %s to the duty's messages".formatted(kind, key));
        }
        return text;
    }

    private @Nullable String label(String duty, String kind, String name, Locale language) {
        String suffix = "notice." + kind + ".value." + name;
        String key = duty + "." + suffix;
        return words.has(key) ? words.text(key, language) : messages.getMessage(suffix, null, null, language);
    }

    private String common(String key, Locale language, String... arguments) {
        return messages.getMessage(key, arguments, language);
    }

    private String moment(Deadline deadline, Locale language) {
        String moment = common(
                "notice.moment",
                language,
                day(deadline.on(), language),
                deadline.at().atZone(deadline.zone()).format(DateTimeFormatter.ofPattern("HH:mm")),
                deadline.zone().getDisplayName(TextStyle.FULL, language));
        return deadline.provisional() ? common("notice.moment.provisional", language, moment) : moment;
    }

    /** The day as the United Nations write it in the language. */
    static String day(LocalDate day, Locale language) {
        return switch (language.getLanguage()) {
            case "fr" ->
                day.getDayOfMonth() == 1
                        ? day.format(DateTimeFormatter.ofPattern("'1er' MMMM uuuu", Locale.FRENCH))
                        : day.format(DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.FRENCH));
            case "es" -> day.format(DateTimeFormatter.ofPattern("d 'de' MMMM 'de' uuuu", Locale.forLanguageTag("es")));
            default -> day.format(DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH));
        };
    }

    private static Locale language(Locale wished) {
        return switch (wished.getLanguage()) {
            case "fr" -> Locale.FRENCH;
            case "es" -> Locale.forLanguageTag("es");
            default -> Locale.ENGLISH;
        };
    }

    /** An engine of its own: the pages' engine knows only HTML, and would resolve far more than these two files. */
    private static TemplateEngine templates() {
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.addTemplateResolver(resolver("*.html", TemplateMode.HTML));
        engine.addTemplateResolver(resolver("*.txt", TemplateMode.TEXT));
        return engine;
    }

    private static ClassLoaderTemplateResolver resolver(String names, TemplateMode mode) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(NoticeWriter.class.getClassLoader());
        resolver.setPrefix("templates/mail/");
        resolver.setResolvablePatterns(Set.of(names));
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        return resolver;
    }
}
