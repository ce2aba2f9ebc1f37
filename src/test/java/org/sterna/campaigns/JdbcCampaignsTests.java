package org.sterna.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.calendar.CalendarSettings;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.InvalidOccasion;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Holder;
import org.sterna.register.Instruments;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Region;
import org.sterna.register.Seats;

class JdbcCampaignsTests {

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    /** Already the next day in Bonn. */
    private static final Instant NOW = Instant.parse("2026-11-23T23:30:00Z");

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private static final Party SWITZERLAND =
            new Party("CHE", "Switzerland", "Suisse", "Suiza", Region.EUROPE, Locale.FRENCH);
    private static final Party EGYPT = new Party("EGY", "Egypt", "Égypte", "Egipto", Region.AFRICA, Locale.ENGLISH);
    private static final Party KENYA = new Party("KEN", "Kenya", "Kenya", "Kenya", Region.AFRICA, Locale.ENGLISH);

    private final Duties duties = mock();
    private final Ledger ledger = mock();
    private final Deadlines deadlines = mock();
    private final Parties parties = mock();
    private final Obligations obligations = mock();
    private final CampaignCases cases = mock();
    private final Seats seats = mock();
    private final Instruments instruments = mock();
    private final Eligibility eligibility = mock();
    private final Meetings meetings = mock();
    private final Map<String, Deadline> opened = new HashMap<>();
    private Campaigns campaigns;

    @BeforeEach
    void know() {
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        DataSource database = Databases.h2();
        JdbcClient jdbc = JdbcClient.create(database);
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames("messages/campaigns", "messages/secretariat");
        messages.setDefaultEncoding("UTF-8");
        Sentences sentences = new Sentences(messages);
        Fit fit = new Fit(
                duties, meetings, deadlines, new CalendarSettings(BONN), sentences, Clock.fixed(NOW, ZoneOffset.UTC));
        Exemptions exemptions = new Exemptions(jdbc);
        Bound bound = new Bound(parties, meetings, instruments, seats, eligibility);
        campaigns = new JdbcCampaigns(
                jdbc,
                new NamedParameterJdbcTemplate(database),
                fit,
                bound,
                parties,
                meetings,
                ledger,
                obligations,
                exemptions,
                new Previews(jdbc, fit, bound, exemptions, cases, seats),
                cases,
                sentences);
        given(parties.all()).willReturn(List.of(SWITZERLAND, EGYPT, KENYA));
        given(parties.unknown(anyCollection())).willAnswer(call -> call.<Collection<String>>getArgument(0).stream()
                .filter(code -> !List.of("CHE", "EGY", "KEN").contains(code))
                .toList());
        given(obligations.list(any(), anyInt(), anyInt())).willReturn(new Obligations.Page<>(List.of(), 0));
        given(cases.announcement("some-duty"))
                .willReturn(new CampaignCases.Announcement(List.of("nfp"), List.of("min", "rep")));
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
        return duty(rule, Duty.Binding.all(Duty.Suggestion.ALL, null));
    }

    private DueRule duty(String rule, Duty.Binding binds) {
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
                        binds,
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
        assertThat(refused).hasMessage("Occasion: There is no meeting “cop99”.");
        assertThat(opened).isEmpty();
        assertThat(campaigns.latest(1)).isEmpty();
    }

    @Test
    void leavesExemptedPartiesOut() {
        duty("opened+30D");
        given(deadlines.of(any(), any(), any(), any(), any())).willReturn(on(LocalDate.of(2026, 12, 24)));
        campaigns.exempt("some-duty", "2026-11", "EGY", "Under reorganisation.", "secretary");

        Campaigns.Campaign campaign = campaigns.open("some-duty", "2026-11", List.of("CHE", "EGY"), "secretary");

        assertThat(opened).containsOnlyKeys("CHE");
        assertThat(campaign.total()).isEqualTo(1);
    }

    @Test
    void opensNothingWhereEverybodyIsExempted() {
        duty("opened+30D");
        campaigns.exempt("some-duty", "2026-11", "EGY", "Under reorganisation.", "secretary");

        assertThat(refusal(() -> campaigns.open("some-duty", "2026-11", List.of("EGY"), "secretary")))
                .startsWith("parties: Parties: all those chosen are exempted");
        assertThat(campaigns.latest(1)).isEmpty();
    }

