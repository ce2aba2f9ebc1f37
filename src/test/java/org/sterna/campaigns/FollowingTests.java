package org.sterna.campaigns;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
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
import org.sterna.obligations.Obligation;
import org.sterna.obligations.ObligationEnded;
import org.sterna.register.Instruments;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Region;

class FollowingTests {

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private final Duties duties = mock();
    private final Parties parties = mock();
    private final Meetings meetings = mock();
    private final Instruments instruments = mock();
    private final Deadlines deadlines = mock();
    private final Ledger ledger = mock();
    private Following following;

    @BeforeEach
    void know() {
        Fit fit = new Fit(
                duties,
                meetings,
                deadlines,
                new CalendarSettings(BONN),
                new Sentences(new StaticMessageSource() {
                    @Override
                    public String getDefaultMessage(String code) {
                        return code;
                    }
                }),
                Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC));
        following = new Following(
                duties,
                parties,
                new Bound(parties, meetings, instruments, mock(), mock()),
                new Exemptions(JdbcClient.create(Databases.h2())),
                fit,
                ledger);
        for (String code : List.of("KEN", "EGY")) {
            given(parties.find(code))
                    .willReturn(Optional.of(new Party(code, code, code, code, Region.AFRICA, Locale.ENGLISH)));
        }
        given(instruments.parties("AEWA")).willReturn(Set.of("KEN"));
        Duty next = new Duty(
                "next-duty",
                "D27",
                Duty.Group.MEETINGS,
                "nfp",
                Duty.Kind.MEETING,
                false,
                DueRule.parse("meeting-close+30D"),
                15,
                List.of(),
                Duty.Binding.all(Duty.Suggestion.ALL, null),
                "made up",
                true,
                List.of(),
                List.of(),
                null,
                "first-duty",
                Set.of(Meeting.Kind.MOP),
                null,
                false,
                Duty.Closing.BY_DECISION);
        given(duties.all()).willReturn(List.of(next));
        given(duties.find("next-duty")).willReturn(Optional.of(next));
        due(TODAY.plusDays(9));
    }

    private void due(LocalDate day) {
        given(deadlines.of(any(), any(), any(), any(), any()))
                .willReturn(new Deadline(day, BONN, Deadline.Origin.RULE, "rule", false));
    }

    private void mop(String code, String instrument) {
        given(meetings.find(code))
                .willReturn(Optional.of(
                        new Meeting(code, Meeting.Kind.MOP, instrument, null, null, null, null, BONN, true)));
    }

    private void done(String occasion, String party) {
        Deadline deadline = new Deadline(TODAY, BONN, Deadline.Origin.RULE, "rule", false);
        following.on(new ObligationEnded(
                new Obligation(
                        UUID.randomUUID(),
                        "first-duty",
                        occasion,
                        party,
                        Obligation.State.DISCHARGED,
                        deadline,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        false,
                        null),
                Obligation.State.DISCHARGED));
    }

    @Test
    void opensWhatFollowsForThoseAloneWhomTheMeetingBinds() {
        mop("aewa-mop9", "AEWA");

        done("aewa-mop9", "EGY");
        then(ledger).should(never()).open(any(), any(), anyCollection(), any(), any(), any());

        done("aewa-mop9", "KEN");
        then(ledger)
                .should()
                .open(eq("next-duty"), eq("aewa-mop9"), eq(List.of("KEN")), any(), any(), eq(LedgerEvent.SYSTEM));
    }

    @Test
    void opensNothingForAMeetingThatBelongsToNobodyYetNorWhenEverythingIsOver() {
        mop("mop1", null);
        done("mop1", "KEN");

        mop("aewa-mop9", "AEWA");
        due(TODAY.minusDays(1));
        done("aewa-mop9", "KEN");

        then(ledger).should(never()).open(any(), any(), anyCollection(), any(), any(), any());
    }
}
