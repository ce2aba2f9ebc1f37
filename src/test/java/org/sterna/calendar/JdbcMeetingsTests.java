package org.sterna.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.sterna.Databases;
import org.sterna.calendar.Meeting.Kind;
import org.sterna.calendar.Meeting.Span;

/** The meetings on both databases; every test is rolled back. */
class JdbcMeetingsTests {

    @Nested
    class OnH2 extends Contract {
        OnH2() {
            super(Databases.h2());
        }
    }

    @Nested
    class OnPostgres extends Contract {
        OnPostgres() {
            super(Databases.postgres());
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract {

        private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");

        private final TestCalendar calendar;
        private final Meetings meetings;
        private TransactionStatus transaction;

        Contract(DataSource source) {
            calendar = new TestCalendar(source);
            meetings = calendar.meetings;
        }

        @BeforeEach
        void begin() {
            LocaleContextHolder.setLocale(Locale.ENGLISH);
            transaction = calendar.transactions.getTransaction(new DefaultTransactionDefinition());
        }

        @AfterEach
        void rollBack() {
            calendar.transactions.rollback(transaction);
            LocaleContextHolder.resetLocaleContext();
        }

        private static Meeting meeting(String code, String opening, LocalDate closing) {
            return new Meeting(
                    code,
                    Kind.STANDING_COMMITTEE,
                    "Nairobi",
                    "KEN",
                    Span.parse(opening).orElse(null),
                    closing,
                    NAIROBI,
                    false);
        }

        @Test
        void knowsTheMeetingsOfTheReferenceData() {
            assertThat(meetings.all()).hasSize(16);
            assertThat(meetings.find("cop15"))
                    .contains(new Meeting(
                            "cop15",
                            Kind.COP,
                            "Campo Grande",
                            "BRA",
                            Span.day(LocalDate.of(2026, 3, 23)),
                            LocalDate.of(2026, 3, 29),
                            ZoneId.of("America/Campo_Grande"),
                            false));
            assertThat(meetings.find("excop1").map(Meeting::kind)).contains(Kind.EXTRAORDINARY_COP);
        }

        @Test
        void knowsWhatWasPublishedForThem() {
            assertThat(meetings.notified("cop14"))
                    .extracting(NotifiedDate::subject, NotifiedDate::on, NotifiedDate::reference, NotifiedDate::basis)
                    .containsExactly(
                            tuple(
                                    "national-report",
                                    LocalDate.of(2023, 4, 26),
                                    "Notification 2023/004",
                                    NotifiedDate.Basis.SOURCED),
                            tuple(
                                    "appendix-proposal",
                                    LocalDate.of(2023, 5, 26),
                                    "Notifications 2023/004, 2023/019",
                                    NotifiedDate.Basis.SOURCED),
                            tuple(
                                    "non-scientific-document",
                                    LocalDate.of(2023, 11, 14),
                                    "Notification 2023/019",
                                    NotifiedDate.Basis.SOURCED));
            assertThat(meetings.notified("cop15"))
                    .extracting(NotifiedDate::basis)
                    .containsOnly(NotifiedDate.Basis.COMPUTED)
                    .hasSize(3);
        }

        @Test
        void leavesWhatTheSecretariatChangedWhenItStartsAgain() {
            meetings.change(meeting("cop15", "2026-04", null));

            calendar.fill();

            assertThat(meetings.find("cop15").flatMap(found -> Optional.ofNullable(found.opening())))
                    .contains(Span.parse("2026-04").orElseThrow());
            assertThat(meetings.all()).hasSize(16);
        }

        @ParameterizedTest
        @ValueSource(strings = {"2027-11-02", "2027-11", "2027-Q4", "2027", "some day"})
        void keepsAMeetingAsExactlyAsItIsDated(String opening) {
            Meeting meeting = meeting("stc57", opening, null);

            meetings.add(meeting);

            assertThat(meetings.find("stc57")).contains(meeting);
        }

        @Test
        void listsUndatedMeetingsFirstAndThenTheLatest() {
            meetings.add(meeting("stc57", "2027", null));
            meetings.add(meeting("stc58", "some day", null));

            assertThat(meetings.all()).extracting(Meeting::code).startsWith("stc58", "stc57", "cop15", "cop14");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "s", "StC57", "57stc", "2027", "stc 57", "stc-", "-stc", "stç57"})
        void namesACodeThatIsNone(String code) {
            assertRefused(meeting(code, "2027", null), "code", "“" + code + "” is not a code.");
        }

        @Test
        void takesNoMeetingTwice() {
            assertRefused(meeting("cop15", "2027", null), "code", "there is a meeting “cop15” already");
        }

        @ParameterizedTest
        @CsvSource({
            "2027-11-02, 2027-11-01, 2027-11-01 is before the opening (2027-11-02)",
            "2027-Q4, 2027-09-30, 2027-09-30 is before the opening (2027-Q4)",
            "some day, 2027-11-02, a meeting that closes has to open",
            "2027-11-02, 2702-11-04, is not between 1979 and 2199"
        })
        void namesAClosingThatCannotBe(String opening, LocalDate closing, String sentence) {
            assertRefused(meeting("stc57", opening, closing), "closing", sentence);
        }

        @Test
        void letsAMeetingCloseOnTheDayItOpens() {
            meetings.add(meeting("stc57", "2027-11-02", LocalDate.of(2027, 11, 2)));

            assertThat(meetings.find("stc57")).isPresent();
        }

        @Test
        void namesAnOpeningThatIsATypingError() {
            assertRefused(meeting("stc57", "0207-11-02", null), "opening", "is not between 1979 and 2199");
        }

        @Test
        void namesACountryThatIsNone() {
            assertRefused(
                    new Meeting("stc57", Kind.WORKSHOP, null, "XXX", null, null, NAIROBI, true),
                    "country",
                    "“XXX” is not a country");
        }

        @Test
        void knowsWhoseMeetingOfPartiesItIs() {
            Meeting mop = mop("mop1").of("Sharks MOU");
            meetings.add(mop);

            assertThat(meetings.find("mop1")).contains(mop);
        }

        @Test
        void namesAnAgreementThatIsMissingUnknownOrTooMuch() {
            assertRefused(mop("mop1"), "instrument", "choose the one whose meeting “mop1” is");
            assertRefused(mop("mop1").of("SAIGA"), "instrument", "there is none called “SAIGA”");
            assertRefused(
                    meeting("stc57", "2027", null).of("AEWA"),
                    "instrument",
                    "only a Meeting of the Parties or Signatories belongs to one");
        }

        @Test
        void derivesWhoseMeetingItIsFromItsCodeAndLeavesTheRestToPeople() {
            for (String code : List.of("eurobats-mop11", "sharks-mos4", "mop12", "bats-mop1")) {
                calendar.database
                        .sql("insert into meeting (code, kind, zone, provisional)"
                                + " values (:code, 'MOP', 'Africa/Nairobi', true)")
                        .param("code", code)
                        .update();
            }

            calendar.fill();

            assertThat(meetings.find("eurobats-mop11").map(Meeting::instrument)).contains("EUROBATS");
            assertThat(meetings.find("sharks-mos4").map(Meeting::instrument)).contains("Sharks MOU");
            assertThat(meetings.all().stream().filter(Meeting::lacksInstrument))
                    .extracting(Meeting::code)
                    .containsExactlyInAnyOrder("mop12", "bats-mop1");
        }

        private static Meeting mop(String code) {
            return new Meeting(code, Kind.MOP, null, null, null, null, NAIROBI, true);
        }

        @Test
        void namesAPlaceThatNoDatabaseKeeps() {
            for (String place : List.of("x".repeat(201), "Nai\0robi", "Nai\nrobi")) {
                assertRefused(
                        new Meeting("stc57", Kind.WORKSHOP, place, null, null, null, NAIROBI, true),
                        "place",
                        "at most 200 characters, all on one line");
            }
        }

        @Test
        void findsNoMeetingForATextThatNoDatabaseKeeps() {
            assertThat(meetings.find("cop\00015")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"Mars/Base", "", "+03:00", "UTC+3", "europe/berlin"})
        void namesAZoneThatIsNone(String zone) {
            InvalidMeeting refused = catchThrowableOfType(InvalidMeeting.class, () -> meetings.zone(zone));

            assertThat(refused.field()).isEqualTo("zone");
            assertThat(refused).hasMessageContaining("“" + zone + "” is not a time zone");
        }

        @Test
        void changesOnlyAMeetingThatIsThere() {
            InvalidMeeting refused =
                    catchThrowableOfType(InvalidMeeting.class, () -> meetings.change(meeting("stc57", "2027", null)));

            assertThat(refused.field()).isEqualTo("code");
            assertThat(refused).hasMessageContaining("There is no meeting “stc57”");
        }

        @Test
        void refusesInTheReadersLanguage() {
            Map.of("fr", "il existe déjà une réunion « cop15 »", "es", "ya existe una reunión «cop15»")
                    .forEach((language, sentence) -> {
                        LocaleContextHolder.setLocale(Locale.forLanguageTag(language));
                        assertRefused(meeting("cop15", "2027", null), "code", sentence);
                    });
        }

        private void assertRefused(Meeting meeting, String field, String sentence) {
            InvalidMeeting refused = catchThrowableOfType(InvalidMeeting.class, () -> meetings.add(meeting));

            assertThat(refused).isNotNull();
            assertThat(refused.field()).isEqualTo(field);
            assertThat(refused).hasMessageContaining(sentence);
        }
    }
}