    @Test
    void exemptsOnceAndAgainAfterTheExemptionIsLifted() {
        duty("opened+30D");
        campaigns.exempt("some-duty", "2026-11", "EGY", "Under reorganisation.", "secretary");
        assertThat(refusal(() -> campaigns.exempt("some-duty", "2026-11", "EGY", "Once more, please.", "secretary")))
                .isEqualTo("parties: Party: EGY is exempted from this occasion already.");

        campaigns.lift("some-duty", "2026-11", "EGY", "secretary");
        assertThat(campaigns.exemptions("some-duty", "2026-11")).isEmpty();
        campaigns.exempt("some-duty", "2026-11", "EGY", "Once more, please.", "secretary");
        assertThat(campaigns.exemptions("some-duty", "2026-11"))
                .extracting(Exemption::partyCode, Exemption::reason, Exemption::by, Exemption::at)
                .containsExactly(tuple("EGY", "Once more, please.", "secretary", NOW));
    }

    @Test
    void excusesAPartyThatHasBeenOpenedFor() {
        duty("opened+30D");
        Obligation owed = owed(Obligation.State.WITH_PARTY);

        campaigns.exempt("some-duty", "2026-11", "EGY", " Under reorganisation. ", "secretary");

        then(cases).should().excuse(owed.id(), "Under reorganisation.", "secretary");
    }

    @Test
    void exemptsNobodyWhoHasEndedTheObligation() {
        duty("opened+30D");
        owed(Obligation.State.DISCHARGED);

        assertThat(refusal(() -> campaigns.exempt("some-duty", "2026-11", "EGY", "Long enough.", "secretary")))
                .startsWith("parties: Party: EGY has ended this obligation already");
        then(cases).should(never()).excuse(any(), any(), any());
    }

    @Test
    void asksForAReason() {
        duty("opened+30D");

        assertThat(refusal(() -> campaigns.exempt("some-duty", "2026-11", "EGY", "  short  ", "secretary")))
                .isEqualTo("reason: Reason: write 10 to 1000 characters.");
    }

    @Test
    void addsAPartyToACampaign() {
        duty("opened+30D");
        given(deadlines.of(any(), any(), any(), any(), any())).willReturn(on(LocalDate.of(2026, 12, 24)));
        UUID campaign = campaigns
                .open("some-duty", "2026-11", List.of("CHE"), "secretary")
                .id();

        assertThat(campaigns.add(campaign, "KEN", null, "secretary").total()).isEqualTo(2);
        assertThat(opened).containsOnlyKeys("CHE", "KEN");
        assertThat(campaigns.latest(5)).hasSize(1);
        assertThat(refusal(() -> campaigns.add(campaign, "KEN", null, "secretary")))
                .isEqualTo("parties: Party: KEN is in this campaign already. Choose another one.");
        assertThat(refusal(() -> campaigns.add(campaign, "XXX", null, "secretary")))
                .startsWith("parties: Parties: these are not codes of Parties: XXX");
    }

    @Test
    void addsNobodyWhoIsExempted() {
        duty("opened+30D");
        given(deadlines.of(any(), any(), any(), any(), any())).willReturn(on(LocalDate.of(2026, 12, 24)));
        UUID campaign = campaigns
                .open("some-duty", "2026-11", List.of("CHE"), "secretary")
                .id();
        campaigns.exempt("some-duty", "2026-11", "KEN", "Under reorganisation.", "secretary");

        assertThat(refusal(() -> campaigns.add(campaign, "KEN", null, "secretary")))
                .isEqualTo("parties: Party: KEN is exempted from this occasion. Lift the exemption first.");
    }

    @Test
    void showsBeforehandWhoWouldBeTold() {
        duty("opened+30D");
        given(deadlines.of(any(), any(), any(), any(), any())).willReturn(on(LocalDate.of(2026, 12, 24)));
        campaigns.exempt("some-duty", "2026-11", "EGY", "Under reorganisation.", "secretary");
        Holder swiss = holder("nfp-CHE", "anna@example.org", "fr");
        Holder kenyan = holder("alt-KEN", "  ", "en");
        Holder european = holder("rep-europe", "europe@example.org", "es");
        Map<String, List<Holder>> reached = Map.of(
                "nfp-CHE", List.of(swiss),
                "min-CHE", List.of(holder("nfp-CHE", "Anna@example.org", "fr")),
                "rep-europe", List.of(european),
                "nfp-KEN", List.of(kenyan));
        given(seats.reachedByEach(anyCollection())).willReturn(reached);
        given(seats.mailedByEach(anyCollection())).willReturn(reached);
        given(seats.inOffice(anyCollection())).willReturn(Map.of("nfp-CHE", List.of(swiss)));

        Preview preview = campaigns.preview("some-duty", "2026-11", List.of("KEN", "CHE", "EGY"));

        assertThat(preview.lines())
                .extracting(line -> line.party().code(), Preview.Line::fate, Preview.Line::reason)
                .containsExactly(
                        tuple("CHE", Preview.Fate.OPENS, null),
                        tuple("EGY", Preview.Fate.EXEMPTED, "Under reorganisation."),
                        tuple("KEN", Preview.Fate.OPENS, null));
        assertThat(preview.mailsByLanguage()).isEqualTo(Map.of("es", 1L, "fr", 1L));
        assertThat(preview.unreachable())
                .extracting(Preview.Mail::seatCode, Preview.Mail::holder)
                .containsExactly(tuple("nfp-KEN", kenyan));
        assertThat(preview.vacancies()).containsExactly(new Preview.Vacancy("nfp-KEN", List.of(kenyan)));
        assertThat(preview.lines().get(2).unreachable()).isTrue();
        assertThat(preview.deadlines(Duty.DUE)).extracting(Deadline::on).containsExactly(LocalDate.of(2026, 12, 24));
        assertThat(opened).isEmpty();
    }

