package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.calendar.Rung;
import org.sterna.notices.InvalidLadders;
import org.sterna.notices.Ladders;
import org.sterna.notices.Notice;
import org.sterna.notices.Rehearsal;
import org.sterna.pages.PageSlice;
import org.sterna.register.Account;

@WebMvcTest(LaddersController.class)
class NoticePlansPagesTests extends PageSlice {

    private static final Ladders.Scope COP15 = new Ladders.Scope(DUTY, "due", "cop15", null);

    @BeforeEach
    void fill() {
        given(ladders.usual(any(), any()))
                .willReturn(List.of(new Rung(
                        "reminder-14", Rung.Kind.REMINDER, Period.ofDays(-14), List.of("nfp"), List.of("alt"), false)));
        given(rehearsal.kinds(any())).willReturn(Set.of("reminder"));
    }

    private MvcTestResult sent(String address, Account reader, Map<String, String> form) {
        MockMvcTester.MockMvcRequestBuilder request = post(address, reader);
        form.forEach(request::param);
        return request.exchange();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secretariat/ladders",
                "/secretariat/ladders/edit?subject=nomination-confirmation&occasion=cop15",
                "/secretariat/rehearsal",
                "/secretariat/rehearsal/text?obligation=0b9a3f1e-5c1d-11f1-9c3e-0242ac120002&milestone=m&to=a@example.org",
                "/secretariat/rehearsal/html?obligation=0b9a3f1e-5c1d-11f1-9c3e-0242ac120002&milestone=m&to=a@example.org",
                "/secretariat/rehearsal/preview",
                "/secretariat/rehearsal/preview/html?duty=nomination-confirmation&kind=reminder&party=CHE"
            })
    void isForTheSecretariatOnly(String address) {
        assertThat(get(address, SWISS, Locale.ENGLISH)).hasStatus(404);
    }

    @Test
    void refusesToChangeAnythingForAParty() {
        assertThat(sent("/secretariat/ladders/edit", SWISS, Map.of("subject", DUTY, "occasion", "cop15")))
                .hasStatus(404);
        assertThat(sent("/secretariat/ladders/clear", SWISS, Map.of("subject", DUTY, "occasion", "cop15")))
                .hasStatus(404);
        assertThat(sent("/secretariat/register/CHE/zone", SWISS, Map.of("zone", "Europe/Zurich")))
                .hasStatus(404);
        then(ladders).should(never()).set(any(), any(), any());
        then(parties).should(never()).setZone(any(), any());
    }

    @Test
    void showsTheLadderThatCountsToBeChanged() {
        Document page =
                page(get("/secretariat/ladders/edit?subject=" + DUTY + "&occasion=cop15", SECRETARY, Locale.ENGLISH));

        assertThat(page.select("#days-0").val()).isEqualTo("14");
        assertThat(page.select("#side-0 option[selected]").val()).isEqualTo("before");
        assertThat(page.select("#to-0").val()).isEqualTo("nfp");
        assertThat(page.select("#copies-0").val()).isEqualTo("alt");
        assertThat(page.select("fieldset.rung")).hasSize(4);
    }

    @Test
    void offersTheTextsThatTheDutyHas() {
        given(ladders.texts(DUTY)).willReturn(new TreeSet<>(Set.of("overdue-letter", "reminder-last")));
        given(ladders.usual(any(), any()))
                .willReturn(List.of(new Rung(
                        "reminder-1",
                        Rung.Kind.REMINDER,
                        Period.ofDays(-1),
                        List.of("nfp"),
                        List.of(),
                        false,
                        "reminder-last")));

        Document page =
                page(get("/secretariat/ladders/edit?subject=" + DUTY + "&occasion=cop15", SECRETARY, Locale.ENGLISH));

        assertThat(page.select("#text-0 option").eachAttr("value"))
                .containsExactly("", "overdue-letter", "reminder-last");
        assertThat(page.select("#text-0 option[selected]").val()).isEqualTo("reminder-last");
        sent(
                "/secretariat/ladders/edit",
                SECRETARY,
                Map.ofEntries(
                        Map.entry("subject", DUTY),
                        Map.entry("occasion", "cop15"),
                        Map.entry("kind-0", "reminder"),
                        Map.entry("days-0", "1"),
                        Map.entry("to-0", "nfp"),
                        Map.entry("text-0", "reminder-last")));
        then(ladders)
                .should()
                .set(
                        COP15,
                        List.of(new Ladders.Line("reminder", "-P1D", "nfp", "", false, "reminder-last")),
                        "secretary");
    }

    @Test
    void setsALadderAndLeavesOutEmptySteps() {
        assertThat(sent(
                        "/secretariat/ladders/edit",
                        SECRETARY,
                        Map.ofEntries(
                                Map.entry("subject", DUTY),
                                Map.entry("occasion", "cop15"),
                                Map.entry("kind-0", "reminder"),
                                Map.entry("days-0", "10"),
                                Map.entry("unit-0", "days"),
                                Map.entry("side-0", "before"),
                                Map.entry("to-0", "nfp, alt"),
                                Map.entry("kind-1", "escalation"),
                                Map.entry("days-1", ""),
                                Map.entry("to-1", ""))))
                .hasStatus3xxRedirection();

        then(ladders)
                .should()
                .set(COP15, List.of(new Ladders.Line("reminder", "-P10D", "nfp, alt", "", false)), "secretary");
    }

    @Test
    void saysAtItsFieldWhatIsWrongAndKeepsWhatWasTyped() {
        willThrow(InvalidLadders.of(0, "offset", "ladder.fault.reminder-after"))
                .given(ladders)
                .set(any(), any(), any());

        MvcTestResult refused = sent(
                "/secretariat/ladders/edit",
                SECRETARY,
                Map.of("subject", DUTY, "occasion", "cop15", "kind-0", "reminder", "days-0", "10", "to-0", "nfp"));
        Document page = page(refused);

        assertThat(refused).hasStatus(422);
        assertThat(page.select(".error-summary a").attr("href")).isEqualTo("#days-0");
        assertThat(page.select("#days-0").val()).isEqualTo("10");
        assertThat(page.select("#days-0-error").text()).startsWith("A reminder comes on or before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&occasion=cop15&party=CHE", "&party=XXX"})
    void asksForAnOccasionOrAParty(String scope) {
        assertThat(get("/secretariat/ladders/edit?subject=" + DUTY + scope, SECRETARY, Locale.ENGLISH))
                .hasStatus(422);
    }

    @Test
    void shutsTheRehearsedTextOffFromEverything() {
        given(rehearsal.text(any(), any(), any()))
                .willReturn(Optional.of(new Rehearsal.Text("S", "T", "<script>x</script>", Locale.FRENCH)));

        assertThat(get(
                        "/secretariat/rehearsal/html?obligation=" + OWED.id() + "&milestone=m&to=a@example.org",
                        SECRETARY,
                        Locale.ENGLISH))
                .hasStatusOk()
                .headers()
                .hasEntrySatisfying("Content-Security-Policy", policy -> assertThat(policy.get(0))
                        .startsWith("sandbox"));
    }

    @Test
    void sendsATestToTheCallerAlone() {
        Notice test = notice(Notice.State.QUEUED);
        given(rehearsal.sendTest(eq(DUTY), eq("reminder"), eq("CHE"), any(), eq(SECRETARY)))
                .willReturn(test);

        assertThat(sent(
                        "/secretariat/rehearsal/test",
                        SECRETARY,
                        Map.of("duty", DUTY, "kind", "reminder", "party", "CHE", "language", "fr")))
                .hasRedirectedUrl("/secretariat/notices/" + test.id());
    }

    @Test
    void correctsTheZoneOfAPartyAndRefusesWhatIsNone() {
        assertThat(sent("/secretariat/register/CHE/zone", SECRETARY, Map.of("zone", "Europe/Zurich")))
                .hasStatus3xxRedirection();
        then(parties).should().setZone("CHE", ZoneId.of("Europe/Zurich"));

        assertThat(sent("/secretariat/register/CHE/zone", SECRETARY, Map.of("zone", "Mars/Olympus")))
                .hasStatus3xxRedirection();
        then(parties).should(times(1)).setZone(any(), any());
    }

    @Test
    void letsAHolderPutRemindersOffButOnlyOfItsOwnParty() {
        assertThat(sent("/desk/obligations/" + OWED.id() + "/snooze", SWISS, Map.of("until", "2026-12-01")))
                .hasStatus3xxRedirection();
        then(preferences).should().snooze(OWED.id(), "che-nfp", LocalDate.of(2026, 12, 1));

        UUID foreign = FOREIGN.id();
        assertThat(sent("/desk/obligations/" + foreign + "/snooze", SWISS, Map.of("until", "2026-12-01")))
                .hasStatus(404);
        assertThat(sent("/desk/obligations/" + foreign + "/wake", SWISS, Map.of()))
                .hasStatus(404);
        then(preferences).should(never()).snooze(eq(foreign), any(), any());
        then(preferences).should(never()).wake(eq(foreign), any());
    }

    @Test
    void letsAHolderChooseADigest() {
        assertThat(sent("/desk/notices", SWISS, Map.of("mails", "digest"))).hasRedirectedUrl("/desk");
        then(preferences).should().setDigest("che-nfp", true);
        assertThat(get("/desk/notices", SECRETARY, Locale.ENGLISH)).hasStatus(404);
    }
}
