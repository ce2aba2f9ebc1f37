package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.register.Party;
import org.sterna.register.Region;

class NoticeWriterTests {

    private final Chancery chancery = new Chancery(Chancery.On.H2.database(), null);
    private final Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | reminder | Action required by 15 January 2027: Confirmation of the nomination — Switzerland",
                "fr | reminder | Action requise au plus tard le 15 janvier 2027\u00a0: Confirmation de la nomination — Suisse",
                "es | reminder | Acción requerida a más tardar el 15 de enero de 2027: Confirmación del nombramiento — Suiza",
                "en | overdue  | Overdue since 15 January 2027: Confirmation of the nomination — Switzerland",
                "fr | overdue  | En retard depuis le 15 janvier 2027\u00a0: Confirmation de la nomination — Suisse",
                "es | overdue  | Plazo vencido desde el 15 de enero de 2027: Confirmación del nombramiento — Suiza",
                "de | opened   | Action required by 15 January 2027: Confirmation of the nomination — Switzerland"
            })
    void putsWhatAndByWhenIntoTheSubjectInTheReadersLanguage(String language, String kind, String subject) {
        assertThat(write(kind, language, Map.of(), false).subject()).isEqualTo(subject);
    }

    @Test
    void saysEverythingThatIsNeededToAct() {
        NoticeWriter.Wording wording = write("reminder", "en", Map.of(), false);

        assertThat(wording.text()).isEqualTo("""
                        For the attention of Anna Meier

                        This is a reminder: a duty under the Convention on Migratory Species (CMS) still waits for your answer, and its deadline is coming closer.

                        Duty: Confirmation of the nomination
                        Party: Switzerland
                        Deadline: 15 January 2027, 23:59 (Central European Time)

                        Open the task:
                        LINK

                        What is asked
                        Send the letter.

                        Why
                        The register must be right.

                        If nothing is done
                        Your ministry is told.

                        Questions? Contact cms@example.org.

                        --
                        This message was sent automatically because the CMS register names you as a contact for this duty.
                        """.replace("LINK", link()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "es"})
    void saysTheSameInBothFormats(String language) {
        NoticeWriter.Wording wording =
                write("returned", language, Map.of("reasons", "The stamp is missing.\nThe date too."), false);

        Document page = Jsoup.parse(wording.html());
        page.select("h1, head").remove();
        assertThat(page.select("dd").last().wholeText()).isEqualTo("The stamp is missing.\nThe date too.");
        List<String> lines =
                page.select("p, dt, dd, h2").stream().map(Element::text).toList();
        assertThat(lines)
                .allSatisfy(line -> assertThat(squeezed(wording.text())).contains(squeezed(line)));
        assertThat(page.select("a[href]").eachAttr("href")).containsExactly(link());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "es"})
    void marksTheLanguageAndLoadsNothingFromElsewhere(String language) {
        Document page = Jsoup.parse(write("opened", language, Map.of(), false).html());

        assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language);
        assertThat(page.select("img, link, script, style, [src]")).isEmpty();
        assertThat(page.select("*").eachAttr("href")).hasSize(1);
    }

    @Test
    void tellsCopiesThatNothingIsAskedOfThem() {
        NoticeWriter.Wording copy = write("overdue", "en", Map.of(), true);

        assertThat(copy.subject()).isEqualTo("For information: Confirmation of the nomination — Switzerland");
        assertThat(copy.text())
                .contains("nothing is asked of you")
                .contains("https://sterna.example.org/desk/obligations/" + obligation.id())
                .doesNotContain("If nothing is done", "task-7");
    }

    @Test
    void keepsTheColonOfALabelOnItsLineInFrench() {
        assertThat(write("reminder", "fr", Map.of(), false).text())
                .contains("Partie\u00a0: Suisse")
                .doesNotContainPattern("(?m)^[^:\\n]*[^\u00a0:\\n]:($| )");
        assertThat(write("reminder", "en", Map.of(), false).text()).contains("Party: Switzerland");
    }

    @Test
    void letsTheDutySayItInItsOwnWords() {
        chancery.words.put("notice.reminder.subject", "{1}: letter by {2}", "fr", "es");
        chancery.words.put("notice.reminder.body", "Only the letter is missing.", "fr", "es");

        NoticeWriter.Wording wording = write("reminder", "en", Map.of(), false);

        assertThat(wording.subject()).isEqualTo("Switzerland: letter by 15 January 2027");
        assertThat(wording.text()).contains("Only the letter is missing.").doesNotContain("This is a reminder");
    }

    @Test
    void saysWhatTheRungSaysInPlaceOfItsKind() {
        chancery.words.put("notice.overdue-letter.subject", "No letter since {2}: {1}", "fr", "es");
        chancery.words.put("notice.overdue-letter.body", "Nobody can act for you.", "fr", "es");

        NoticeWriter.Wording wording = write("overdue", "overdue-letter", false);

        assertThat(wording.subject()).isEqualTo("No letter since 15 January 2027: Switzerland");
        assertThat(wording.text()).contains("Nobody can act for you.");
        assertThat(write("overdue", "overdue-letter", true).text())
                .as("nothing is late by a provisional deadline")
                .doesNotContain("Nobody can act");
        assertThat(write("overdue", "overdue-lost", false).subject())
                .as("the text was taken out since the ladder was set")
                .startsWith("Overdue since");
    }

    private NoticeWriter.Wording write(String kind, String text, boolean provisional) {
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        Deadline deadline = obligation.deadline();
        return chancery.writer.write(
                new Notices.Request(
                        obligation.id(), kind, kind, List.of("nfp-CHE"), List.of(), true, Map.of(), null, text),
                obligation.by(
                        obligation.deadlineName(),
                        new Deadline(deadline.on(), deadline.zone(), deadline.origin(), null, provisional)),
                Map.of(),
                Chancery.holder("Anna Meier", "anna@example.org", Locale.ENGLISH),
                false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receipt",
                "accepted",
                "excused",
                "decision-reservation",
                "decision-ineligible",
                "receipt-absence",
                "accepted-late"
            })
    void namesNoDeadlineWhereItOnlyConfirmsOrDecides(String kind) {
        chancery.words.put("notice." + kind + ".subject", "{0}", "{0}", "{0}");
        chancery.words.put("notice." + kind + ".body", "So it is.", "fr", "es");

        NoticeWriter.Wording wording = write(kind, "en", Map.of(), false);

        assertThat(wording.text()).doesNotContain("Deadline", "2027", "On your clock");
    }

    @Test
    void namesTheDeadlineOfTheStepThatItIsAbout() {
        chancery.words.put("notice.opened.body", "Agree by {2}; the whole by {3}.", "fr", "es");
        Deadline step = obligation.deadline().movedTo(LocalDate.of(2027, 1, 8), Deadline.Origin.RULE, null);
        NoticeWriter.Wording wording = chancery.writer.write(
                new Notices.Request(obligation.id(), "opened", "opened", List.of("nfp-CHE"), List.of(), true, Map.of())
                        .dueBy(new Notices.Due("agreement", step, obligation.deadline())),
                obligation.by("agreement", step),
                Map.of(),
                Chancery.holder("Anna Meier", "anna@example.org", Locale.ENGLISH),
                false);

        assertThat(wording.subject()).startsWith("Action required by 8 January 2027");
        assertThat(wording.text())
                .contains("Agree by 8 January 2027; the whole by 15 January 2027.")
                .contains("Deadline: 8 January 2027, 23:59");
        assertThat(wording.calendar()).contains(obligation.id() + ".agreement@", "DTEND:20270108T230000Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | Action required, the deadline was 15 January 2027: Confirmation of the nomination — Switzerland | 15 January 2027, 23:59 (Central European Time) – this day has passed",
                "fr | Action requise, l’échéance était le 15 janvier 2027\u00a0: Confirmation de la nomination — Suisse | – ce jour est passé",
                "es | Acción requerida, el plazo era el 15 de enero de 2027: Confirmación del nombramiento — Suiza | – este día ya pasó"
            })
    void saysWhereTheDayHasPassed(String language, String subject, String line) {
        chancery.clock.advance(Duration.ofDays(30));

        NoticeWriter.Wording wording = write("opened", language, Map.of(), false);

        assertThat(wording.subject()).isEqualTo(subject);
        assertThat(wording.text()).contains(line);
        assertThat(wording.calendar()).isNull();
        assertThat(write("overdue", language, Map.of(), false).text())
                .as("it says so anyway")
                .doesNotContain(line);
    }

    @ParameterizedTest
    @CsvSource({"en, 1 November 2026", "fr, 1er novembre 2026", "es, 1 de noviembre de 2026"})
    void tellsDaysAsTheReaderWritesThem(String language, String day) {
        for (String name : List.of("on", "rows", "typed")) {
            chancery.words.put("notice.decision-made.value." + name, name, name, name);
        }
        chancery.words.put("notice.decision-made.subject", "{0}", "{0}", "{0}");
        chancery.words.put("notice.decision-made.body", "Decided.", "fr", "es");

        String text = write(
                        "decision-made",
                        language,
                        Map.of(
                                "on", "2026-11-01",
                                "rows", "Res. 12.1 · Wetlands · 2026-11-01\nRes. 12.2 · 2026-11-01 · Coast",
                                "typed", "Note verbale 2026-11-01/b, and 2026-99-99"),
                        false)
                .text();

        assertThat(text)
                .contains("Wetlands · " + day, "Res. 12.2 · " + day + " · Coast")
                .containsPattern("on\\h*: " + day)
                .contains("Note verbale 2026-11-01/b, and 2026-99-99");
    }

    @Test
    void tellsTheStepOfAReceiptByItsName() {
        chancery.words.put("submit-nomination.name", "Submit nomination", "Soumettre", "Enviar");

        assertThat(write("receipt", "en", Map.of("step", "submit-nomination"), false)
                        .text())
                .contains("Step: Submit nomination");
    }

    @Test
    void tellsOnlyTheValuesThatTheKindIsFor() {
        Map<String, String> values =
                Map.of("receipt", "S-2027-000001", "personalEmail", "anna@home.example", "decision", "accepted");

        assertThat(write("receipt", "en", values, false).text())
                .contains("Receipt number: S-2027-000001")
                .doesNotContain("anna@home.example");
        assertThat(write("accepted", "en", values, false).text()).doesNotContain("S-2027-000001", "home", "Decision");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | reminder   | Action expected by 15 January 2027 (provisional date): Confirmation of the nomination — Switzerland",
                "en | overdue    | Action expected, provisional date of 15 January 2027 passed: Confirmation of the nomination — Switzerland",
                "fr | escalation | Action attendue, date provisoire du 15 janvier 2027 passée\u00a0: Confirmation de la nomination — Suisse",
                "es | opened     | Acción prevista para el 15 de enero de 2027 (fecha provisional): Confirmación del nombramiento — Suiza"
            })
    void neverCallsAProvisionalDeadlineOverdue(String language, String kind, String subject) {
        chancery.words.put("notice.overdue.subject", "Overdue!", "En retard\u00a0!", "¡Vencido!");

        NoticeWriter.Wording wording = write(provisional(), kind, language, false);

        assertThat(wording.subject()).isEqualTo(subject);
        assertThat(wording.text() + write(provisional(), kind, language, true).text())
                .doesNotContainIgnoringCase("overdue")
                .doesNotContainIgnoringCase("en retard")
                .doesNotContainIgnoringCase("vencid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | reminder   | Invitation to act by 15 January 2027: Confirmation of the nomination — Switzerland",
                "en | escalation | For your attention, still open: Confirmation of the nomination — Switzerland",
                "fr | escalation | Pour votre attention, toujours en attente\u00a0: Confirmation de la nomination — Suisse",
                "es | reminder   | Invitación a actuar a más tardar el 15 de enero de 2027: Confirmación del nombramiento — Suiza"
            })
    void neverCallsAVoluntaryDutyOverdue(String language, String kind, String subject) {
        Duty voluntary = mock();
        when(voluntary.voluntary()).thenReturn(true);
        when(voluntary.further()).thenReturn(List.of());
        when(chancery.duties.find(Chancery.DUTY)).thenReturn(Optional.of(voluntary));

        NoticeWriter.Wording wording = write(kind, language, Map.of(), false);

        assertThat(wording.subject()).isEqualTo(subject);
        assertThat(wording.text() + write(kind, language, Map.of(), true).text())
                .doesNotContainIgnoringCase("overdue")
                .doesNotContainIgnoringCase("en retard")
                .doesNotContainIgnoringCase("vencid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Pacific/Auckland  | en | On your clock: 16 January 2027, 11:59 (New Zealand Time): already another day than 15 January 2027",
                "America/Sao_Paulo | es | En su hora local: 15 de enero de 2027, 19:59 (hora de Brasilia)",
                "Africa/Nairobi    | fr | À votre heure\u00a0: 16 janvier 2027 à 01:59 (heure d’Afrique de l’Est)\u00a0: un autre jour que le 15 janvier 2027"
            })
    void tellsTheEndOfTheDeadlineOnTheReadersClock(String zone, String language, String line) {
        when(chancery.parties.find("CHE"))
                .thenReturn(Optional.of(new Party(
                        "CHE", "Switzerland", "Suisse", "Suiza", Region.EUROPE, Locale.FRENCH, ZoneId.of(zone))));

        assertThat(squeezed(write("reminder", language, Map.of(), false).text()))
                .contains(squeezed(line));
    }

    @Test
    void tellsOneTimeWhereTheReadersClockShowsTheSame() {
        assertThat(write("reminder", "en", Map.of(), false).text()).doesNotContain("On your clock");
    }

    @Test
    void givesTheDeadlineForTheReadersCalendar() throws Exception {
        VEvent event = event(write(obligation, "reminder", "en", Map.of()), "PUBLISH");

        assertThat(event.getUid().orElseThrow().getValue()).isEqualTo(obligation.id() + ".due@sterna.example.org");
        assertThat(event.getSequence().getSequenceNo()).isZero();
        assertThat(event.getDateTimeStart().getDate()).isEqualTo(OffsetDateTime.parse("2027-01-15T22:00:00Z"));
        assertThat(event.getDateTimeEnd().getDate()).isEqualTo(OffsetDateTime.parse("2027-01-15T23:00:00Z"));
        assertThat(event.getSummary().getValue()).isEqualTo("Deadline: Confirmation of the nomination — Switzerland");
        assertThat(event.getUrl().getValue()).isEqualTo(link());
    }

    @Test
    void replacesTheEntryInTheCalendarWhenTheDeadlineMoves() throws Exception {
        VEvent before = event(write(obligation, "reminder", "fr", Map.of()), "PUBLISH");
        Obligation moved =
                chancery.obligation(obligation.id(), Obligation.State.WITH_PARTY, Chancery.DEADLINE.plusDays(20));

        VEvent after = event(write(moved, "extended", "fr", Map.of(obligation.id(), 1)), "PUBLISH");

        assertThat(after.getUid()).isEqualTo(before.getUid());
        assertThat(after.getSequence().getSequenceNo())
                .isGreaterThan(before.getSequence().getSequenceNo());
        assertThat(after.getDateTimeEnd().getDate()).isEqualTo(OffsetDateTime.parse("2027-02-04T23:00:00Z"));
    }

    @Test
    void takesTheEntryOutOfTheCalendarWhenThePartyIsExcused() throws Exception {
        Duty simple = mock();
        when(simple.further()).thenReturn(List.of());
        when(chancery.duties.find(Chancery.DUTY)).thenReturn(Optional.of(simple));

        VEvent event = event(write(obligation, "excused", "en", Map.of(obligation.id(), 2)), "CANCEL");

        assertThat(event.getStatus().getValue()).isEqualTo("CANCELLED");
        assertThat(event.getSequence().getSequenceNo()).isEqualTo(3);
    }

    @Test
    void addsNothingToTheCalendarAfterTheDeadlineNorForInformation() {
        Obligation past =
                chancery.obligation(UUID.randomUUID(), Obligation.State.WITH_PARTY, LocalDate.of(2026, 12, 1));

        assertThat(write(past, "overdue", "en", Map.of()).calendar()).isNull();
        assertThat(write("receipt", "en", Map.of("receipt", "S-2027-000001"), false)
                        .calendar())
                .isNull();
        assertThat(write("reminder", "en", Map.of(), true).calendar()).isNull();
    }

    private static VEvent event(NoticeWriter.Wording wording, String method) throws Exception {
        Calendar calendar = new CalendarBuilder().build(new StringReader(wording.calendar()));
        assertThat(calendar.validate().hasErrors()).isFalse();
        assertThat(calendar.getMethod().getValue()).isEqualTo(method);
        List<VEvent> events = calendar.getComponents("VEVENT");
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private Obligation provisional() {
        return obligation.by(
                "due",
                new Deadline(Chancery.DEADLINE, ZoneId.of("Europe/Berlin"), Deadline.Origin.RULE, "COP-P6M", true));
    }

    private NoticeWriter.Wording write(Obligation about, String kind, String language, boolean copy) {
        return chancery.writer.write(
                Chancery.request(about, kind, kind, Map.of(), "nfp-CHE"),
                about,
                Map.of(),
                Chancery.holder("Anna Meier", "anna@example.org", Locale.forLanguageTag(language)),
                copy);
    }

    private NoticeWriter.Wording write(Obligation about, String kind, String language, Map<UUID, Integer> moves) {
        return chancery.writer.write(
                Chancery.request(about, kind, kind, Map.of(), "nfp-CHE"),
                about,
                moves,
                Chancery.holder("Anna Meier", "anna@example.org", Locale.forLanguageTag(language)),
                false);
    }

    @Test
    void refusesAKindWithoutTexts() {
        assertThatThrownBy(() -> write("greeting", "en", Map.of(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nomination-confirmation.notice.greeting.subject");
    }

    @Test
    void takesTypedTextAsNothingButText() {
        String hostile = "{{7*7}} ${1+1} [[${7*7}]] [(${7*7})] __${7*7}__ #{notice.footer} {0} <script>x</script> <b>";

        NoticeWriter.Wording wording = write("returned", "en", Map.of("reasons", hostile), false);

        assertThat(wording.text()).contains(hostile);
        Document page = Jsoup.parse(wording.html());
        assertThat(page.select("script, b")).isEmpty();
        assertThat(page.select("dd").last().text()).isEqualTo(hostile);
    }

    @ParameterizedTest
    @CsvSource({"2027-02-01, 1 February 2027, 1er février 2027, 1 de febrero de 2027"})
    void writesDaysAsTheLanguageDoes(LocalDate day, String english, String french, String spanish) {
        assertThat(NoticeWriter.day(day, Locale.ENGLISH)).isEqualTo(english);
        assertThat(NoticeWriter.day(day, Locale.FRENCH)).isEqualTo(french);
        assertThat(NoticeWriter.day(day, Chancery.SPANISH)).isEqualTo(spanish);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notices", "documents"})
    void hasEveryTextInThreeLanguages(String bundle) throws IOException {
        Properties english = properties(bundle + ".properties");

        assertThat(properties(bundle + "_fr.properties").keySet()).isEqualTo(english.keySet());
        assertThat(properties(bundle + "_es.properties").keySet()).isEqualTo(english.keySet());
        assertThat(english.values()).noneMatch(text -> text.toString().contains("'"));
    }

    private static String squeezed(String text) {
        return text.replaceAll("[\\s\u00a0]+", " ");
    }

    private String link() {
        return "https://sterna.example.org/desk/obligations/" + obligation.id() + "/task";
    }

    private NoticeWriter.Wording write(String kind, String language, Map<String, String> values, boolean copy) {
        return chancery.writer.write(
                Chancery.request(obligation, kind, kind, values, "nfp-CHE"),
                obligation,
                Map.of(),
                Chancery.holder("Anna Meier", "anna@example.org", Locale.forLanguageTag(language)),
                copy);
    }

    private static Properties properties(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(
                NoticeWriterTests.class.getResourceAsStream("/messages/" + name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
