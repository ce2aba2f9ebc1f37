package org.sterna.notices;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.Words;
import org.sterna.obligations.Obligation;
import org.sterna.register.Holder;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Words a notice in its reader's language: what, why, by when, one link, what happens otherwise, whom to ask. Typed
 * text only ever enters as a value, never as a pattern, a template, markup or a header.
 *
 * <p>Texts get the duty's title as {@code {0}}, the Party's name as {@code {1}}, the day of the deadline that the notice
 * is about as {@code {2}}, and the day of the obligation's own as {@code {3}}; a duty's own {@code <duty>.notice.<kind>.subject} and {@code .body} replace the common ones, and a rung
 * may send another text of the duty in place of its kind's. A kind may
 * have texts of its own for voluntary duties and for provisional deadlines, {@code notice.<kind>.voluntary.…} and
 * {@code notice.<kind>.provisional.…}, which never speak of delay. Of the request's values, those with a label
 * {@code notice.<kind>.value.<name>}, common or the duty's own, are told, that of a {@code step} by the step's name; no
 * others, because what somebody answered is not for everybody who gets a notice.
 */
@Component
class NoticeWriter {

    private static final String PARTIES = "all Parties";

    private static final String VOLUNTARY = "voluntary.";
    private static final String PROVISIONAL = "provisional.";

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter IN_ENGLISH = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter IN_FRENCH = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.FRENCH);
    private static final DateTimeFormatter FIRST_IN_FRENCH =
            DateTimeFormatter.ofPattern("'1er' MMMM uuuu", Locale.FRENCH);
    private static final DateTimeFormatter IN_SPANISH =
            DateTimeFormatter.ofPattern("d 'de' MMMM 'de' uuuu", Locale.forLanguageTag("es"));

    /** A day as forms keep it, which is a value or a cell of a list and no part of what somebody wrote. */
    private static final Pattern ISO_DAY = Pattern.compile("(?m)(?<=^|· )\\d{4}-\\d{2}-\\d{2}(?=$| ·)");

    static final int LONGEST_SUBJECT = 300;
    static final int LONGEST_NAME = 250;

    private final Words words;
    private final Duties duties;
    private final MessageSource messages;
    private final Parties parties;
    private final NoticeSettings settings;
    private final String baseUrl;
    private final String host;
    private final Clock clock;
    private final MovedDeadlines moves;
    private final LetterLayout layout = new LetterLayout(templates());

    NoticeWriter(
            Words words,
            Duties duties,
            MessageSource messages,
            Parties parties,
            NoticeSettings settings,
            Clock clock,
            @Value("${sterna.base-url}") String baseUrl) {
        this.words = words;
        this.duties = duties;
        this.messages = messages;
        this.parties = parties;
        this.settings = settings;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
        this.host = JdbcNotices.host(baseUrl);
        this.clock = clock;
        this.moves = new MovedDeadlines(words, messages);
    }

    /**
     * A worded notice.
     *
     * @param calendar the deadline for the reader's calendar, as a file; null where the notice tells none
     */
    record Wording(
            Locale language,
            String recipient,
            String subject,
            String text,
            String html,
            @Nullable String calendar) {}

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
            String footer) {

        /** With a subject that a header takes. */
        Letter withPlainSubject() {
            return new Letter(
                    language,
                    PlainText.line(subject, LONGEST_SUBJECT),
                    attention,
                    lead,
                    facts,
                    explanations,
                    linkLabel,
                    link,
                    contact,
                    footer);
        }
    }

    /**
     * What letters have in common that differ in the reader's name, the Party's and the obligation's id only, as those
     * to all Parties at an opening do.
     *
     * @param occasion what moved and made {@code moved} follow it; null in a letter about one deadline
     * @param moved the deadlines that follow a change of dates; empty in a letter about one deadline
     * @param past whether the deadline has passed, and the text of the kind does not say so
     * @param whole the day by which the obligation as a whole is due
     * @param zone whose clock the reader has
     */
    private record Form(
            String duty,
            String kind,
            @Nullable String text,
            boolean act,
            boolean copy,
            Map<String, String> values,
            @Nullable String occasion,
            List<Fact> moved,
            Deadline deadline,
            boolean past,
            LocalDate whole,
            ZoneId zone,
            Locale language) {}

    /**
     * Words a notice.
     *
     * @param moved how often deadlines were moved so far, by the obligation's id; without those that never were
     * @throws IllegalArgumentException if the kind has no texts
     */
    Wording write(
            Notices.Request request, Obligation obligation, Map<UUID, Integer> moved, Holder reader, boolean copy) {
        Locale language = language(reader.language());
        Notices.Moved change = request.moved();
        Optional<Party> owing = party(obligation.partyCode());
        String party = owing.map(found -> found.name(language)).orElse(obligation.partyCode());
        String recipient = PlainText.line(reader.name(), LONGEST_NAME);
        Form form = new Form(
                obligation.duty(),
                request.kind(),
                request.text(),
                request.act(),
                copy,
                Map.copyOf(request.values()),
                change == null ? null : change.occasion(),
                change == null ? List.of() : moves.facts(change, language),
                obligation.deadline(),
                !ahead(obligation.deadline()) && !NoticeKinds.tellsDelay(request.kind()),
                request.due() == null
                        ? obligation.deadline().on()
                        : request.due().whole().on(),
                zone(reader, owing, obligation.deadline()),
                language);
        String id = obligation.id().toString();
        LetterLayout.Laid laid = layout.of(
                form,
                List.of(recipient, party, id),
                differing -> letter(form, differing.get(0), differing.get(1), differing.get(2)));
        List<CalendarEntry> entries =
                copy ? List.of() : entries(request, obligation, moved, link(form, id), party, language);
        return new Wording(
                language,
                recipient,
                laid.subject(),
                laid.text(),
                laid.html(),
                entries.isEmpty()
                        ? null
                        : CalendarEntry.file(
                                method(request.kind()),
                                entries,
                                settings.fromAddress(),
                                clock.instant().truncatedTo(SECONDS)));
    }

    private Letter letter(Form form, String reader, String party, String obligationId) {
        Locale language = form.language();
        String duty = form.duty();
        String kind = form.kind();
        Deadline deadline = form.deadline();
        String occasion = form.occasion();
        boolean information = form.copy() || occasion != null || NoticeKinds.information(kind);
        String title = words.text(duty + ".title", language);
        String tone = tone(duty, deadline);
        String text = text(form, tone);
        String[] arguments = {
            occasion == null ? title : occasion.toUpperCase(Locale.ROOT),
            party,
            day(deadline.on(), language),
            day(form.whole(), language)
        };

        String subject = form.copy()
                ? common("notice.copy.subject", language, arguments)
                : own(duty, text, tone, "subject", language, arguments);
        if (form.past() && occasion == null && subject.contains(arguments[2])) {
            // nobody can act by a day that has passed
            subject = common("notice.past." + tone + "subject", language, arguments);
        }
        List<String> lead = new ArrayList<>();
        if (form.copy()) {
            String fact = messages.getMessage("notice." + kind + "." + tone + "copy", arguments, null, language);
            if (fact == null) {
                fact = messages.getMessage("notice." + kind + ".copy", arguments, null, language);
            }
            if (fact != null) {
                lead.add(fact);
            }
            lead.add(common("notice.copy.body", language, arguments));
        } else {
            lead.add(own(duty, text, tone, "body", language, arguments));
        }

        List<Fact> facts = new ArrayList<>();
        if (occasion == null) {
            facts.add(new Fact(common("notice.fact.duty", language), title));
            facts.add(new Fact(common("notice.fact.party", language), party));
            if (NoticeKinds.tellsDeadline(kind)) {
                String moment = moment(deadline, language);
                facts.add(new Fact(
                        common("notice.fact.deadline", language),
                        form.past() ? common("notice.moment.past", language, moment) : moment));
                local(deadline, form.zone(), language)
                        .ifPresent(local -> facts.add(new Fact(common("notice.fact.local", language), local)));
            }
        } else {
            facts.add(new Fact(common("notice.fact.party", language), party));
            facts.addAll(form.moved());
        }
        new TreeMap<>(form.values()).forEach((name, value) -> {
            String label = label(duty, text, name, language);
            if (label != null && !value.isBlank()) {
                String step = duty + "." + value + ".name";
                facts.add(new Fact(
                        label,
                        name.equals(NoticeKinds.STEP) && words.has(step)
                                ? words.text(step, language)
                                : PlainText.paragraph(withDays(value, language))));
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

        return new Letter(
                language.toLanguageTag(),
                subject,
                common("notice.attention", language, reader),
                lead,
                facts,
                explanations,
                common("notice.link." + target(form).name().toLowerCase(Locale.ROOT), language),
                link(form, obligationId),
                settings.contact() == null
                        ? common("notice.contact.secretariat", language)
                        : common("notice.contact", language, settings.contact()),
                common("notice.footer", language));
    }

    /** Where a letter's link leads, as in {@code notice.link.<target>}. */
    private enum Target {
        TASK,
        DESK,
        OBLIGATION
    }

    private static Target target(Form form) {
        if (form.occasion() != null) {
            return Target.DESK;
        }
        return form.act() && !form.copy() ? Target.TASK : Target.OBLIGATION;
    }

    private String link(Form form, String obligationId) {
        return switch (target(form)) {
            case DESK -> baseUrl + "/desk";
            case TASK -> baseUrl + "/desk/obligations/" + obligationId + "/task";
            case OBLIGATION -> baseUrl + "/desk/obligations/" + obligationId;
        };
    }

    /** Reads all Parties at once, for letters of several that the running transaction is going to word. */
    void expectSeveralParties() {
        PerTransaction.once(
                PARTIES, () -> parties.all().stream().collect(Collectors.toMap(Party::code, Function.identity())));
    }

    private Optional<Party> party(String code) {
        Map<String, Party> all = PerTransaction.read(PARTIES);
        return all == null || !all.containsKey(code) ? parties.find(code) : Optional.of(all.get(code));
    }

    /** The host by which calendar entries are named. */
    String host() {
        return host;
    }

    /** What the reader's calendar shall hold: deadlines still ahead, or that a duty done with no longer has one. */
    private List<CalendarEntry> entries(
            Notices.Request request,
            Obligation obligation,
            Map<UUID, Integer> moved,
            String link,
            String party,
            Locale language) {
        if (request.moved() != null) {
            return request.moved().lines().stream()
                    .filter(line -> line.to() != null && ahead(line.to()))
                    .map(line -> new CalendarEntry(
                            uid(line.obligationId(), line.name()),
                            moved.getOrDefault(line.obligationId(), 0),
                            line.to().at(),
                            entryTitle(words.text(line.duty() + ".title", language), party, line.to(), language),
                            common("notice.calendar.description", language, baseUrl + "/desk"),
                            baseUrl + "/desk"))
                    .toList();
        }
        boolean withdrawn = method(request.kind()) == CalendarEntry.Method.CANCEL
                && duties.find(obligation.duty())
                        .filter(duty -> duty.further().isEmpty())
                        .isPresent();
        if (!ahead(obligation.deadline()) || !withdrawn && !NoticeKinds.tellsDeadline(request.kind())) {
            return List.of();
        }
        return List.of(new CalendarEntry(
                uid(obligation.id(), obligation.deadlineName()),
                moved.getOrDefault(obligation.id(), 0) + (withdrawn ? 1 : 0),
                obligation.deadline().at(),
                entryTitle(words.text(obligation.duty() + ".title", language), party, obligation.deadline(), language),
                common("notice.calendar.description", language, link),
                link));
    }

    private static CalendarEntry.Method method(String kind) {
        return kind.equals("accepted") || kind.equals("excused") || kind.equals("lapsed")
                ? CalendarEntry.Method.CANCEL
                : CalendarEntry.Method.PUBLISH;
    }

    private boolean ahead(Deadline deadline) {
        return deadline.at().isAfter(clock.instant());
    }

    private String uid(UUID obligationId, String deadlineName) {
        return obligationId + "." + deadlineName + "@" + host;
    }

    private String entryTitle(String title, String party, Deadline deadline, Locale language) {
        String entry = PlainText.line(common("notice.calendar.title", language, title, party), LONGEST_SUBJECT);
        return deadline.provisional() ? common("notice.moment.provisional", language, entry) : entry;
    }

    /**
     * The request's own text, unless there is none of that name any more, or the deadline is provisional and it does not
     * know it.
     */
    private String text(Form form, String tone) {
        String text = form.text();
        return text != null
                        && words.has(
                                form.duty() + ".notice." + text + "." + (tone.equals(PROVISIONAL) ? tone : "") + "body")
                ? text
                : form.kind();
    }

    /** How to speak of the deadline: without reproach where nobody is bound, or where it may still move. */
    private String tone(String duty, Deadline deadline) {
        if (duties.find(duty).filter(Duty::voluntary).isPresent()) {
            return VOLUNTARY;
        }
        return deadline.provisional() ? PROVISIONAL : "";
    }

    /**
     * The duty's own text goes before the common one. A voluntary duty's own text knows that it is voluntary; that a
     * deadline is provisional none knows, so the common text for that goes before it.
     */
    private String own(String duty, String kind, String tone, String part, Locale language, String[] arguments) {
        String plain = "notice." + kind + "." + part;
        String toned = "notice." + kind + "." + tone + part;
        String text = ofDuty(duty, toned, language, arguments);
        if (text == null && tone.equals(PROVISIONAL)) {
            text = messages.getMessage(toned, arguments, null, language);
        }
        if (text == null) {
            text = ofDuty(duty, plain, language, arguments);
        }
        if (text == null) {
            text = messages.getMessage(toned, arguments, null, language);
        }
        if (text == null) {
            text = messages.getMessage(plain, arguments, null, language);
        }
        if (text == null) {
            throw new IllegalArgumentException(
                    "There is no text for notices of kind '%s'; add %s.%s to the duty's messages"
                            .formatted(kind, duty, plain));
        }
        return text;
    }

    private @Nullable String ofDuty(String duty, String key, Locale language, String[] arguments) {
        String own = duty + "." + key;
        return words.has(own) ? words.text(own, language, (Object[]) arguments) : null;
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
                deadline.at().atZone(deadline.zone()).format(MINUTE),
                name(deadline.zone(), language));
        return deadline.provisional() ? common("notice.moment.provisional", language, moment) : moment;
    }

    /** The clock of the reader: the Party's for its own seats, the deadline's for everybody else. */
    private static ZoneId zone(Holder reader, Optional<Party> owing, Deadline deadline) {
        return owing.filter(party -> reader.seatCode().endsWith("-" + party.code()))
                .map(Party::zone)
                .orElse(deadline.zone());
    }

    /** When the deadline ends on the reader's clock; empty where that shows the same. */
    private Optional<String> local(Deadline deadline, ZoneId zone, Locale language) {
        ZonedDateTime there = deadline.at().atZone(deadline.zone());
        ZonedDateTime here = deadline.at().atZone(zone);
        if (here.getOffset().equals(there.getOffset())) {
            return Optional.empty();
        }
        return Optional.of(common(
                here.toLocalDate().equals(deadline.on()) ? "notice.local.same-day" : "notice.local.other-day",
                language,
                day(here.toLocalDate(), language),
                here.format(MINUTE),
                name(zone, language),
                day(deadline.on(), language)));
    }

    /** The platform has some names with a capital and a straight apostrophe that the language does not use. */
    private static String name(ZoneId zone, Locale language) {
        String name = zone.getDisplayName(TextStyle.FULL, language).replace('\'', '’');
        return name.startsWith("Heure ") || name.startsWith("Hora ")
                ? Character.toLowerCase(name.charAt(0)) + name.substring(1)
                : name;
    }

    /** What was told, with days as the reader writes them. */
    private static String withDays(String value, Locale language) {
        return ISO_DAY.matcher(value).replaceAll(found -> {
            try {
                return Matcher.quoteReplacement(day(LocalDate.parse(found.group()), language));
            } catch (DateTimeParseException noDay) {
                return Matcher.quoteReplacement(found.group());
            }
        });
    }

    /** The day as the United Nations write it in the language. */
    static String day(LocalDate day, Locale language) {
        return switch (language.getLanguage()) {
            case "fr" -> day.getDayOfMonth() == 1 ? day.format(FIRST_IN_FRENCH) : day.format(IN_FRENCH);
            case "es" -> day.format(IN_SPANISH);
            default -> day.format(IN_ENGLISH);
        };
    }

    static Locale language(Locale wished) {
        return switch (wished.getLanguage()) {
            case "fr" -> Locale.FRENCH;
            case "es" -> Locale.forLanguageTag("es");
            default -> Locale.ENGLISH;
        };
    }

    /** An engine of its own: the pages' engine knows only HTML, and would resolve far more than these few files. */
    static TemplateEngine templates() {
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
