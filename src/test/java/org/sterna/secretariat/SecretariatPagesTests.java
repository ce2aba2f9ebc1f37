package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.InvalidMeeting;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.NotifiedDate;
import org.sterna.campaigns.CampaignCases;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.campaigns.InvalidMove;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.campaigns.Preview;
import org.sterna.documents.Documents;
import org.sterna.duties.Duty;
import org.sterna.engine.Machinery;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.Submission;
import org.sterna.pages.PageSlice;
import org.sterna.time.TimeLapse;

/** What the Secretariat sees and does. */
@WebMvcTest(OverviewController.class)
class SecretariatPagesTests extends PageSlice {

    private static final UUID CAMPAIGN = UUID.fromString("0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d11");
    private static final String CASE = "/secretariat/obligations/" + OWED.id();

    private static Campaigns.Campaign campaign(int opened) {
        return new Campaigns.Campaign(CAMPAIGN, DUTY, "2026-11", "secretary", NOW, 133, opened, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secretariat",
                "/secretariat/matrix",
                "/secretariat/duties",
                "/secretariat/duties/nomination-confirmation",
                "/secretariat/search?q=switzerland",
                "/secretariat/campaigns",
                "/secretariat/obligations",
                "/secretariat/notices",
                "/secretariat/register",
                "/secretariat/register/CHE",
                "/secretariat/register/CHE/file.pdf",
                "/secretariat/operations",
                "/secretariat/bulk",
                "/secretariat/bulk/0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d22",
                "{case}",
                "{case}/diagram",
                "{case}/behalf/task-che",
                "/secretariat/meetings",
                "/secretariat/meetings/cop14",
                "/secretariat/moves/0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d22",
                "/secretariat/notified-dates",
                "/secretariat/working-days",
                "/secretariat/clock"
            })
    void isNotThereForAParty(String address) {
        assertThat(get(address.replace("{case}", CASE), SWISS, Locale.ENGLISH)).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secretariat/campaigns?duty=nomination-confirmation",
                "/secretariat/campaigns/check?duty=nomination-confirmation",
                "/secretariat/meetings?code=stc57",
                "/secretariat/meetings/cop14",
                "/secretariat/moves/0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d22/retry",
                "/secretariat/notified-dates?subject=nomination-confirmation",
                "/secretariat/working-days?country=CHE&on=2027-06-01&kind=added&note=x",
                "/secretariat/working-days/forget?country=CHE&on=2027-06-01",
                "/secretariat/clock"
            })
    void letsAPartyDoNothing(String address) {
        assertThat(post(address, SWISS)).hasStatus(404);
        then(campaigns).shouldHaveNoInteractions();
        then(meetings).shouldHaveNoInteractions();
        then(workingDays).shouldHaveNoInteractions();
    }

    @ParameterizedTest
    @CsvSource({
        "en, 7 due within 7 days ! 3 overdue 12 waiting for us ! 1 Parties unreachable ! 2 stuck,"
                + " Review nomination: Switzerland",
        "fr, 7 à échéance dans les 7 jours ! 3 en retard 12 attendent le Secrétariat ! 1 Parties injoignables ! 2 bloquées,"
                + " Examiner la nomination: Suisse",
        "es, 7 vencen en 7 días ! 3 con retraso 12 esperan a la Secretaría ! 1 Partes ilocalizables ! 2 detenidas,"
                + " Examinar el nombramiento: Suiza"
    })
    void showsThisWeeksNumbersAndWhatIsToReview(String language, String numbers, String task) {
        assertThat(text(get("/secretariat", SECRETARY, Locale.forLanguageTag(language))))
                .contains(numbers)
                .contains(task);
    }

    @ParameterizedTest
    @CsvSource({
        "due=true, 1",
        "overdue=true, 1",
        "state=with-secretariat, 1",
        "unreachable=true, 1",
        "stuck=true, 1",
    })
    void everyNumberLeadsToItsList(String list, int links) {
        var page = page(get("/secretariat", SECRETARY, Locale.ENGLISH));

        assertThat(page.select(".tiles a[href$='?" + list + "']")).hasSize(links);
    }

    @Test
    void listsWhomMailDoesNotReach() {
        assertThat(page(get("/secretariat/register?unreachable=true", SECRETARY, Locale.ENGLISH))
                        .select("tbody th")
                        .eachText())
                .containsExactly("France");
    }

    @Test
    void offersPartiesWithoutAValidLetterToOpenTheDutyFor() {
        given(campaigns.suggested(any())).willReturn(List.of(SWITZERLAND));

        MvcTestResult result = get("/secretariat/campaigns?duty=" + DUTY, SECRETARY, Locale.ENGLISH);

        assertThat(text(result))
                .contains("Parties without a valid nomination letter 1")
                .contains("Switzerland Europe French Anna Muster ? Provisional");
        assertThat(page(result).select("[name=occasion]").val()).isEqualTo("2026-11");
        assertThat(page(result).select("[name=parties]").val()).isEqualTo("CHE");
    }

    @Test
    void saysWhyTheMailGateIsClosed() {
        given(notices.gate()).willReturn(new Notices.Gate(false, "notice.gate.no-mail-server"));

        assertThat(text(get("/secretariat", SECRETARY, Locale.ENGLISH)))
                .contains("The mail gate is closed: notices are kept and not sent. No mail server is configured.");
    }

    @Test
    void showsWhatOpeningWouldDoBeforeItIsDone() {
        given(campaigns.preview(DUTY, "2026-11", List.of("CHE", "FRA")))
                .willReturn(new Preview(
                        DUTY,
                        "2026-11",
                        List.of(
                                new Preview.Line(
                                        SWITZERLAND,
                                        Preview.Fate.OPENS,
                                        null,
                                        Map.of(Duty.DUE, OWED.deadline()),
                                        List.of(new Preview.Mail(
                                                "nfp-CHE", holder("alt-CHE", "che-alt", "Beat Beispiel", true), false)),
                                        List.of(new Preview.Vacancy(
                                                "nfp-CHE",
                                                List.of(holder("alt-CHE", "che-alt", "Beat Beispiel", true))))),
                                new Preview.Line(
                                        FRANCE,
                                        Preview.Fate.EXEMPTED,
                                        "Under reorganisation.",
                                        Map.of(),
                                        List.of(),
                                        List.of()))));

        MvcTestResult result = post("/secretariat/campaigns/check", SECRETARY)
                .param("duty", DUTY)
                .param("occasion", "2026-11")
                .param("parties", "CHE", "FRA")
                .exchange();

        assertThat(text(result))
                .contains("Cases to open 1")
                .contains("Mails at once 1 1 in French")
                .contains("Deadline 6 December 2026")
                .contains("National Focal Point · Switzerland: the work goes to Alternate")
                .contains("France: Under reorganisation.")
                .contains("instead of the National Focal Point")
                .contains("Open for 1 Party");
        assertThat(page(result).select("input[name=parties]").eachAttr("value")).containsExactly("CHE", "FRA");
        then(campaigns).should(never()).open(any(), any(), any(), any(), any());
    }

    @Test
    void saysBeforehandWhereADeadlineHasPassed() {
        given(campaigns.preview(DUTY, "2026-10", List.of("FRA")))
                .willReturn(new Preview(
                        DUTY,
                        "2026-10",
                        List.of(new Preview.Line(
                                FRANCE,
                                Preview.Fate.OPENS,
                                null,
                                Map.of(Duty.DUE, FOREIGN.deadline()),
                                List.of(),
                                List.of()))));

        assertThat(text(post("/secretariat/campaigns/check", SECRETARY)
                        .param("duty", DUTY)
                        .param("occasion", "2026-10")
                        .param("parties", "FRA")
                        .exchange()))
                .contains("Deadline 14 November 2026 By the rule of the duty · past");
    }

    @Test
    void listsFailuresWithTheWayToTryAgain() {
        given(campaigns.find(CAMPAIGN)).willReturn(Optional.of(campaign(132)));
        given(campaignCases.failures(DUTY, "2026-11"))
                .willReturn(List.of(new CampaignCases.Failure("FRA", true, true, null, "No such thing")));

        var page = page(get("/secretariat/campaigns/" + CAMPAIGN, SECRETARY, Locale.ENGLISH));

        assertThat(page.select("#progress").text()).contains("1 case could not start");
        assertThat(page.select("#progress").hasAttr("hx-get")).isFalse();
        assertThat(page.select("main").text())
                .contains("France: The case could not start. It is not tried again by itself.");
        assertThat(page.select("form[action$=/retry] [name=parties]").val()).isEqualTo("FRA");
    }

    @Test
    void triesAgainForTheNamedParties() {
        given(campaigns.find(CAMPAIGN)).willReturn(Optional.of(campaign(132)));
        given(campaignCases.retry(DUTY, "2026-11", List.of("FRA"))).willReturn(1);

        assertThat(post("/secretariat/campaigns/" + CAMPAIGN + "/retry", SECRETARY)
                        .param("parties", "FRA"))
                .hasRedirectedUrl("/secretariat/campaigns/" + CAMPAIGN)
                .flash()
                .containsEntry("done", "1 automatic act is tried again now.");
    }

    @Test
    void keepsWhatWasTypedWhenAnExemptionIsRefused() {
        given(campaigns.find(CAMPAIGN)).willReturn(Optional.of(campaign(133)));
        given(campaigns.exempt(DUTY, "2026-11", "FRA", "short", "secretary"))
                .willThrow(new InvalidCampaign("reason", "Reason: write more."));

        MvcTestResult result = post("/secretariat/campaigns/" + CAMPAIGN + "/exemptions", SECRETARY)
                .param("party", "FRA")
                .param("reason", "short")
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#reason]").text()).isEqualTo("Reason: write more.");
        assertThat(page(result).select("#exempt option[selected]").val()).isEqualTo("FRA");
        assertThat(page(result).select("textarea#reason").val()).isEqualTo("short");
    }

    @Test
    void addsAPartyToARunningCampaign() {
        given(campaigns.find(CAMPAIGN)).willReturn(Optional.of(campaign(133)));

        assertThat(post("/secretariat/campaigns/" + CAMPAIGN + "/parties", SECRETARY)
                        .param("party", "FRA"))
                .hasRedirectedUrl("/secretariat/campaigns/" + CAMPAIGN);
        then(campaigns).should().add(CAMPAIGN, "FRA", "", "secretary");
    }

    @Test
    void asksForAPartyAndKeepsTheOccasion() {
        given(campaigns.preview(DUTY, "2026-12", List.of()))
                .willThrow(new InvalidCampaign("parties", "Choose at least one Party."));
        given(campaigns.suggested(any())).willReturn(List.of(SWITZERLAND));

        MvcTestResult result = post("/secretariat/campaigns/check", SECRETARY)
                .param("duty", DUTY)
                .param("occasion", "2026-12")
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#candidates]").text())
                .isEqualTo("Choose at least one Party.");
        assertThat(page(result).select("[name=occasion]").val()).isEqualTo("2026-12");
    }

    @Test
    void opensACampaignAndLeadsToItsProgress() {
        given(campaigns.open(DUTY, "2026-11", List.of("CHE", "FRA"), "", "secretary"))
                .willReturn(campaign(0));

        assertThat(post("/secretariat/campaigns", SECRETARY)
                        .param("duty", DUTY)
                        .param("occasion", "2026-11")
                        .param("parties", "CHE", "FRA"))
                .hasRedirectedUrl("/secretariat/campaigns/" + CAMPAIGN);
    }

    @Test
    void keepsTheChoiceWhenACampaignIsRefused() {
        given(campaigns.suggested(any())).willReturn(List.of(SWITZERLAND, FRANCE));
        given(campaigns.open(any(), any(), any(), any(), any()))
                .willThrow(new InvalidCampaign("occasion", "“November!” is not an occasion."));

        MvcTestResult result = post("/secretariat/campaigns", SECRETARY)
                .param("duty", DUTY)
                .param("occasion", "November!")
                .param("parties", "FRA")
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#occasion]").text())
                .isEqualTo("“November!” is not an occasion.");
        assertThat(page(result).select("[name=parties][checked]").eachAttr("value"))
                .containsExactly("FRA");
        assertThat(page(result).select("[name=occasion]").val()).isEqualTo("November!");
    }

    @Test
    void asksAgainUntilAllCasesHaveStarted() {
        given(campaigns.find(CAMPAIGN)).willReturn(Optional.of(campaign(58)));
        var running = page(get("/secretariat/campaigns/" + CAMPAIGN, SECRETARY, Locale.ENGLISH));
        assertThat(running.select("#progress").attr("hx-trigger")).isEqualTo("every 2s");
        assertThat(running.select("#progress").text()).contains("58 of 133 cases started");

        given(campaigns.find(CAMPAIGN)).willReturn(Optional.of(campaign(133)));
        var complete = page(get("/secretariat/campaigns/" + CAMPAIGN, SECRETARY, Locale.ENGLISH));
        assertThat(complete.select("[hx-get]")).isEmpty();
        assertThat(complete.select("#progress").text()).contains("All cases have started");
    }

    @Test
    void answersAPollWithTheProgressAlone() {
        given(campaigns.find(CAMPAIGN)).willReturn(Optional.of(campaign(58)));

        MvcTestResult part = http.get()
                .uri("/secretariat/campaigns/" + CAMPAIGN)
                .header("HX-Request", "true")
                .with(user("secretary"))
                .locale(Locale.ENGLISH)
                .exchange();

        assertThat(page(part).select("#progress")).hasSize(1);
        assertThat(page(part).select("header, table")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "en, Nominations and contacts, Reports and information",
        "fr, Nominations et coordonnées, Rapports et informations",
        "es, Nombramientos y datos de contacto, Informes e información"
    })
    void showsDutiesOfAGroupSideBySide(String language, String nominations, String reports) {
        Locale reader = Locale.forLanguageTag(language);
        assertThat(page(get("/secretariat/matrix", SECRETARY, reader))
                        .select("thead .group")
                        .eachText())
                .containsExactly(nominations);
        assertThat(page(get("/secretariat/matrix?group=nominations", SECRETARY, reader))
                        .select("tbody td.cell"))
                .hasSize(2);
        assertThat(page(get("/secretariat/matrix?group=meetings", SECRETARY, reader))
                        .select("tbody td"))
                .isEmpty();
        Document reporting = page(get("/secretariat/duties?group=reporting", SECRETARY, reader));
        assertThat(reporting.select("tbody td:nth-of-type(2)").eachText())
                .isNotEmpty()
                .containsOnly(reports);
        assertThat(reporting.select(".exports a").eachAttr("href"))
                .contains("/secretariat/exports/duties.csv?group=reporting");
        assertThat(page(get("/secretariat/duties?group=none", SECRETARY, reader))
                        .select("tbody tr"))
                .isEmpty();
    }

    @Test
    void filtersByTheAddressAlone() {
        given(obligations.list(
                        new Obligations.Filter(DUTY, "FRA", null, Set.of(Obligation.State.WITH_PARTY), true), 1, 50))
                .willReturn(new Obligations.Page<>(List.of(FOREIGN), 120));

        MvcTestResult result = get(
                "/secretariat/obligations?duty=" + DUTY + "&party=FRA&state=with-party&overdue=true&page=1",
                SECRETARY,
                Locale.ENGLISH);

        assertThat(text(result)).contains("51–51 of 120").contains("! Overdue");
        assertThat(page(result).select("a[rel=prev]").attr("href"))
                .isEqualTo("/secretariat/obligations?duty=" + DUTY + "&party=FRA&state=with-party&overdue=true&page=0");
    }

    @Test
    void saysThatTheChainIsIntactOrWhereItBreaks() {
        assertThat(page(get(CASE, SECRETARY, Locale.ENGLISH))
                        .select(".integrity")
                        .text())
                .isEqualTo("✓ Checked for this page: the chain of the 2 events of this case is unbroken."
                        + " State, dates, answers and notices are not part of this check, except that events record"
                        + " them.");

        given(obligations.firstBrokenEvent(OWED.id())).willReturn(Optional.of(2));
        assertThat(page(get(CASE, SECRETARY, Locale.ENGLISH))
                        .select(".integrity")
                        .text())
                .contains("does not fit from event 2 on")
                .doesNotContain("✓");
    }

    @Test
    void saysOfHowManyPapersTheContentWasCheckedAndWhichAreDamaged() {
        org.sterna.documents.Document small = sent(1000);
        given(documents.check(List.of(small.id()))).willReturn(List.of());
        assertThat(page(get(CASE, SECRETARY, Locale.ENGLISH))
                        .select(".integrity")
                        .text())
                .contains("✓ The content of the 1 paper listed has the recorded hash.");

        given(documents.check(List.of(small.id()))).willReturn(List.of(small));
        assertThat(page(get(CASE, SECRETARY, Locale.FRENCH))
                        .select(".integrity strong")
                        .text())
                .contains("n’est pas celui qui a été reçu")
                .contains("letter.pdf");
    }

    @Test
    void checksLargePapersWhenAskedAndSaysUntilThenThatItDidNot() {
        org.sterna.documents.Document large = sent(9_000_000);

        assertThat(page(get(CASE, SECRETARY, Locale.ENGLISH))
                        .select(".integrity")
                        .text())
                .contains("The content of the 1 paper listed was not checked now");
        then(documents).should(never()).check(any());

        assertThat(page(get(CASE + "?check=papers", SECRETARY, Locale.ENGLISH))
                        .select(".integrity")
                        .text())
                .contains("✓ The content of the 1 paper listed has the recorded hash.");
        then(documents).should().check(List.of(large.id()));
    }

    @Test
    void tellsWhichPapersAreDamagedAndChecksThemAgain() {
        org.sterna.documents.Document damaged = paper(1000);
        given(documents.damaged(anyInt())).willReturn(List.of(new Documents.Damage(damaged, NOW)));
        given(obligations.ofTasks(List.of("task-che"))).willReturn(Map.of("task-che", OWED.id()));

        var page = page(get("/secretariat/operations", SECRETARY, Locale.ENGLISH));

        assertThat(page.select("section[aria-labelledby=damaged]").text())
                .contains("letter.pdf")
                .contains("Switzerland – ");
        assertThat(page.select("section[aria-labelledby=damaged] a").attr("href"))
                .isEqualTo(CASE);
        assertThat(post("/secretariat/operations/papers", SECRETARY)).hasRedirectedUrl("/secretariat/operations");
        then(documents).should().check(List.of(damaged.id()));
        assertThat(post("/secretariat/operations/papers", SWISS)).hasStatus(404);
    }

    private org.sterna.documents.Document paper(long size) {
        return new org.sterna.documents.Document(
                UUID.fromString("3f0c6d52-2d1e-4f27-9b54-0f4f1d3c9a01"),
                "CHE",
                "task-che",
                "letter",
                "letter.pdf",
                "application/pdf",
                size,
                "0",
                "che-nfp",
                NOW,
                org.sterna.documents.Document.Status.NOT_SCANNED);
    }

    /** A paper that Switzerland sent. */
    private org.sterna.documents.Document sent(long size) {
        org.sterna.documents.Document paper = paper(size);
        given(obligations.submissions(OWED.id()))
                .willReturn(List.of(new Submission(
                        UUID.randomUUID(),
                        OWED.id(),
                        "task-che",
                        SUBMIT,
                        1,
                        Map.of("letter", paper.id().toString()),
                        "che-nfp",
                        "nfp-CHE",
                        false,
                        false,
                        NOW,
                        "S-2026-000001")));
        given(documents.findAll(any())).willReturn(List.of(paper));
        return paper;
    }

    @Test
    void movesADeadlineWithItsReason() {
        assertThat(post(CASE + "/deadline", SECRETARY)
                        .param("on", "2026-12-20")
                        .param("reason", "The ministry changed."))
                .hasRedirectedUrl(CASE);
        then(cases)
                .should()
                .moveDeadline(
                        OWED.id(),
                        new Deadline(
                                LocalDate.of(2026, 12, 20),
                                BONN,
                                Deadline.Origin.EXTENSION,
                                "The ministry changed.",
                                false),
                        "secretary");
    }

    @Test
    void namesEachFieldThatKeepsADeadlineFromMoving() {
        MvcTestResult result = post(CASE + "/deadline", SECRETARY)
                .param("on", "2026-11-01")
                .param("reason", "why")
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a").eachText())
                .containsExactly("New last day: choose today or a later day.", "Reason: write 10 to 1000 characters.");
        assertThat(page(result).select("#reason").text()).isEqualTo("why");
        then(cases).should(never()).moveDeadline(any(), any(), any());
    }

    @Test
    void excusesAPartyWithAReason() {
        assertThat(post(CASE + "/excuse", SECRETARY).param("excuse", "State of emergency."))
                .hasRedirectedUrl(CASE);
        then(cases).should().excuse(OWED.id(), "State of emergency.", "secretary");
    }

    @Test
    void saysThatAnEndedCaseCannotBeExcused() {
        willThrow(new IllegalArgumentException("not open")).given(cases).excuse(any(), any(), any());

        assertThat(text(post(CASE + "/excuse", SECRETARY)
                        .param("excuse", "State of emergency.")
                        .exchange()))
                .contains("There is a problem not open");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{case}/send-back",
                "{case}/reopen",
                "{case}/remind",
                "{case}/reassign",
                "{case}/notes",
                "{case}/behalf/task-che",
                "/secretariat/operations/retry",
                "/secretariat/bulk/check",
                "/secretariat/bulk/0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d22/retry"
            })
    void letsNoPartyAct(String address) {
        assertThat(post(address.replace("{case}", CASE), SWISS)
                        .param("act", CASE.substring(CASE.lastIndexOf('/') + 1))
                        .exchange())
                .hasStatus(404);
        then(cases).shouldHaveNoInteractions();
        then(machinery).shouldHaveNoInteractions();
    }

    @Test
    void sendsACaseBackWithItsReason() {
        assertThat(post(CASE + "/send-back", SECRETARY)
                        .param("step", SUBMIT)
                        .param("by", "2026-12-20")
                        .param("why", "The second page is missing."))
                .hasRedirectedUrl(CASE);
        then(cases)
                .should()
                .sendBack(OWED.id(), SUBMIT, LocalDate.of(2026, 12, 20), "The second page is missing.", "secretary");
    }

    @Test
    void answersNothingWhileACaseIsAsThePageShowsIt() {
        given(obligations.head(OWED.id())).willReturn(Optional.of("abc"));

        assertThat(get(CASE + "?seen=abc", SECRETARY, Locale.ENGLISH)).hasStatus(204);
        assertThat(get(CASE + "?seen=abd", SECRETARY, Locale.ENGLISH)).hasStatusOk();
    }

    @Test
    void tellsWhatFailedAndHasItTriedAgain() {
        given(machinery.faults(anyInt(), any()))
                .willReturn(List.of(new Machinery.Fault(
                        "job-1", OWED.businessKey(), "Send receipt", true, true, null, "java.net.ConnectException")));
        given(machinery.stopped()).willReturn(1L);
        given(obligations.ids(any())).willReturn(Map.of(OWED.businessKey(), OWED.id()));

        assertThat(text(get("/secretariat/operations", SECRETARY, Locale.ENGLISH)))
                .contains("Send receipt")
                .contains("Switzerland")
                .contains("stopped; waits for you")
                .as("an administrator reads the cause")
                .contains("ConnectException");
        assertThat(post("/secretariat/operations/retry", SECRETARY).param("act", "job-1"))
                .hasRedirectedUrl("/secretariat/operations");
        then(machinery).should().retry(List.of("job-1"));
    }

    @Test
    void foreseesWhatAnActOnSeveralDoes() {
        given(obligations.findAll(any())).willReturn(List.of(OWED, FOREIGN));

        MvcTestResult result = post("/secretariat/bulk/check", SECRETARY)
                .param("kind", "extend")
                .param("until", "2026-12-01")
                .param("reason", "The meeting was moved.")
                .param("chosen", OWED.id().toString(), FOREIGN.id().toString())
                .exchange();
        assertThat(page(result).select("h1").text()).startsWith("Check: ").doesNotContain("Check: Check");
        assertThat(text(result))
                .contains("It happens to 1 obligation. 1 stays as it is.")
                .contains("From 14 November 2026 to 1 December 2026")
                .contains("The deadline is not earlier than that day already.");
        then(bulkActs).should(never()).start(any(), any());
    }

    @Test
    void namesWhatAnActOnSeveralLacks() {
        MvcTestResult result = post("/secretariat/bulk/check", SECRETARY)
                .param("kind", "excuse")
                .param("offered", OWED.id().toString())
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a").eachText())
                .containsExactly(
                        "Reason: write 10 to 1000 characters.", "Obligations: choose at least one, at most 1000.");
    }

    @Test
    void listsNoticesByState() {
        given(notices.counts()).willReturn(Map.of(Notice.State.HELD, 12L));
        given(notices.list(Notice.State.HELD, 0, 50))
                .willReturn(new Obligations.Page<>(List.of(notice(Notice.State.HELD)), 12));

        assertThat(text(get("/secretariat/notices?state=held", SECRETARY, Locale.ENGLISH)))
                .contains("Held 12")
                .contains("Veuillez confirmer la nomination")
                .contains("che-nfp@example.org");
    }

    @Test
    void shutsOffTheFormattedTextOfANotice() {
        Notice notice = notice(Notice.State.HELD);
        given(notices.find(notice.id())).willReturn(Optional.of(notice));

        MvcTestResult result = get("/secretariat/notices/" + notice.id() + "/html", SECRETARY, Locale.ENGLISH);

        assertThat(result.getResponse().getHeaders("Content-Security-Policy"))
                .containsExactly("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    }

    @Test
    void releasesAHeldNotice() {
        Notice notice = notice(Notice.State.HELD);
        given(notices.find(notice.id())).willReturn(Optional.of(notice));

        assertThat(post("/secretariat/notices/" + notice.id() + "/release", SECRETARY))
                .hasRedirectedUrl("/secretariat/notices/" + notice.id());
        then(notices).should().release(notice.id(), "secretary");
    }

    @Test
    void showsWhoSitsWhereAndOnWhatGround() {
        assertThat(text(get("/secretariat/register", SECRETARY, Locale.FRENCH)))
                .contains("France Europe français Luc Dupont ✓ Confirmé")
                .contains("Suisse Europe français Anna Muster ? Provisoire");
        assertThat(text(get("/secretariat/register/CHE", SECRETARY, SPANISH)))
                .contains("Anna Muster desde el 1 de enero de 2025");
        assertThat(get("/secretariat/register/XXX", SECRETARY, Locale.ENGLISH)).hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | cop14 Conference of the Parties | 12 February 2024 – 17 February 2024 | 2nd quarter of 2029 ? Provisional | CMS National Report · 26 April 2023 Notification 2023/004 | 14 November 2023 counted, not notified
            fr | cop14 Conférence des Parties | 12 février 2024 – 17 février 2024 | 2e trimestre 2029 ? Provisoire | Rapport national de la CMS · 26 avril 2023 Notification 2023/004 | 14 novembre 2023 calculé, non notifié
            es | cop14 Conferencia de las Partes | 12 de febrero de 2024 – 17 de febrero de 2024 | 2.º trimestre de 2029 ? Provisional | Informe nacional de la CMS · 26 de abril de 2023 Notification 2023/004 | 14 de noviembre de 2023 calculado, no notificado
            """)
    void listsMeetingsWithWhatIsProvisionalAndWhatWasNotified(
            String language, String meeting, String when, String provisional, String notified, String counted) {
        assertThat(text(get("/secretariat/meetings", SECRETARY, Locale.forLanguageTag(language))))
                .contains(meeting)
                .contains(when)
                .contains(provisional)
                .contains(notified)
                .contains(counted);
    }

    @Test
    void listsTheCountriesWithoutHolidayData() {
        assertThat(text(get("/secretariat/meetings", SECRETARY, Locale.ENGLISH)))
                .contains("No holiday data, weekends only: France");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | 15 January 2029 | binds 90 Parties      | set by the Secretariat
            fr | 15 janvier 2029 | concerne 90 Parties   | fixée par le Secrétariat
            es | 15 de enero de 2029 | obliga a 90 Partes | fijada por la Secretaría
            """)
    void laysTheDutiesOfAMeetingOut(String language, String deadline, String bound, String scheduled) {
        given(occasions.of("cop16")).willReturn(List.of(funding()));

        MvcTestResult result = get("/secretariat/meetings/cop16/calendar", SECRETARY, Locale.forLanguageTag(language));

        assertThat(page(result).select("main table").text())
                .contains(deadline)
                .contains(bound)
                .contains(scheduled);
        assertThat(page(result).select("svg.timeline circle")).hasSize(1);
        assertThat(page(result).select("svg.timeline rect.opens")).hasSize(1);
    }

    @Test
    void schedulesDutiesOfAMeetingTogether() {
        assertThat(post("/secretariat/meetings/cop16/calendar", SECRETARY)
                        .param("duties", "delegate-funding")
                        .param("day", "2028-11-01")
                        .param("act", "schedule"))
                .hasRedirectedUrl("/secretariat/meetings/cop16/calendar");
        then(occasions)
                .should()
                .schedule(List.of("delegate-funding"), "cop16", LocalDate.of(2028, 11, 1), SECRETARY.username());
    }

    @Test
    void refusesADayThatIsNone() {
        given(occasions.of("cop16")).willReturn(List.of(funding()));

        MvcTestResult result = post("/secretariat/meetings/cop16/calendar", SECRETARY)
                .param("duties", "delegate-funding")
                .param("day", "soon")
                .param("act", "schedule")
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#day]").text())
                .isEqualTo("Day: write a day such as 2027-03-01.");
        assertThat(page(result).select("input[name=duties][checked]").val()).isEqualTo("delegate-funding");
    }

    @Test
    void showsWhatOpeningDutiesOfAMeetingWouldDo() {
        given(campaigns.previewTogether(List.of("delegate-funding"), "cop16"))
                .willReturn(List.of(new Preview("delegate-funding", "cop16", List.of())));

        MvcTestResult result = post("/secretariat/meetings/cop16/calendar", SECRETARY)
                .param("duties", "delegate-funding")
                .exchange();

        assertThat(result).hasStatusOk();
        assertThat(page(result).select("input[name=duties]").val()).isEqualTo("delegate-funding");
        then(campaigns).should(never()).openTogether(any(), any(), any(), any());
    }

    @Test
    void asksWhyADutyIsOpenedThoughItIsOver() {
        Preview late = new Preview(
                DUTY,
                "2026-10",
                List.of(
                        new Preview.Line(
                                FRANCE,
                                Preview.Fate.OPENS,
                                null,
                                Map.of(Duty.DUE, OWED.deadline()),
                                List.of(),
                                List.of()),
                        new Preview.Line(SWITZERLAND, Preview.Fate.NOT_BOUND, null, Map.of(), List.of(), List.of())),
                new Preview.Late(Preview.Late.Kind.DEADLINES_PAST, LocalDate.of(2026, 10, 31)));
        given(campaigns.preview(DUTY, "2026-10", List.of("FRA", "CHE"))).willReturn(late);
        given(campaigns.open(DUTY, "2026-10", List.of("FRA", "CHE"), "No", "secretary"))
                .willThrow(new InvalidCampaign("lateReason", "Reason: say why."));

        MvcTestResult asked = post("/secretariat/campaigns/check", SECRETARY)
                .param("duty", DUTY)
                .param("occasion", "2026-10")
                .param("parties", "FRA", "CHE")
                .exchange();
        MvcTestResult again = post("/secretariat/campaigns", SECRETARY)
                .param("duty", DUTY)
                .param("occasion", "2026-10")
                .param("parties", "FRA", "CHE")
                .param("lateReason", "No")
                .exchange();

        assertThat(text(asked))
                .contains("The last deadline of this occasion was 31 October 2026.")
                .contains("1 Party is not bound by the duty for this occasion and left out Switzerland");
        assertThat(page(asked).select("textarea[name=lateReason]")).hasSize(1);
        assertThat(again).hasStatus(422);
        assertThat(page(again).select(".error-summary a[href=#lateReason]").text())
                .isEqualTo("Reason: say why.");
        assertThat(page(again).select("textarea[name=lateReason]").text()).isEqualTo("No");
    }

    @Test
    void asksWhyDutiesOfAMeetingAreOpenedThoughItIsOver() {
        given(campaigns.previewTogether(List.of("delegate-funding"), "cop16"))
                .willReturn(List.of(new Preview(
                        "delegate-funding",
                        "cop16",
                        List.of(),
                        new Preview.Late(Preview.Late.Kind.MEETING_OVER, LocalDate.of(2026, 3, 29)))));
        given(campaigns.openTogether(List.of("delegate-funding"), "cop16", "", SECRETARY.username()))
                .willThrow(new InvalidCampaign("lateReason", "Reason: say why."));

        MvcTestResult result = post("/secretariat/meetings/cop16/calendar/open", SECRETARY)
                .param("duties", "delegate-funding")
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(text(result)).contains("The meeting was over on 29 March 2026");
        assertThat(page(result).select("textarea#lateReason")).hasSize(1);
    }

    @Test
    void offersMeetingsForADutyOfMeetings() {
        given(campaigns.meetings(any())).willReturn(List.of(COP16, COP14));
        given(campaigns.suggested(any(), eq("cop16"))).willReturn(List.of(SWITZERLAND));

        MvcTestResult result = get("/secretariat/campaigns?duty=delegate-funding", SECRETARY, Locale.ENGLISH);

        assertThat(page(result).select("select#meeting option").eachAttr("value"))
                .containsExactly("cop16", "cop14");
        assertThat(page(result).select("select#meeting optgroup option").eachAttr("value"))
                .containsExactly("cop14");
        assertThat(page(result).select("input[type=hidden][name=occasion]").eachAttr("value"))
                .containsExactly("cop16");
        assertThat(page(result).select("[name=parties]").eachAttr("value")).containsExactly("CHE");
    }

    @Test
    void listsMeetingsOfPartiesThatBelongToNobodyYet() {
        given(meetings.all())
                .willReturn(List.of(new Meeting(
                        "mop1", Meeting.Kind.MOP, null, null, null, null, ZoneId.of("Europe/Berlin"), true)));

        assertThat(page(get("/secretariat/meetings", SECRETARY, Locale.ENGLISH))
                        .select(".banner a")
                        .eachText())
                .containsExactly("mop1");
    }

    @Test
    void saysThatDutiesDidNotOpenOnTheirDay() {
        assertThat(text(get("/secretariat", SECRETARY, Locale.ENGLISH)))
                .contains("1 duty did not open on its day, and nobody has decided about it.");
        assertThat(page(get("/secretariat/operations", SECRETARY, Locale.ENGLISH))
                        .select("a[href=/secretariat/missed-openings/" + MISSED.id() + "]")
                        .text())
                .startsWith("Open now or leave it");
        assertThat(text(get("/secretariat/operations", SECRETARY, Locale.ENGLISH)))
                .contains("14 August 2028 The meeting was over on 19 May 2029.");
    }

    @Test
    void opensAMissedOpeningAsAnyCampaignWithAReasonToStartFrom() {
        given(campaigns.bound(any(), eq("cop16"))).willReturn(List.of(SWITZERLAND));
        given(campaigns.preview("delegate-funding", "cop16", List.of("CHE")))
                .willReturn(new Preview(
                        "delegate-funding",
                        "cop16",
                        List.of(new Preview.Line(
                                SWITZERLAND, Preview.Fate.OPENS, null, Map.of(), List.of(), List.of())),
                        MISSED.late()));

        MvcTestResult result = get("/secretariat/missed-openings/" + MISSED.id(), SECRETARY, Locale.ENGLISH);

        assertThat(page(result)
                        .select("form[action=/secretariat/campaigns] input[name=parties]")
                        .eachAttr("value"))
                .containsExactly("CHE");
        assertThat(page(result)
                        .select("form[action=/secretariat/campaigns] textarea[name=lateReason]")
                        .text())
                .isEqualTo("It should have opened on 14 August 2028, when the system was not running.");
    }

    @Test
    void leavesAMissedOpeningWithAReason() {
        String leave = "/secretariat/missed-openings/" + MISSED.id() + "/leave";
        given(occasions.leave(MISSED.id(), "No", "secretary"))
                .willThrow(new InvalidCampaign("reason", "Reason: write 10 to 1000 characters."));

        MvcTestResult refused = post(leave, SECRETARY).param("reason", "No").exchange();

        assertThat(refused).hasStatus(422);
        assertThat(page(refused).select("textarea[name=reason]").text()).isEqualTo("No");
        assertThat(post(leave, SECRETARY).param("reason", "It is over.")).hasRedirectedUrl("/secretariat/operations");
        then(occasions).should().leave(MISSED.id(), "It is over.", "secretary");
        assertThat(post("/secretariat/missed-openings/" + UUID.randomUUID() + "/leave", SECRETARY))
                .hasStatus(404);
    }

    @Test
    void opensDutiesOfAMeetingTogether() {
        given(campaigns.openTogether(List.of("delegate-funding"), "cop16", "", SECRETARY.username()))
                .willReturn(List.of());

        assertThat(post("/secretariat/meetings/cop16/calendar/open", SECRETARY).param("duties", "delegate-funding"))
                .hasRedirectedUrl("/secretariat/meetings/cop16/calendar");
    }

    @Test
    void addsAMeetingThatIsKnownToTheQuarter() {
        assertThat(post("/secretariat/meetings", SECRETARY)
                        .param("code", " stc57 ")
                        .param("kind", "standing-committee")
                        .param("country", "ken")
                        .param("opening", "2027-Q4")
                        .param("zone", "Africa/Nairobi"))
                .hasRedirectedUrl("/secretariat/meetings");
        then(meetings)
                .should()
                .add(new Meeting(
                        "stc57",
                        Meeting.Kind.STANDING_COMMITTEE,
                        null,
                        "KEN",
                        Meeting.Span.parse("2027-Q4").orElseThrow(),
                        null,
                        ZoneId.of("Africa/Nairobi"),
                        true));
    }

    @Test
    void keepsWhatWasTypedOfAMeetingThatIsRefused() {
        willThrow(new InvalidMeeting("code", "Code: there is a meeting “cop14” already."))
                .given(meetings)
                .add(any());

        MvcTestResult result = post("/secretariat/meetings", SECRETARY)
                .param("code", "cop14")
                .param("kind", "workshop")
                .param("place", "Nairobi")
                .param("opening", "2029")
                .param("zone", "Africa/Nairobi")
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#code]").text())
                .isEqualTo("Code: there is a meeting “cop14” already.");
        assertThat(page(result).select("details[open] #place").val()).isEqualTo("Nairobi");
        assertThat(page(result).select("#opening").val()).isEqualTo("2029");
        assertThat(page(result).select("#kind option[selected]").val()).isEqualTo("workshop");
    }

    @ParameterizedTest
    @CsvSource({
        "kind, party, Kind: choose one from the list.",
        "opening, soon, Opening: write a day such as 2029-05-14",
        "closing, 2029-05, Closing: write a day such as 2029-05-19"
    })
    void namesTheFieldOfAMeetingThatCannotBeRead(String field, String typed, String sentence) {
        Map<String, String> form = new HashMap<>(Map.of(
                "code", "stc57", "kind", "workshop", "opening", "2029", "closing", "", "zone", "Africa/Nairobi"));
        form.put(field, typed);
        var request = post("/secretariat/meetings", SECRETARY);
        form.forEach(request::param);

        MvcTestResult result = request.exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#" + field + "]").text())
                .startsWith(sentence);
        then(meetings).should(never()).add(any());
    }

    private static final UUID MOVE = UUID.fromString("0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d22");

    private static final Meeting MOVED = new Meeting(
            "cop16",
            Meeting.Kind.COP,
            null,
            null,
            Meeting.Span.day(LocalDate.of(2029, 5, 14)),
            LocalDate.of(2029, 5, 19),
            BONN,
            false);

    private void previews(List<MeetingMoves.Item> items) {
        MeetingMoves.Change change = new MeetingMoves.MeetingChange(MOVED, "Notification 2028/001");
        given(moves.preview(change))
                .willReturn(new MeetingMoves.Preview(
                        change,
                        items,
                        items.stream()
                                .map(MeetingMoves.Item::partyCode)
                                .distinct()
                                .toList(),
                        "seen-1"));
        given(moves.confirm(change, "seen-1", "secretary")).willReturn(MOVE);
    }

    private static MeetingMoves.Item moves(String party) {
        Deadline from = OWED.deadline();
        return new MeetingMoves.Item(
                OWED.id(),
                party,
                DUTY,
                "due",
                MeetingMoves.Fate.MOVES,
                from,
                from.movedTo(LocalDate.of(2029, 1, 15), Deadline.Origin.RULE, "COP-119D"));
    }

    private MvcTestResult moveCop16(String... seen) {
        var request = post("/secretariat/meetings/cop16", SECRETARY)
                .param("kind", "cop")
                .param("opening", "2029-05-14")
                .param("closing", "2029-05-19")
                .param("zone", "Europe/Berlin")
                .param("reference", "Notification 2028/001");
        return (seen.length == 0 ? request : request.param("seen", seen)).exchange();
    }

    @Test
    void changesAMeetingOnWhichNothingHangs() {
        previews(List.of());

        assertThat(moveCop16()).hasRedirectedUrl("/secretariat/meetings");
        then(moves).should().confirm(any(), eq("seen-1"), eq("secretary"));
    }

    @ParameterizedTest
    @CsvSource({
        "en, 2 Parties get one notice each, 15 January 2029",
        "fr, 2 Parties reçoivent chacune un seul avis, 15 janvier 2029",
        "es, 2 Partes reciben un solo aviso cada una, 15 de enero de 2029"
    })
    void showsWhichDeadlinesMoveBeforeAnyDoes(String language, String told, String day) {
        previews(List.of(moves("CHE"), moves("FRA")));

        MvcTestResult result = post("/secretariat/meetings/cop16", SECRETARY)
                .locale(Locale.forLanguageTag(language))
                .param("kind", "cop")
                .param("opening", "2029-05-14")
                .param("closing", "2029-05-19")
                .param("zone", "Europe/Berlin")
                .param("reference", "Notification 2028/001")
                .exchange();

        assertThat(text(result)).contains(told).contains(day);
        assertThat(page(result).select("[name=seen]").val()).isEqualTo("seen-1");
        assertThat(page(result).select("[name=opening]").val()).isEqualTo("2029-05-14");
        then(moves).should(never()).confirm(any(), any(), any());
    }

    @Test
    void movesAMeetingAsItWasShown() {
        previews(List.of(moves("CHE")));

        assertThat(moveCop16("seen-1")).hasRedirectedUrl("/secretariat/moves/" + MOVE);
    }

    @Test
    void showsAgainWhatHasChangedSinceItWasShown() {
        previews(List.of(moves("CHE")));
        given(moves.confirm(any(), eq("seen-0"), any()))
                .willThrow(new InvalidMove("seen", "Something has changed since you looked."));

        MvcTestResult result = moveCop16("seen-0");

        assertThat(result).hasStatus(422);
        assertThat(text(result)).contains("Something has changed since you looked.");
        assertThat(page(result).select("[name=seen]").val()).isEqualTo("seen-1");
    }

    @Test
    void namesTheFieldOfAMoveThatIsRefused() {
        given(moves.preview(any())).willThrow(new InvalidMove("reference", "Reference: write 1 to 200 characters."));

        MvcTestResult result = moveCop16();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#reference]").text())
                .isEqualTo("Reference: write 1 to 200 characters.");
        assertThat(page(result).select("#reference").val()).isEqualTo("Notification 2028/001");
    }

    private MvcTestResult notifyDate(String on, String notifiedOn) {
        return post("/secretariat/notified-dates", SECRETARY)
                .param("subject", DUTY)
                .param("occasion", "cop16")
                .param("on", on)
                .param("reference", "Notification 2028/001")
                .param("notifiedOn", notifiedOn)
                .exchange();
    }

    @Test
    void showsWhatANotifiedDateMovesBeforeItCounts() {
        MeetingMoves.Change change = new MeetingMoves.Notification(new NotifiedDate(
                DUTY,
                "cop16",
                LocalDate.of(2029, 1, 15),
                "Notification 2028/001",
                LocalDate.of(2026, 11, 2),
                NotifiedDate.Basis.SOURCED));
        given(moves.preview(change))
                .willReturn(new MeetingMoves.Preview(change, List.of(moves("CHE")), List.of("CHE"), "seen-1"));

        MvcTestResult result = notifyDate("2029-01-15", "2026-11-02");

        assertThat(text(result)).contains("1 Party gets one notice");
        assertThat(page(result).select("[name=notifiedOn]").val()).isEqualTo("2026-11-02");
        then(moves).should(never()).confirm(any(), any(), any());
    }

    @ParameterizedTest
    @CsvSource({
        "soon, 2026-11-02, on, Date: write a day such as 2027-05-14.",
        "2029-01-15, '', notifiedOn, 'Notified on: write the day on which the notification was published, such as 2026-11-02.'"
    })
    void namesTheFieldOfANotifiedDateThatCannotBeRead(String on, String notifiedOn, String field, String sentence) {
        MvcTestResult result = notifyDate(on, notifiedOn);

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#" + field + "]").text())
                .isEqualTo(sentence);
        assertThat(page(result).select("#reference").val()).isEqualTo("Notification 2028/001");
    }

    @Test
    void triesAgainWhatAMoveCouldNotDo() {
        given(moves.progress(MOVE)).willReturn(Optional.of(progress(MOVE)));

        assertThat(post("/secretariat/moves/" + MOVE + "/retry", SECRETARY))
                .hasRedirectedUrl("/secretariat/moves/" + MOVE);
        then(moves).should().retry(MOVE);
    }

    @Test
    void changesThePlaceOfAMeetingWhateverHangsOnIt() {
        assertThat(post("/secretariat/meetings/cop16", SECRETARY)
                        .param("kind", "cop")
                        .param("place", "Nairobi")
                        .param("country", "KEN")
                        .param("opening", "2029-Q2")
                        .param("zone", "Europe/Berlin")
                        .param("provisional", "true"))
                .hasRedirectedUrl("/secretariat/meetings");
        then(meetings)
                .should()
                .change(new Meeting("cop16", Meeting.Kind.COP, "Nairobi", "KEN", COP16.opening(), null, BONN, true));
    }

    @Test
    void knowsNoOtherMeeting() {
        assertThat(get("/secretariat/meetings/cop99", SECRETARY, Locale.ENGLISH))
                .hasStatus(404);
        assertThat(post("/secretariat/meetings/cop99", SECRETARY)).hasStatus(404);
    }

    @Test
    void saysWhereTheClockIsOnItsWayTo() {
        given(timeLapse.progress()).willReturn(new TimeLapse.Progress(NOW, Instant.parse("2027-11-24T12:00:00Z")));

        assertThat(text(get("/secretariat/clock", SECRETARY, Locale.ENGLISH)))
                .contains("It is on its way to 24 November 2027");
    }

    @Test
    void movesTheDemonstrationClock() {
        given(timeLapse.start(any())).willReturn(new TimeLapse.Progress(NOW, Instant.parse("2026-12-25T12:00:00Z")));
        assertThat(post("/secretariat/clock", SECRETARY).param("days", "31")).hasRedirectedUrl("/secretariat/clock");
        then(timeLapse).should().start(Period.ofDays(31));
        assertThat(post("/secretariat/clock", SECRETARY).param("days", "P1M")).hasRedirectedUrl("/secretariat/clock");
        then(timeLapse).should().start(Period.ofMonths(1));
    }

    @Test
    void saysHowFarTheClockMovesAtMost() {
        given(timeLapse.start(any())).willThrow(new IllegalArgumentException("longer than ten years"));

        MvcTestResult result =
                post("/secretariat/clock", SECRETARY).param("days", "P11Y").exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select(".error-summary a[href=#days]").text()).contains("at most ten years");
        assertThat(page(result).select("#days").val()).isEqualTo("P11Y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "P0D", "P-1D", "99999999999", "Pony", "tomorrow", ""})
    void leavesTheClockAloneWhenTheDaysMakeNoSense(String days) {
        MvcTestResult result =
                post("/secretariat/clock", SECRETARY).param("days", days).exchange();

        assertThat(result).hasStatus(422);
        assertThat(text(result))
                .contains("Days forward: enter a whole number from 1 to 3650, or a period such as P1M.");
        then(timeLapse).should(never()).start(any());
    }

    @Test
    void namesThePartiesThatAListTells() {
        Notice list = notice(Notice.State.SENT);
        given(notices.find(list.id())).willReturn(Optional.of(list));
        given(lists.about(list)).willReturn(List.of(OWED.id(), FOREIGN.id()));
        willReturn(List.of(OWED, FOREIGN)).given(obligations).findAll(List.of(OWED.id(), FOREIGN.id()));

        MvcTestResult result = get("/secretariat/notices/" + list.id(), SECRETARY, Locale.ENGLISH);

        assertThat(text(result)).contains("Parties told of: France; Switzerland");
        assertThat(page(result)
                        .select("a[href=/secretariat/obligations/" + FOREIGN.id() + "]")
                        .text())
                .isEqualTo("France");
    }
}
