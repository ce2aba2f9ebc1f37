package org.sterna.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.sterna.calendar.Deadline;
import org.sterna.notices.Notice;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.PageSlice;
import org.sterna.register.Account;

/** What the focal point finds on the desk. */
@WebMvcTest(DeskController.class)
class DeskControllerTests extends PageSlice {

    @ParameterizedTest
    @CsvSource({
        "en, Submit nomination, in 12 days · 6 December 2026, Reminder on 29 November 2026, With the Party",
        "fr, Soumettre la nomination, dans 12 jours · 6 décembre 2026, Rappel le 29 novembre 2026, Auprès de la Partie",
        "es, Presentar el nombramiento, dentro de 12 días · 6 de diciembre de 2026, "
                + "Recordatorio el 29 de noviembre de 2026, En manos de la Parte"
    })
    void showsWhatIsToDoByWhenAndWhatHappensNext(
            String language, String step, String due, String nextAct, String state) {
        assertThat(text(get("/desk", SWISS, Locale.forLanguageTag(language))))
                .contains(step)
                .contains(due)
                .contains(nextAct)
                .contains(state);
    }

    @Test
    void showsNothingOfOtherParties() {
        assertThat(text(get("/desk", SWISS, Locale.ENGLISH)))
                .contains("Switzerland")
                .doesNotContain("France");
    }