    @Test
    void showsBeforehandWhomMailDoesNotReachAnyMore() {
        duty("opened+30D");
        given(deadlines.of(any(), any(), any(), any(), any())).willReturn(on(LocalDate.of(2026, 12, 24)));
        Holder gone = holder("nfp-CHE", "gone@example.org", "fr");
        Holder alternate = holder("alt-CHE", "beat@example.org", "fr");
        given(seats.reachedByEach(anyCollection())).willReturn(Map.of("nfp-CHE", List.of(gone)));
        given(seats.mailedByEach(anyCollection())).willReturn(Map.of("nfp-CHE", List.of(alternate)));
        given(seats.inOffice(anyCollection())).willReturn(Map.of("nfp-CHE", List.of(gone)));

        Preview preview = campaigns.preview("some-duty", "2026-11", List.of("CHE"));

        assertThat(preview.unreachable())
                .extracting(Preview.Mail::holder, Preview.Mail::returned)
                .containsExactly(tuple(gone, true));
        assertThat(preview.mailsByLanguage()).isEqualTo(Map.of("fr", 1L));
    }

    @Test
    void opensSeveralDutiesTogetherOrNone() {
        duty("opened+30D");
        given(deadlines.of(any(), any(), any(), any(), any())).willReturn(on(LocalDate.of(2026, 12, 24)));

        assertThat(campaigns.openTogether(List.of("some-duty", "some-duty"), "cop16", null, "secretary"))
                .extracting(Campaigns.Campaign::total)
                .containsExactly(3);
        assertThat(refusal(() -> campaigns.openTogether(List.of("no-duty"), "cop16", null, "secretary")))
                .startsWith("duty: Duty: there is no duty called “no-duty”");
        assertThat(refusal(() -> campaigns.openTogether(List.of(), "cop16", null, "secretary")))
                .isEqualTo("duty: Duty: choose at least one duty.");
    }

    private static final Meeting PAST = new Meeting(
            "cop15",
            Meeting.Kind.COP,
            null,
            null,
            Meeting.Span.day(LocalDate.of(2026, 3, 23)),
            LocalDate.of(2026, 3, 29),
            BONN,
            false);

    /** A duty of COPs and MOPs, due on a day, for the meeting. */
    private void dutyOf(Meeting meeting, LocalDate due, Duty.Binding binds) {
        DueRule rule = DueRule.parse("meeting-30D");
        given(duties.find("some-duty"))
                .willReturn(Optional.of(new Duty(
                        "some-duty",
                        "D10",
                        Duty.Group.MEETINGS,
                        "nfp",
                        Duty.Kind.MEETING,
                        false,
                        rule,
                        15,
                        List.of(),
                        binds,
                        "made up",
                        true,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        Set.of(Meeting.Kind.COP, Meeting.Kind.MOP),
                        null,
                        false,
                        Duty.Closing.BY_DECISION)));
        given(meetings.find(meeting.code())).willReturn(Optional.of(meeting));
        given(deadlines.of(any(), any(), any(), any(), any())).willReturn(on(due));
    }

