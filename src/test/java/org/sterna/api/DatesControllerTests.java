package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.InvalidMeeting;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.calendar.NotifiedDate;
import org.sterna.campaigns.InvalidMove;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.register.Accounts;

@ApiSlice
class DatesControllerTests {

    private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    private static final UUID MOVE = UUID.fromString("0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d22");

    private static final Meeting COP = new Meeting(
            "cop16",
            Meeting.Kind.COP,
            "Nairobi",
            "KEN",
            Meeting.Span.parse("2029-Q2").orElseThrow(),
            null,
            NAIROBI,
            true);

    private static final String ADD = """
            {"code": "cop16", "kind": "cop", "place": "Nairobi", "country": "KEN", "opening": "2029-Q2",
             "zone": "Africa/Nairobi"}
            """;

    private static final String MOVED = """
            {"opening": "2029-05-14", "closing": "2029-05-19", "reference": "Notification 2028/019"%s}
            """;

    private static final String NOTIFY = """
            {"subject": "national-report", "occasion": "cop16", "on": "2028-11-14",
             "reference": "Notification 2028/004", "notifiedOn": "2026-11-01"%s}
            """;

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Accounts accounts;

    @Autowired
    Meetings meetings;

    @Autowired
    MeetingMoves moves;

    @BeforeEach
    void know() {
        Samples.know(accounts);
        given(meetings.zone("Africa/Nairobi")).willReturn(NAIROBI);
        given(meetings.find("cop16")).willReturn(Optional.of(COP));
        given(moves.preview(any()))
                .willAnswer(asked -> new MeetingMoves.Preview(
                        asked.getArgument(0),
                        List.of(new MeetingMoves.Item(
                                UUID.randomUUID(),
                                "CHE",
                                "credentials",
                                "due",
                                MeetingMoves.Fate.MOVES,
                                deadline("2029-03-02", true),
                                deadline("2029-04-14", false))),
                        List.of("CHE"),
                        "seen-1"));
    }

    private static Deadline deadline(String on, boolean provisional) {
        return new Deadline(LocalDate.parse(on), NAIROBI, Deadline.Origin.RULE, "COP-30D", provisional);
    }

    @Test
    void addsAMeetingKnownToTheQuarter() {
        MvcTestResult answer = post("/api/v1/meetings", "secretariat", ADD);

        assertThat(answer).hasStatus(201).bodyJson().isLenientlyEqualTo("""
                {"code": "cop16", "opening": "2029-04-01", "precision": "quarter", "provisional": true}
                """);
        then(meetings).should().add(COP);
    }

    @Test
    void addsAMeetingOfAnAgreement() {
        assertThat(post("/api/v1/meetings", "secretariat", """
                        {"code": "aewa-mop9", "kind": "mop", "instrument": "AEWA", "opening": "2028",
                         "zone": "Africa/Nairobi"}
                        """))
                .hasStatus(201)
                .bodyJson()
                .isLenientlyEqualTo("""
                {"code": "aewa-mop9", "kind": "mop", "instrument": "AEWA"}
                """);
    }

