package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;
import org.sterna.duties.Duties;
import org.sterna.duties.Words;
import org.sterna.register.Parties;
import org.sterna.register.SeatRole;

@ApiSlice
@WithMockUser("che-nfp")
class CatalogueControllersTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Duties duties;

    @Autowired
    Words words;

    @Autowired
    Parties parties;

    @Autowired
    Meetings meetings;

    @BeforeEach
    void know() {
        Samples.know(duties);
        Samples.know(words);
        Samples.know(parties);
    }

    @Test
    void listsDutiesWithTitlesRuleAndSteps() {
        assertThat(mvc.get().uri("/api/v1/duties")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                [{"key": "nomination-confirmation", "code": "D01",
                  "title": {"en": "en:nomination-confirmation.title", "fr": "fr:nomination-confirmation.title",
                            "es": "es:nomination-confirmation.title"},
                  "group": "nominations", "kind": "event", "holder": "nfp", "deadline": "opened+30D", "assumed": true, "voluntary": false,
                  "basis": "seed",
                  "steps": [{"key": "submit-nomination", "seat": "nfp"},
                            {"key": "review-nomination", "seat": "secretariat"}]}]
                """);
    }

    @Test
    void listsPartiesWithWhetherTheirNominationIsConfirmed() {
        given(parties.withoutConfirmed(SeatRole.NFP)).willReturn(List.of(Samples.KENYA));

        assertThat(mvc.get().uri("/api/v1/parties")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                [{"code": "CHE", "name": {"en": "Switzerland", "fr": "Suisse", "es": "Suiza"},
                  "region": "europe", "language": "fr", "nominationConfirmed": true},
                 {"code": "KEN", "name": {"en": "Kenya", "fr": "Kenya", "es": "Kenya"},
                  "region": "africa", "language": "en", "nominationConfirmed": false}]
                """);
    }

    @Test
    void listsMeetingsWithWhatWasNotified() {
        Meeting cop14 = new Meeting(
                "cop14",
                Meeting.Kind.COP,
                "Samarkand",
                "UZB",
                Meeting.Span.day(LocalDate.of(2024, 2, 12)),
                LocalDate.of(2024, 2, 17),
                ZoneId.of("Asia/Samarkand"),
                false);
        Meeting stc57 = new Meeting(
                "stc57",
                Meeting.Kind.STANDING_COMMITTEE,
                null,
                null,
                Meeting.Span.parse("2027-Q4").orElseThrow(),
                null,
                ZoneId.of("Europe/Berlin"),
                true);
        given(meetings.all()).willReturn(List.of(stc57, cop14));
        given(meetings.notified(List.of("stc57", "cop14")))
                .willReturn(Map.of(
                        "cop14",
                        List.of(new NotifiedDate(
                                "national-report",
                                "cop14",
                                LocalDate.of(2023, 4, 26),
                                "Notification 2023/004",
                                null,
                                NotifiedDate.Basis.SOURCED))));

        assertThat(mvc.get().uri("/api/v1/meetings")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                [{"code": "stc57", "kind": "standing-committee", "instrument": null, "place": null, "country": null,
                  "opening": "2027-10-01", "precision": "quarter", "closing": null, "zone": "Europe/Berlin",
                  "provisional": true, "notified": []},
                 {"code": "cop14", "kind": "cop", "instrument": null, "place": "Samarkand", "country": "UZB", "opening": "2024-02-12",
                  "precision": "day", "closing": "2024-02-17", "zone": "Asia/Samarkand", "provisional": false,
                  "notified": [{"subject": "national-report", "on": "2023-04-26",
                                "reference": "Notification 2023/004", "notifiedOn": null, "basis": "sourced"}]}]
                """);
    }

    @Test
    void forbidsToStoreAnswers() {
        assertThat(mvc.get().uri("/api/v1/duties")).headers().hasValue("Cache-Control", "no-store");
    }
}
