package org.sterna.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.sterna.Databases;
import org.sterna.calendar.CalendarSettings;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.register.Instruments;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Region;
import org.sterna.time.MovableClock;

/** What opens by itself for meetings of Parties, on both databases. */
class JdbcOccasionsTests {

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

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

    abstract static class Contract {

        private final MovableClock clock = new MovableClock(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ZERO);
        private final JdbcClient jdbc;
        private final Duties duties = mock();
        private final Meetings meetings = mock();
        private final Deadlines deadlines = mock();
        private final Parties parties = mock();
        private final Instruments instruments = mock();
        private final Campaigns campaigns = mock();
        private final Ledger ledger = mock();
        private final Occasions occasions;
        private final Bound bound;

        Contract(DataSource database) {
            jdbc = JdbcClient.create(database);
            ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
            messages.setBasenames("messages/campaigns", "messages/secretariat");
            messages.setDefaultEncoding("UTF-8");
            Sentences sentences = new Sentences(messages);
            Fit fit = new Fit(duties, meetings, deadlines, new CalendarSettings(BONN), sentences, clock);
            bound = new Bound(parties, meetings, instruments, mock(), mock());
            occasions = new JdbcOccasions(
                    jdbc,
                    duties,
                    meetings,
                    deadlines,
                    parties,
                    campaigns,
                    bound,
                    ledger,
                    fit,
                    sentences,
                    new JdbcTransactionManager(database),
                    true);
        }

        @BeforeEach
        void know() {
            jdbc.sql("delete from missed_opening").update();
            jdbc.sql("delete from automatic_opening").update();
            Party kenya = new Party("KEN", "Kenya", "Kenya", "Kenya", Region.AFRICA, Locale.ENGLISH);
            Party egypt = new Party("EGY", "Egypt", "Égypte", "Egipto", Region.AFRICA, Locale.ENGLISH);
            given(parties.all()).willReturn(List.of(egypt, kenya));
            given(instruments.parties("AEWA")).willReturn(Set.of("KEN"));
            given(instruments.parties("EUROBATS")).willReturn(Set.of("KEN", "EGY"));
            given(ledger.now()).willAnswer(call -> clock.instant());
            Duty duty = new Duty(
                    "aewa-report",
                    "D14",
                    Duty.Group.REPORTING,
                    "nfp",
                    Duty.Kind.MEETING,
                    false,
                    DueRule.parse("meeting-30D"),
                    15,
                    List.of(),
                    new Duty.Binding(Duty.Bound.OF_INSTRUMENT, null, "AEWA", null, Duty.Suggestion.ALL, null),
                    "made up",
                    true,
                    List.of(),
                    List.of(),
                    DueRule.parse("meeting-P12M"),
                    null,
                    Set.of(Meeting.Kind.MOP),
                    null,
                    false,
                    Duty.Closing.BY_DECISION);
            given(duties.all()).willReturn(List.of(duty));
            given(duties.find("aewa-report")).willReturn(Optional.of(duty));
            given(duties.get("aewa-report")).willReturn(duty);
            given(campaigns.bound(eq(duty), any())).willAnswer(call -> bound.of(duty, call.<String>getArgument(1)));
            mops(mop("aewa-mop9", "AEWA"), mop("eurobats-mop11", "EUROBATS"), mop("mop1", null));
            due(TODAY, TODAY.plusDays(300));
            occasions.openDue();
            clearInvocations(campaigns);
        }

        private static Meeting mop(String code, String instrument) {
            LocalDate opening = TODAY.plusDays(330);
            return new Meeting(
                    code,
                    Meeting.Kind.MOP,
                    instrument,
                    null,
                    null,
                    Meeting.Span.day(opening),
                    opening.plusDays(4),
                    BONN,
                    false);
        }

        private void mops(Meeting... mops) {
            given(meetings.all()).willReturn(List.of(mops));
            for (Meeting mop : mops) {
                given(meetings.find(mop.code())).willReturn(Optional.of(mop));
            }
        }

        private void due(LocalDate opens, LocalDate due) {
            given(deadlines.of(eq(DueRule.parse("meeting-P12M")), any(), any(), any(), any()))
                    .willReturn(new Deadline(opens, BONN, Deadline.Origin.RULE, "rule", false));
            given(deadlines.of(eq(DueRule.parse("meeting-30D")), any(), any(), any(), any()))
                    .willReturn(new Deadline(due, BONN, Deadline.Origin.RULE, "rule", false));
        }

        @Test
        void opensADutyOfAnAgreementForThatOnesMeetingsAndPartiesAlone() {
            occasions.openDue();

            then(campaigns).should().open("aewa-report", "aewa-mop9", List.of("KEN"), LedgerEvent.SYSTEM);
            then(campaigns).should(never()).open(any(), eq("eurobats-mop11"), any(), any());
            then(campaigns).should(never()).open(any(), eq("mop1"), any(), any());
            assertThat(occasions.missed()).isEmpty();
        }

        @Test
        void listsWhatIsOverOnceUntilItIsLeft() {
            clock.advance(Duration.ofDays(310));

            occasions.openDue();
            occasions.openDue();

            assertThat(occasions.missed())
                    .extracting(Occasions.Missed::duty, Occasions.Missed::occasion, Occasions.Missed::late)
                    .containsExactly(tuple(
                            "aewa-report",
                            "aewa-mop9",
                            new Preview.Late(Preview.Late.Kind.DEADLINES_PAST, TODAY.plusDays(300))));
            then(campaigns).should(never()).open(any(), any(), any(), any());

            Occasions.Missed missed = occasions.missed().get(0);
            occasions.leave(missed.id(), "Nothing was asked for.", "secretary");
            occasions.leave(missed.id(), "A second thought.", "somebody");
            occasions.openDue();

            assertThat(occasions.missed()).isEmpty();
            assertThat(occasions.left(10))
                    .extracting(one -> one.left().by(), one -> one.left().reason())
                    .containsExactly(tuple("secretary", "Nothing was asked for."));
        }

        @Test
        void takesOutWhatIsNotOverAnyMoreAndListsItAgainWhenItIs() {
            clock.advance(Duration.ofDays(310));
            occasions.openDue();

            due(TODAY, TODAY.plusDays(400));
            occasions.openDue();
            assertThat(occasions.missed()).isEmpty();

            due(TODAY, TODAY.plusDays(300));
            occasions.openDue();
            assertThat(occasions.missed()).hasSize(1);
        }
    }
}
