package org.sterna.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.calendar.CalendarSettings;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.InvalidOccasion;
import org.sterna.calendar.Meetings;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Parties;

class JdbcCampaignsTests {

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    /** Already the next day in Bonn. */
    private static final Instant NOW = Instant.parse("2026-11-23T23:30:00Z");

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private final Duties duties = mock();
    private final Ledger ledger = mock();
    private final Deadlines deadlines = mock();
    private final Map<String, Deadline> opened = new HashMap<>();
    private Campaigns campaigns;

    @BeforeEach
    void know() {
        DataSource database = Databases.h2();
        campaigns = new JdbcCampaigns(
                JdbcClient.create(database),
                new NamedParameterJdbcTemplate(database),
                duties,
                mock(Parties.class),
                ledger,
                mock(Obligations.class),
                mock(Meetings.class),
                deadlines,
                new CalendarSettings(BONN),
                new StaticMessageSource(),
                Clock.fixed(NOW, ZoneOffset.UTC));
        given(ledger.now()).willReturn(NOW);
        given(ledger.open(any(), any(), anyCollection(), any(), any(), any())).willAnswer(call -> {
            Collection<String> parties = call.getArgument(2);
            Deadline deadline = call.getArgument(3);
            parties.forEach(party -> opened.put(party, deadline));
            return parties.stream()
                    .map(party -> new Obligation(
                            UUID.randomUUID(),
                            call.getArgument(0),
                            call.getArgument(1),
                            party,
                            Obligation.State.OPENING,
                            deadline,
                            NOW,
                            null,
                            false,
                            null))
                    .toList();
        });
    }

    private DueRule duty(String rule) {
        DueRule read = DueRule.parse(rule);
        given(duties.find("some-duty"))
                .willReturn(Optional.of(new Duty(
                        "some-duty",
                        "D10",
                        "nfp",
                        Duty.Kind.MEETING,
                        false,
                        read,
                        15,
                        List.of(),
                        Duty.Binding.all(Duty.Suggestion.ALL, null),
                        "made up",
                        true,
                        List.of())));
        return read;
    }

    private static Deadline on(LocalDate day) {
        return new Deadline(day, BONN, Deadline.Origin.RULE, "rule", false);
    }

    @Test
    void opensForAllPartiesWithTheOneDeadlineOfTheOccasion() {
        DueRule rule = duty("COP-P6M");
        Deadline deadline = on(LocalDate.of(2028, 7, 1));
        given(deadlines.of(rule, "some-duty", "cop16", TODAY, "CHE")).willReturn(deadline);

        Campaigns.Campaign campaign = campaigns.open("some-duty", "cop16", List.of("CHE", "EGY", "KEN"), "secretary");

        assertThat(opened).isEqualTo(Map.of("CHE", deadline, "EGY", deadline, "KEN", deadline));
        assertThat(campaign.total()).isEqualTo(3);
        assertThat(campaign.already()).isZero();
    }

    @Test
    void givesEachPartyItsOwnDeadlineWhereItsWorkingDaysCount() {
        DueRule rule = duty("opened+10PWD");
        given(deadlines.of(rule, "some-duty", "2026-11", TODAY, "CHE")).willReturn(on(LocalDate.of(2026, 12, 8)));
        given(deadlines.of(rule, "some-duty", "2026-11", TODAY, "EGY")).willReturn(on(LocalDate.of(2026, 12, 7)));
        given(deadlines.of(rule, "some-duty", "2026-11", TODAY, "KEN")).willReturn(on(LocalDate.of(2026, 12, 8)));

        Campaigns.Campaign campaign = campaigns.open("some-duty", "2026-11", List.of("CHE", "EGY", "KEN"), "secretary");

        assertThat(opened.get("CHE").on()).isEqualTo(LocalDate.of(2026, 12, 8));
        assertThat(opened.get("EGY").on()).isEqualTo(LocalDate.of(2026, 12, 7));
        assertThat(opened.get("KEN").on()).isEqualTo(LocalDate.of(2026, 12, 8));
        assertThat(campaign.already()).isZero();
    }

    @Test
    void opensNothingForAnOccasionThatDoesNotFit() {
        duty("COP-P6M");
        given(deadlines.of(any(), any(), any(), any(), any()))
                .willThrow(new InvalidOccasion("There is no meeting “cop99”."));

        InvalidCampaign refused = catchThrowableOfType(
                InvalidCampaign.class, () -> campaigns.open("some-duty", "cop99", List.of("CHE"), "secretary"));

        assertThat(refused.field()).isEqualTo("occasion");
        assertThat(refused).hasMessage("There is no meeting “cop99”.");
        assertThat(opened).isEmpty();
        assertThat(campaigns.latest(1)).isEmpty();
    }
}