    @Test
    void opensOnlyForThosePartiesThatTheMeetingsAgreementHas() {
        given(instruments.parties("AEWA")).willReturn(Set.of("CHE", "KEN"));
        Meeting mop = new Meeting("aewa-mop9", Meeting.Kind.MOP, "AEWA", null, null, null, null, BONN, true);
        dutyOf(mop, LocalDate.of(2028, 7, 1), Duty.Binding.all(Duty.Suggestion.ALL, null));

        Preview preview = campaigns.preview("some-duty", "aewa-mop9", List.of("CHE", "EGY"));
        Campaigns.Campaign campaign = campaigns.open("some-duty", "aewa-mop9", List.of("CHE", "EGY"), "secretary");

        assertThat(preview.with(Preview.Fate.NOT_BOUND))
                .extracting(line -> line.party().code())
                .containsExactly("EGY");
        assertThat(opened).containsOnlyKeys("CHE");
        assertThat(campaign.total()).isEqualTo(1);
        assertThat(campaign.notBound()).isEqualTo(1);
        assertThat(campaigns.notBound(campaign.id())).containsExactly("EGY");
        assertThat(campaigns.parties(campaign.id())).containsExactly("CHE");
        assertThat(refusal(() -> campaigns.open("some-duty", "aewa-mop9", List.of("EGY"), "secretary")))
                .startsWith("parties: Parties: the duty binds none of those chosen");
        assertThat(refusal(() -> campaigns.add(campaign.id(), "EGY", null, "secretary")))
                .isEqualTo("parties: Party: EGY is not bound by the duty for this occasion. Choose one that is.");
        assertThat(campaigns.openTogether(List.of("some-duty"), "aewa-mop9", null, "secretary"))
                .extracting(Campaigns.Campaign::total)
                .containsExactly(2);
        assertThat(campaigns.suggested(duties.find("some-duty").orElseThrow(), "aewa-mop9"))
                .extracting(Party::code)
                .containsExactly("CHE", "KEN");
    }

    @ParameterizedTest
    @MethodSource("bindings")
    void opensForNobodyWhomTheDutyDoesNotBind(Duty.Binding binds, List<String> bound) {
        given(instruments.parties("AEWA")).willReturn(Set.of("CHE", "KEN"));
        given(eligibility.eligible("funding-eligibility", List.of("CHE", "EGY", "KEN")))
                .willReturn(Set.of("KEN"));
        given(seats.inOffice(List.of("scc-CHE", "scc-EGY", "scc-KEN")))
                .willReturn(Map.of("scc-EGY", List.of(holder("scc-EGY", "e@example.org", "en"))));
        duty("opened+30D", binds);
        given(deadlines.of(any(), any(), any(), any(), any())).willReturn(on(LocalDate.of(2026, 12, 24)));

        Campaigns.Campaign campaign = campaigns.open("some-duty", "2026-11", List.of("CHE", "EGY", "KEN"), "secretary");

        assertThat(opened.keySet()).containsExactlyInAnyOrderElementsOf(bound);
        assertThat(campaign.total()).isEqualTo(bound.size());
        assertThat(campaign.notBound()).isEqualTo(3 - bound.size());
    }

    @Test
    void refusesAMeetingOfAnotherAgreementAndOneThatBelongsToNobody() {
        Duty.Binding aewa = binding(Duty.Bound.OF_INSTRUMENT, null, "AEWA", null, null);
        Meeting bats = new Meeting("eurobats-mop11", Meeting.Kind.MOP, "EUROBATS", null, null, null, null, BONN, true);
        dutyOf(bats, LocalDate.of(2028, 7, 1), aewa);
        assertThat(refusal(() -> campaigns.preview("some-duty", "eurobats-mop11", List.of("CHE"))))
                .startsWith("occasion: Occasion: this duty is for meetings of AEWA, and “eurobats-mop11” is none.");
        assertThat(refusal(() -> campaigns.open("some-duty", "eurobats-mop11", List.of("CHE"), "secretary")))
                .startsWith("occasion: Occasion: this duty is for meetings of AEWA");

        dutyOf(
                new Meeting("mop1", Meeting.Kind.MOP, null, null, null, null, BONN, true),
                LocalDate.of(2028, 7, 1),
                Duty.Binding.all(Duty.Suggestion.ALL, null));
        assertThat(refusal(() -> campaigns.openTogether(List.of("some-duty"), "mop1", null, "secretary")))
                .startsWith("occasion: Occasion: nobody has entered whose meeting “mop1” is.");
        assertThat(opened).isEmpty();
    }

