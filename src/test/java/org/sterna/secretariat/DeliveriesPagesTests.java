package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.notices.Correspondence;
import org.sterna.notices.Deliveries;
import org.sterna.notices.DeliveryFailures;
import org.sterna.notices.DeliveryVerdict;
import org.sterna.notices.MailServer;
import org.sterna.notices.MailServer.Condition;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligations;
import org.sterna.pages.PageSlice;
import org.sterna.register.Addresses;

/** The mail gate, addresses to correct, and decisions about notices. */
@WebMvcTest(DeliveriesController.class)
class DeliveriesPagesTests extends PageSlice {

    @ParameterizedTest
    @ValueSource(strings = {"/secretariat/notices/gate", "/secretariat/notices/addresses"})
    void isNotThereForAParty(String address) {
        assertThat(get(address, SWISS, Locale.ENGLISH)).hasStatus(404);
        assertThat(get("/secretariat/obligations/" + OWED.id() + "/reply", SWISS, Locale.ENGLISH))
                .hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secretariat/notices/gate/shut?why=because",
                "/secretariat/notices/gate/open",
                "/secretariat/notices/gate/confirm",
                "/secretariat/notices/gate/release?newest=1",
                "/secretariat/notices/gate/discard?newest=1",
                "/secretariat/notices/addresses/correct?before=a@example.org&after=b@example.org",
                "/secretariat/notices/addresses/clear?email=a@example.org",
                "/secretariat/notices/addresses/failures/mark?newest=1",
                "/secretariat/notices/addresses/failures/forget?newest=1",
                "/secretariat/notices/addresses/repeated/mark?email=a@example.org",
                "/secretariat/notices/addresses/repeated/dismiss?email=a@example.org",
                "/secretariat/notices/00000000-0000-0000-0000-000000000001/discard",
                "/secretariat/notices/00000000-0000-0000-0000-000000000001/arrived",
                "/secretariat/notices/00000000-0000-0000-0000-000000000001/again",
                "/secretariat/notices/00000000-0000-0000-0000-000000000001/resend",
                "/secretariat/notices/00000000-0000-0000-0000-000000000001/bounce",
                "/secretariat/obligations/00000000-0000-0000-0000-000000000001/reply?from=a&text=b"
            })
    void letsAPartyDecideNothing(String address) {
        assertThat(post(address, SWISS)).hasStatus(404);
        then(gate).shouldHaveNoInteractions();
        then(deliveries).shouldHaveNoInteractions();
        then(correspondence).shouldHaveNoInteractions();
        then(addresses).shouldHaveNoInteractions();
        then(failures).shouldHaveNoInteractions();
    }

    @Test
    void asksWhetherManyAddressesThatFailedAtOnceAreGone() {
        given(failures.doubts())
                .willReturn(List.of(
                        new DeliveryFailures.Doubt(
                                9, "che-nfp@example.org", OWED.id(), "550 5.1.1 <no> such user", NOW),
                        new DeliveryFailures.Doubt(7, "gone@example.org", OWED.id(), "550 no such user", NOW)));
        given(addresses.users(List.of("che-nfp@example.org", "gone@example.org")))
                .willReturn(Map.of("che-nfp@example.org", List.of(holder("nfp-CHE", "che-nfp", "Anna Muster", false))));
        given(failures.mark(9, "secretary")).willReturn(2);
        given(failures.forget(9, true, "secretary")).willReturn(2);

        MvcTestResult result = get("/secretariat/notices/addresses", SECRETARY, Locale.ENGLISH);

        assertThat(text(result))
                .contains("Many addresses failed at once", "More than 5 addresses failed within 60 minutes")
                .contains("Anna Muster, National Focal Point", "nobody in office", "550 5.1.1 <no> such user");
        assertThat(page(result)
                        .select("form[action*=/failures/] input[name=newest]")
                        .eachAttr("value"))
                .containsExactly("9", "9");
        assertThat(post("/secretariat/notices/addresses/failures/mark?newest=9", SECRETARY))
                .hasRedirectedUrl("/secretariat/notices/addresses")
                .flash()
                .containsEntry("done", "2 addresses are marked as undeliverable.");
        assertThat(post("/secretariat/notices/addresses/failures/forget?newest=9&again=true", SECRETARY))
                .hasRedirectedUrl("/secretariat/notices/addresses");
        then(failures).should().forget(9, true, "secretary");
    }

    @Test
    void listsAddressesThatFailRepeatedlyAndThoseMarkedForNoReason() {
        given(addresses.unusable())
                .willReturn(List.of(new Addresses.Unusable(
                        "CHE-NFP@example.org",
                        holder("nfp-CHE", "che-nfp", "Anna Muster", false),
                        Addresses.Fault.BOUNCED,
                        "Bonjour, tél. 5.33.20 poste 550.",
                        NOW)));
        given(failures.contradicted(any())).willReturn(Set.of("che-nfp@example.org"));
        given(failures.repeated())
                .willReturn(List.of(
                        new DeliveryFailures.Repeated(
                                "full@example.org", 3, DeliveryVerdict.FAILING, "552 5.2.2 mailbox full", NOW),
                        new DeliveryFailures.Repeated(
                                "left@example.org", 4, DeliveryVerdict.UNKNOWN, "550 nothing", NOW)));
        given(addresses.users(any()))
                .willReturn(Map.of("full@example.org", List.of(holder("nfp-CHE", "che-nfp", "Anna Muster", false))));

        String text = text(get("/secretariat/notices/addresses", SECRETARY, Locale.ENGLISH));

        assertThat(text)
                .contains("What the server said does not mean that this mailbox is gone")
                .contains("Addresses that fail repeatedly", "3 notices did not arrive", "the mailbox is full")
                .as("nobody in office uses it any more")
                .doesNotContain("left@example.org")
                .doesNotContain("Many addresses failed at once");
        assertThat(post("/secretariat/notices/addresses/repeated/mark?email=full@example.org", SECRETARY))
                .hasRedirectedUrl("/secretariat/notices/addresses");
        assertThat(post("/secretariat/notices/addresses/repeated/dismiss?email=full@example.org", SECRETARY))
                .hasRedirectedUrl("/secretariat/notices/addresses");
        then(failures).should().mark("full@example.org", "secretary");
        then(failures).should().dismiss("full@example.org", "secretary");
    }

    @ParameterizedTest
    @CsvSource({"GONE, Came back: there is no such mailbox", "DELAYED, Delayed: it is still being tried"})
    void tellsWhatEachReportMeans(DeliveryVerdict verdict, String label) {
        Notice notice = notice(Notice.State.SENT);
        given(notices.find(notice.id())).willReturn(Optional.of(notice));
        given(correspondence.bounces(notice.id()))
                .willReturn(List.of(
                        new Correspondence.Bounce(
                                OWED.id(), notice.id(), false, verdict, null, null, "as said", NOW, null),
                        new Correspondence.Bounce(
                                OWED.id(),
                                notice.id(),
                                false,
                                DeliveryVerdict.GONE,
                                "member@example.org",
                                "5.1.1",
                                "550 no such user",
                                NOW,
                                null)));

        assertThat(text(get("/secretariat/notices/" + notice.id(), SECRETARY, Locale.ENGLISH)))
                .contains(label, "as said")
                .contains("About an address that the mail went on to", "member@example.org: 550 no such user");
    }

    private static final List<String> OF_MAIL = List.of(
            "/secretariat",
            "/secretariat/operations",
            "/secretariat/notices",
            "/secretariat/notices/gate",
            "/secretariat/notices/00000000-0000-0000-0000-000000000001");

    private void mailServer(Condition condition, boolean alarming) {
        given(mailServer.status())
                .willReturn(new MailServer.Status(
                        condition,
                        NOW.minusSeconds(3600),
                        NOW.minusSeconds(4000),
                        NOW,
                        "451 4.3.0 ¡later!",
                        5,
                        NOW.minusSeconds(3500),
                        12,
                        alarming));
        Notice waiting = notice(Notice.State.QUEUED);
        given(notices.find(any())).willReturn(Optional.of(waiting));
        given(notices.list(any(), anyInt(), anyInt())).willReturn(new Obligations.Page<>(List.of(waiting), 1));
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, unreachable since, injoignable, No se puede acceder",
        "SILENT, has not answered since, ne répond plus, no responde",
        "BROKEN_OFF, ends the connection too early, coupe la connexion, corta la conexión",
        "TURNED_AWAY, turned every connection away, refuse toute connexion, rechaza todas las conexiones",
        "LOGIN_REFUSED, refused our login, refuse notre identification, rechaza nuestra identificación",
        "ENCRYPTION_FAILED, No encrypted connection, Aucune connexion chiffrée, ninguna conexión cifrada",
        "DEFERRING, asks to try again later, demande de réessayer, vuelva a intentar",
        "REFUSING, refused all mail, refuse tout courrier, rechaza todo el correo",
        "SLOW, taking mail slowly, avec lenteur, con lentitud",
        "IDLE, nothing sends them, rien ne les envoie, nada los envía"
    })
    void warnsOnEveryPageOfMailWhenTheServerTakesNone(
            Condition condition, String english, String french, String spanish) {
        mailServer(condition, true);
        for (String address : OF_MAIL) {
            MvcTestResult result = get(address, SECRETARY, Locale.ENGLISH);
            assertThat(text(result))
                    .as(address)
                    .contains(
                            english,
                            "24 November 2026, 10:00 CET",
                            "5 notices wait to be sent",
                            "Tried up to 12 times.")
                    .contains("451 4.3.0 ¡later!");
            assertThat(page(result).select(".banner.bad[role=note], .tag-overdue"))
                    .as(address)
                    .isNotEmpty();
            assertThat(text(get(address, SECRETARY, Locale.FRENCH))).as(address).contains(french, "5 avis attendent");
            assertThat(text(get(address, SECRETARY, SPANISH))).as(address).contains(spanish, "5 avisos esperan");
        }
    }

    @Test
    void tellsWithoutAlarmWhatHasOnlyJustBegun() {
        mailServer(Condition.UNREACHABLE, false);

        for (String address : OF_MAIL) {
            MvcTestResult result = get(address, SECRETARY, Locale.ENGLISH);
            assertThat(text(result)).as(address).contains("unreachable since");
            assertThat(page(result).select(".banner.bad[role=note], .tag-overdue:contains(mail server)"))
                    .as(address)
                    .isEmpty();
        }
    }

    @Test
    void saysOfAWellServerWhenItLastTookAMail() {
        assertThat(text(get("/secretariat/operations", SECRETARY, Locale.ENGLISH)))
                .contains("The mail server takes mail.", "Last successful delivery 24 November 2026, 11:00 CET")
                .contains("Last failure none yet");
        assertThat(text(get("/secretariat", SECRETARY, Locale.ENGLISH))).doesNotContain("mail server");
    }

    @Test
    void showsWhatIsHeldBeforeItIsReleased() {
        given(gate.state()).willReturn(new Notices.Gate(false, "notice.gate.shut"));
        given(gate.serverConfigured()).willReturn(true);
        given(deliveries.held())
                .willReturn(new Deliveries.Held(
                        12, 130, Map.of("opened", 10L, "reminder", 2L), new Deliveries.Release(7, 2, 1, 2)));
        given(deliveries.releaseAll(130, "secretary")).willReturn(12);

        MvcTestResult result = get("/secretariat/notices/gate", SECRETARY, Locale.ENGLISH);

        assertThat(text(result))
                .contains("Opening: 10", "Reminder: 2", "Release all 12 notices")
                .contains("Sent: 7", "of the obligation: 2", "no longer needed: 1", "for long enough: 2");
        assertThat(page(result)
                        .select("form[action$=/gate/release] input[name=newest]")
                        .attr("value"))
                .isEqualTo("130");
        assertThat(post("/secretariat/notices/gate/release?newest=130", SECRETARY))
                .hasRedirectedUrl("/secretariat/notices/gate");
        then(deliveries).should().releaseAll(130, "secretary");
    }

    @Test
    void asksToConfirmADatabaseThatWasRestored() {
        given(gate.state()).willReturn(new Notices.Gate(false, "notice.gate.restored"));
        given(gate.restored()).willReturn(true);

        assertThat(text(get("/secretariat/notices/gate", SECRETARY, Locale.FRENCH)))
                .contains("Le courrier doit partir de cette installation");
        assertThat(post("/secretariat/notices/gate/confirm", SECRETARY)).hasRedirectedUrl("/secretariat/notices/gate");
        then(gate).should().confirm("secretary");
    }

    @Test
    void wantsAReasonToShutTheGate() {
        assertThat(post("/secretariat/notices/gate/shut?why= ", SECRETARY))
                .hasStatus(422)
                .bodyText()
                .contains("Reason: write 1 to 1000 characters.");
        assertThat(post("/secretariat/notices/gate/shut?why=A drill", SECRETARY))
                .hasStatus3xxRedirection();
        then(gate).should().shut("secretary", "A drill");
    }

    @Test
    void keepsWhatWasTypedWhenAnAddressCannotBeOne() {
        given(addresses.unusable())
                .willReturn(List.of(new Addresses.Unusable(
                        "che-nfp@example.org",
                        holder("nfp-CHE", "che-nfp", "Anna Muster", false),
                        Addresses.Fault.BOUNCED,
                        "550 5.1.1 no such user",
                        NOW)));
        willThrow(new IllegalArgumentException("after: this is not an e-mail address"))
                .given(addresses)
                .correct("che-nfp@example.org", "anna", "secretary");

        MvcTestResult result = post(
                        "/secretariat/notices/addresses/correct?before=che-nfp@example.org&after=anna", SECRETARY)
                .exchange();

        assertThat(result).hasStatus(422);
        assertThat(page(result).select("input[name=after]").attr("value")).isEqualTo("anna");
        assertThat(text(result)).contains("Correct address: write an address").contains("550 5.1.1 no such user");
    }

    @Test
    void tellsOnTheOverviewThatAddressesAreToBeCorrected() {
        given(addresses.unusable())
                .willReturn(List.of(new Addresses.Unusable(
                        "che-nfp@example.org",
                        holder("nfp-CHE", "che-nfp", "Anna Muster", false),
                        Addresses.Fault.BOUNCED,
                        "550",
                        NOW)));

        assertThat(text(get("/secretariat", SECRETARY, Locale.ENGLISH)))
                .contains("1 address to correct: mail does not arrive");
    }

    @ParameterizedTest
    @CsvSource({
        "HELD, release discard",
        "UNCERTAIN, arrived again bounce",
        "SENT, resend bounce",
        "FAILED, resend",
        "QUEUED, ''",
        "SKIPPED, ''"
    })
    void offersWhatCanBeDecidedAboutANotice(Notice.State state, String acts) {
        Notice notice = notice(state);
        given(notices.find(notice.id())).willReturn(Optional.of(notice));

        MvcTestResult result = get("/secretariat/notices/" + notice.id(), SECRETARY, Locale.ENGLISH);

        assertThat(page(result).select("main form").eachAttr("action"))
                .extracting(action -> action.substring(action.lastIndexOf('/') + 1))
                .containsExactly(acts.isEmpty() ? new String[0] : acts.split(" "));
    }

    @Test
    void saysThatADecisionCameTooLate() {
        Notice notice = notice(Notice.State.UNCERTAIN);
        given(notices.find(notice.id())).willReturn(Optional.of(notice));
        willThrow(new IllegalStateException("not uncertain")).given(deliveries).arrived(any(), any());

        assertThat(post("/secretariat/notices/" + notice.id() + "/arrived", SECRETARY))
                .hasRedirectedUrl("/secretariat/notices/" + notice.id())
                .flash()
                .containsKey("problem");
    }

    @Test
    void filesAnAnswerAndShowsItWithTheCase() {
        given(correspondence.replies(OWED.id()))
                .willReturn(List.of(new Correspondence.Reply(
                        OWED.id(),
                        OWED.id(),
                        null,
                        "Anna Muster",
                        "By telephone",
                        "They <b>need</b> two weeks.",
                        Correspondence.ReplyKind.ANSWER,
                        NOW,
                        "secretary")));

        assertThat(post("/secretariat/obligations/" + OWED.id() + "/reply?from=Anna&text=", SECRETARY))
                .hasStatus(422)
                .bodyText()
                .contains("Text: write what was answered")
                .contains("value=\"Anna\"");
        assertThat(post("/secretariat/obligations/" + OWED.id() + "/reply?from=Anna&text=Two weeks", SECRETARY))
                .hasRedirectedUrl("/secretariat/obligations/" + OWED.id());
        then(correspondence).should().fileReply(OWED.id(), "Anna", "", "Two weeks", "secretary");
        assertThat(text(get("/secretariat/obligations/" + OWED.id(), SECRETARY, Locale.ENGLISH)))
                .contains("By telephone")
                .contains("They <b>need</b> two weeks.")
                .contains("filed by secretary");
    }
}