    @Test
    void showsWhatAMoveDoesBeforeAnythingIsWritten() {
        MvcTestResult answer = post("/api/v1/meetings/cop16/move", "secretariat", MOVED.formatted(""));

        assertThat(answer).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {"made": false, "move": null, "seen": "seen-1", "told": ["CHE"], "deadlines": [
                  {"party": "CHE", "duty": "credentials", "deadline": "due", "fate": "moves",
                   "from": {"on": "2029-03-02", "provisional": true}, "to": {"on": "2029-04-14", "provisional": false}}]}
                """);
        then(moves).should(never()).confirm(any(), any(), any());
    }

    @Test
    void movesAsItWasShown() {
        Meeting after = new Meeting(
                "cop16",
                Meeting.Kind.COP,
                "Nairobi",
                "KEN",
                Meeting.Span.day(LocalDate.of(2029, 5, 14)),
                LocalDate.of(2029, 5, 19),
                NAIROBI,
                false);
        given(moves.confirm(new MeetingMoves.MeetingChange(after, "Notification 2028/019"), "seen-1", "secretariat"))
                .willReturn(MOVE);

        MvcTestResult answer =
                post("/api/v1/meetings/cop16/move", "secretariat", MOVED.formatted(", \"seen\": \"seen-1\""));

        assertThat(answer).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {"made": true, "move": "%s"}
                """.formatted(MOVE));
    }

    @Test
    void entersANotifiedDateAsItWasShown() {
        NotifiedDate date = new NotifiedDate(
                "national-report",
                "cop16",
                LocalDate.of(2028, 11, 14),
                "Notification 2028/004",
                LocalDate.of(2026, 11, 1),
                NotifiedDate.Basis.SOURCED);
        given(moves.confirm(new MeetingMoves.Notification(date), "seen-1", "secretariat"))
                .willReturn(MOVE);

        assertThat(post("/api/v1/notified-dates", "secretariat", NOTIFY.formatted("")))
                .bodyJson()
                .extractingPath("$.made")
                .isEqualTo(false);
        assertThat(post("/api/v1/notified-dates", "secretariat", NOTIFY.formatted(", \"seen\": \"seen-1\"")))
                .bodyJson()
                .extractingPath("$.move")
                .isEqualTo(MOVE.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/meetings            | {}                                                                  | code,kind,zone
            /api/v1/meetings            | {"code":"x","kind":"party","opening":"soon","closing":"19","zone":"UTC"} | kind,opening,closing
            /api/v1/meetings/cop16/move | {"opening": "2029-13"}                                              | opening
            /api/v1/notified-dates      | {}                                                                  | subject,occasion,on,reference,notifiedOn
            /api/v1/notified-dates      | {"subject":"a","occasion":"b","on":"14 May","reference":"c","notifiedOn":"1"} | on,notifiedOn
            """)
    void namesEveryFieldThatIsMissingOrCannotBeRead(String address, String body, String fields) {
        assertThat(post(address, "secretariat", body))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations[*].field")
                .isEqualTo(List.of(fields.split(",")));
        then(meetings).should(never()).add(any());
        then(moves).should(never()).preview(any());
    }

    @Test
    void passesOnWhatTheCalendarRefuses() {
        willThrow(new InvalidMeeting("closing", "Closing: before the opening."))
                .given(meetings)
                .add(any());
        given(moves.preview(any())).willThrow(new InvalidMove("on", "Date: has passed."));

        assertThat(post("/api/v1/meetings", "secretariat", ADD))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of("field", "closing", "message", "Closing: before the opening.")));
        assertThat(post("/api/v1/notified-dates", "secretariat", NOTIFY.formatted("")))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.violations")
                .isEqualTo(List.of(Map.of("field", "on", "message", "Date: has passed.")));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/meetings",
        "/api/v1/meetings/cop16/move",
        "/api/v1/meetings/cop99/move",
        "/api/v1/notified-dates"
    })
    void isForTheSecretariatOnly(String address) {
        assertThat(post(address, "che-nfp", "{}")).hasStatus(403);
        assertThat(post(address, "admin", "{}")).hasStatus(403);
        then(meetings).shouldHaveNoInteractions();
        then(moves).shouldHaveNoInteractions();
    }

    @Test
    void knowsNoOtherMeeting() {
        assertThat(post("/api/v1/meetings/cop99/move", "secretariat", MOVED.formatted("")))
                .hasStatus(404);
    }

    @Test
    void readsHowFarAChangeHasCome() {
        MeetingMoves.Dates dates = new MeetingMoves.Dates(null, null, true);
        given(moves.progress(MOVE))
                .willReturn(Optional.of(new MeetingMoves.Progress(
                        new MeetingMoves.Move(MOVE, "cop16", null, dates, dates, null, "secretariat", Instant.EPOCH),
                        3,
                        2,
                        0,
                        0,
                        2,
                        1,
                        0,
                        4)));

        assertThat(mvc.get().uri("/api/v1/moves/{id}", MOVE).with(user("secretariat")))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"occasion": "cop16", "running": true, "cases": 3, "done": 2, "parties": 2, "told": 1}
                        """);
        assertThat(mvc.get().uri("/api/v1/moves/{id}", UUID.randomUUID()).with(user("secretariat")))
                .hasStatus(404);
        assertThat(mvc.get().uri("/api/v1/moves/{id}", MOVE).with(user("che-nfp")))
                .hasStatus(403);
    }

    private MvcTestResult post(String address, String username, String body) {
        return mvc.post()
                .uri(address)
                .with(user(username))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