    @Test
    void opensForAMeetingThatIsOverOnlyWithAReason() {
        dutyOf(PAST, LocalDate.of(2026, 2, 21), Duty.Binding.all(Duty.Suggestion.ALL, null));

        Preview preview = campaigns.preview("some-duty", "cop15", List.of("CHE"));
        assertThat(preview.late())
                .isEqualTo(new Preview.Late(Preview.Late.Kind.MEETING_OVER, LocalDate.of(2026, 3, 29)));
        assertThat(refusal(() -> campaigns.open("some-duty", "cop15", List.of("CHE"), "secretary")))
                .isEqualTo("lateReason: Reason: the meeting “cop15” was over on 29 March 2026, and this duty was owed"
                        + " before that. If it is to be opened all the same, say why in 10 to 1000 characters.");
        assertThat(refusal(() -> campaigns.open("some-duty", "cop15", List.of("CHE"), "Too short", "secretary")))
                .startsWith("lateReason: ");
        assertThat(opened).isEmpty();

        Campaigns.Campaign campaign =
                campaigns.open("some-duty", "cop15", List.of("CHE"), " Kenya asked for it. ", "secretary");

        assertThat(campaign.lateReason()).isEqualTo("Kenya asked for it.");
        assertThat(opened).containsOnlyKeys("CHE");
        assertThat(campaigns.late(campaign)).isNull();
        assertThat(campaigns.add(campaign.id(), "KEN", null, "secretary").total())
                .isEqualTo(2);
    }

    @Test
    void asksForAReasonWhereEveryDeadlineIsPastAndForNoneWhereOneIsAhead() {
        Duty.Binding all = Duty.Binding.all(Duty.Suggestion.ALL, null);
        dutyOf(PAST, LocalDate.of(2026, 4, 28), all);
        assertThat(campaigns.preview("some-duty", "cop15", List.of("CHE")).late())
                .isEqualTo(new Preview.Late(Preview.Late.Kind.DEADLINES_PAST, LocalDate.of(2026, 4, 28)));

        dutyOf(PAST, TODAY, all);
        assertThat(campaigns.preview("some-duty", "cop15", List.of("CHE")).late())
                .isNull();
        assertThat(campaigns
                        .open("some-duty", "cop15", List.of("CHE"), "Not looked at.", "secretary")
                        .lateReason())
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("bindings")
    void knowsWhomADutyBinds(Duty.Binding binds, List<String> bound) {
        given(instruments.parties("AEWA")).willReturn(Set.of("CHE", "KEN"));
        given(eligibility.eligible("funding-eligibility", List.of("CHE", "EGY", "KEN")))
                .willReturn(Set.of("KEN"));
        given(seats.inOffice(List.of("scc-CHE", "scc-EGY", "scc-KEN")))
                .willReturn(Map.of("scc-EGY", List.of(holder("scc-EGY", "e@example.org", "en"))));
        duty("opened+30D", binds);

        assertThat(campaigns.bound(duties.find("some-duty").orElseThrow(), "2026-11"))
                .extracting(Party::code)
                .isEqualTo(bound);
        assertThat(campaigns.suggested(duties.find("some-duty").orElseThrow()))
                .extracting(Party::code)
                .isEqualTo(bound);
    }

    static Stream<Arguments> bindings() {
        return Stream.of(
                Arguments.of(Duty.Binding.all(Duty.Suggestion.ALL, null), List.of("CHE", "EGY", "KEN")),
                Arguments.of(binding(Duty.Bound.OF_REGION, "africa", null, null, null), List.of("EGY", "KEN")),
                Arguments.of(binding(Duty.Bound.OF_INSTRUMENT, null, "AEWA", null, null), List.of("CHE", "KEN")),
                Arguments.of(binding(Duty.Bound.WITH_SEAT, null, null, null, "scc"), List.of("EGY")),
                Arguments.of(binding(Duty.Bound.ELIGIBLE, null, null, "funding-eligibility", null), List.of("KEN")));
    }

    private static Duty.Binding binding(
            Duty.Bound parties, String region, String instrument, String decision, String role) {
        return new Duty.Binding(parties, region, instrument, decision, Duty.Suggestion.ALL, role);
    }

    private Obligation owed(Obligation.State state) {
        Obligation owed = new Obligation(
                UUID.randomUUID(),
                "some-duty",
                "2026-11",
                "EGY",
                state,
                on(LocalDate.of(2026, 12, 24)),
                NOW,
                state.open() ? null : NOW,
                false,
                null);
        given(obligations.list(any(), anyInt(), anyInt())).willReturn(new Obligations.Page<>(List.of(owed), 1));
        return owed;
    }

    private static Holder holder(String seat, String email, String language) {
        return new Holder(
                UUID.randomUUID(),
                seat,
                null,
                seat,
                email,
                Locale.forLanguageTag(language),
                LocalDate.of(2020, 1, 1),
                null,
                true,
                null);
    }

    private static String refusal(ThrowingCallable act) {
        InvalidCampaign refused = catchThrowableOfType(InvalidCampaign.class, act);
        return refused.field() + ": " + refused.getMessage();
    }
}