    /** It is 24 November 2026, 11:00 in Bonn; deadlines end at midnight there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Europe/Paris       | 2026-11-24 | en | today · 24 November 2026
            Europe/Paris       | 2026-11-25 | en | tomorrow · 25 November 2026
            Pacific/Fiji       | 2026-11-25 | en | tomorrow · 25 November 2026
            Pacific/Kiritimati | 2026-11-24 | en | today until 12:59 on your clock · 24 November 2026
            Pacific/Kiritimati | 2026-11-24 | fr | aujourd’hui jusqu’à 12:59, heure de votre pays · 24 novembre 2026
            Pacific/Kiritimati | 2026-11-24 | es | hoy hasta las 12:59, hora de su país · 24 de noviembre de 2026
            Pacific/Kiritimati | 2026-11-25 | en | today · 25 November 2026
            Pacific/Kiritimati | 2026-11-26 | en | tomorrow · 26 November 2026
            Pacific/Kiritimati | 2026-11-14 | en | 11 days overdue · 14 November 2026
            Pacific/Pago_Pago  | 2026-11-24 | en | tomorrow · 24 November 2026
            Pacific/Pago_Pago  | 2026-11-23 | en | ! Overdue today · 23 November 2026
            Pacific/Pago_Pago  | 2026-11-14 | en | 9 days overdue · 14 November 2026
            """)
    void countsTheDaysFromTheReadersToday(ZoneId zone, LocalDate due, String language, String told) {
        reads(zone);
        Obligation owed = obligation("CHE", due, Obligation.State.WITH_PARTY);
        OpenTask task = task(TASK.taskId(), owed, SUBMIT, "nfp-CHE");
        given(obligations.find(OWED.id())).willReturn(Optional.of(owed));
        given(obligations.tasksOf(Set.of("nfp-CHE"))).willReturn(List.of(task));
        given(obligations.task(TASK.taskId())).willReturn(Optional.of(task));

        assertThat(text(get("/desk", SWISS, Locale.forLanguageTag(language)))).contains(told);
    }

    @Test
    void marksAnOverdueTaskInWords() {
        assertThat(text(get("/desk", FRENCH, Locale.ENGLISH))).contains("! Overdue 10 days overdue · 14 November 2026");
    }

    /** A duty whose own deadline is firm, with a step whose deadline hangs on a meeting without a firm date. */
    @Test
    void saysOfEachDeadlineWhetherItMayStillMove() {
        OpenTask step = new OpenTask(
                TASK.taskId(),
                OWED.id(),
                DUTY,
                SUBMIT,
                "nfp-CHE",
                NOW,
                OWED.deadline().at(),
                "interim");
        Deadline deadline = OWED.deadline();
        given(obligations.tasksOf(Set.of("nfp-CHE"))).willReturn(List.of(step));
        given(obligations.task(TASK.taskId())).willReturn(Optional.of(step));
        given(obligations.deadlines(Set.of(OWED.id())))
                .willReturn(Map.of(
                        OWED.id(),
                        Map.of(
                                "interim",
                                new Deadline(
                                        deadline.on(), deadline.zone(), Deadline.Origin.RULE, "meeting-90D", true))));

        assertThat(text(get("/desk", SWISS, Locale.ENGLISH)))
                .contains("in 12 days · 6 December 2026 ~ provisional")
                .containsOnlyOnce("provisional");
        assertThat(text(get("/desk/tasks/" + TASK.taskId(), SWISS, Locale.FRENCH)))
                .contains("6 décembre 2026 ~ provisoire");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            national-report         | en | Received ! Late: left out of the analysis for the COP
            national-report         | fr | Réception ! Tardif : exclu de l’analyse pour la COP
            national-report         | es | Recepción ! Tardío: excluido del análisis para la COP
            nomination-confirmation | en | Received ! Late
            """)
    void saysWhatItMeansThatAnAnswerCameLate(String duty, String language, String sentence) {
        Obligation late = new Obligation(
                OWED.id(),
                duty,
                "cop16",
                "CHE",
                Obligation.State.DISCHARGED,
                OWED.deadline(),
                OWED.openedAt(),
                NOW,
                true,
                null);
        given(obligations.find(OWED.id())).willReturn(Optional.of(late));

        assertThat(text(get("/desk/obligations/" + OWED.id(), SWISS, Locale.forLanguageTag(language))))
                .contains(sentence);
    }

    @Test
    void saysWhoSavedADraft() {
        given(drafts.find("task-che"))
                .willReturn(Optional.of(
                        new Drafts.Draft("task-che", Map.of(), 1, "che-nfp", Instant.parse("2026-11-23T13:03:00Z"))));

        assertThat(text(get("/desk", SWISS, Locale.ENGLISH)))
                .contains("Draft saved by Anna Muster, 23 November 2026, 14:03 CET");
    }

    @Test
    void saysInWhosePlaceAnAlternateActs() {
        Account alternate = new Account(
                "che-alt", "Beat Beispiel", "b@example.org", Locale.ENGLISH, "CHE", Set.of("nfp-CHE"), false);
        given(accounts.find("che-alt")).willReturn(Optional.of(alternate));

        assertThat(text(get("/desk", alternate, Locale.ENGLISH)))
                .contains("National Focal Point · Switzerland (acting for Anna Muster)");
    }

    @Test
    void saysInWordsThatThereIsNothingToDo() {
        given(obligations.tasksOf(Set.of("nfp-CHE"))).willReturn(List.of());
        given(obligations.list(Obligations.Filter.ofParty("CHE"), 0, 500))
                .willReturn(new Obligations.Page<>(List.of(), 0));

        assertThat(text(get("/desk", SWISS, Locale.ENGLISH)))
                .contains("Nothing is waiting for you.")
                .contains("Nothing is open.");
    }

    @Test
    void tellsAnObligationWithItsStepsNoticesAndHistory() {
        assertThat(text(get("/desk/obligations/" + OWED.id(), SWISS, Locale.ENGLISH)))
                .contains("By the rule of the duty · default, not notified")
                .contains("Submit nomination · National Focal Point open · since 6 November 2026, 10:00 CET")
                .contains("Review nomination · CMS Secretariat not yet")
                .contains("Veuillez confirmer la nomination avant le 6 décembre 2026")
                .contains("Sam Secretary opened the obligation")
                .contains("deadline 6 December 2026");
    }

    @Test
    void showsTheReceiptOnlyOfTheObligationsOwnSubmission() {
        given(obligations.submissions(OWED.id()))
                .willReturn(
                        List.of(submission(OWED, SUBMIT, "nfp-CHE", "che-nfp", 1, Map.of("letterDate", "2026-11-01"))));
        given(obligations.events(OWED.id()))
                .willReturn(List.of(event(
                        1,
                        LedgerEvent.Kind.SUBMITTED,
                        "che-nfp",
                        Map.of("step", SUBMIT, "process", DUTY, "receipt", "S-2026-0000011"))));
        String address = "/desk/obligations/" + OWED.id() + "?receipt=";

        assertThat(text(get(address + "S-2026-0000011", SWISS, Locale.ENGLISH)))
                .contains("Received, thank you Receipt S-2026-0000011")
                .contains("Date of the letter 1 November 2026");
        assertThat(text(get(address + "S-2026-999999", SWISS, Locale.ENGLISH))).doesNotContain("999999");
    }

    @Test
    void tellsTheWorkOfVacantSeatsApartFromTheOwnSeat() {
        given(accounts.find("che-nfp"))
                .willReturn(Optional.of(account("che-nfp", "Anna Muster", "CHE", "nfp-CHE", "min-CHE", "scc-CHE")));

        assertThat(text(get("/desk", SWISS, Locale.ENGLISH)))
                .contains("The work of 2 vacant seats comes to you")
                .contains("Ministry responsible for CMS · Switzerland");
    }

    @Test
    void leadsFromANoticeToTheTaskThatWaitsForTheReaderElseToTheRecord() {
        String address = "/desk/obligations/" + OWED.id() + "/task";

        assertThat(get(address, SWISS, Locale.ENGLISH)).hasRedirectedUrl("/desk/tasks/task-che");
        assertThat(get(address, SECRETARY, Locale.ENGLISH)).hasRedirectedUrl("/desk/obligations/" + OWED.id());
        assertThat(get(address, FRENCH, Locale.ENGLISH)).hasStatus(404);
    }

    @Test
    void hidesTheSecretariatsOwnLettersFromTheParty() {
        given(notices.of(OWED.id())).willReturn(List.of(notice(Notice.State.SENT), inside()));

        assertThat(text(get("/desk/obligations/" + OWED.id(), SECRETARY, Locale.ENGLISH)))
                .contains("Decide how to go on");
        assertThat(text(get("/desk/obligations/" + OWED.id(), SWISS, Locale.ENGLISH)))
                .contains("Veuillez confirmer")
                .doesNotContain("Decide how to go on");
    }

    /** A letter to the Secretariat itself. */
    private static Notice inside() {
        return new Notice(
                UUID.fromString("7d1f0a52-96d4-4d0c-8a0e-3f0b1c2d3e4f"),
                OWED.id(),
                "secretariat-30@2026-12-06",
                "escalation",
                "secretariat",
                false,
                "Secretariat",
                "secretariat@example.org",
                Locale.ENGLISH,
                "Decide how to go on",
                "…",
                "",
                "<n2@sterna.example>",
                Notice.State.SENT,
                null,
                null,
                1,
                NOW,
                NOW);
    }

    @Test
    void doesNotLetAPartySeeAnotherPartysObligation() {
        assertThat(get("/desk/obligations/" + FOREIGN.id(), SWISS, Locale.ENGLISH))
                .hasStatus(404);
    }

    @Test
    void letsTheSecretariatSeeEveryObligation() {
        assertThat(get("/desk/obligations/" + FOREIGN.id(), SECRETARY, Locale.ENGLISH))
                .hasStatusOk();
    }

    @Test
    void takesAnIdThatIsNoneForAnAddressThatLeadsNowhere() {
        assertThat(get("/desk/obligations/7", SWISS, Locale.ENGLISH)).hasStatus(404);
    }
}
