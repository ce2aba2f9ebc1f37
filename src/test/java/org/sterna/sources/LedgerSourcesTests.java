package org.sterna.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anySet;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.duties.InvalidCatalogue;
import org.sterna.forms.Form;
import org.sterna.forms.FormGate;
import org.sterna.forms.Forms;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Facts;
import org.sterna.register.Holder;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Region;
import org.sterna.register.Seats;
import org.sterna.register.Today;

/** Sources over pretended modules; a field takes whatever it is offered. */
class LedgerSourcesTests {

    private static final Instant NOW = Instant.parse("2026-11-24T23:30:00Z");
    private static final Obligation OWED = new Obligation(
            UUID.randomUUID(),
            "some-duty",
            "cop16",
            "CHE",
            Obligation.State.WITH_PARTY,
            new Deadline(LocalDate.of(2026, 12, 24), ZoneId.of("Europe/Berlin"), Deadline.Origin.RULE, "x", false),
            NOW,
            null,
            false,
            null);
    private static final OpenTask TASK = new OpenTask("t1", OWED.id(), "some-duty", "some-step", "nfp-CHE", NOW, null);
    private static final Account CALLER =
            new Account("che-nfp", "Office", "office@example.org", Locale.FRENCH, "CHE", Set.of("nfp-CHE"), false);

    private final Forms forms = mock();
    private final FormGate gate = mock();
    private final Obligations obligations = mock();
    private final Parties parties = mock();
    private final Seats seats = mock();
    private final Accounts accounts = mock();
    private final CaseVariables variables = mock();
    private final Meetings meetings = mock();
    private final Facts register = new Facts() {

        @Override
        public Set<String> names() {
            return Set.of("arrearsYears", "arrears");
        }

        @Override
        public Optional<Object> find(String name, String partyCode, String occasion) {
            return partyCode.equals("CHE")
                    ? Optional.of(name.equals("arrears") ? List.of(Map.of("year", 2024)) : 2)
                    : Optional.empty();
        }
    };

    @BeforeEach
    void takeEverything() {
        given(gate.fit(any(), any())).willAnswer(call -> Optional.ofNullable(call.getArgument(1)));
        given(gate.carry(any(), any(), any())).willAnswer(call -> Optional.ofNullable(call.getArgument(2)));
        given(parties.find("CHE"))
                .willReturn(
                        Optional.of(new Party("CHE", "Switzerland", "Suisse", "Suiza", Region.EUROPE, Locale.FRENCH)));
        given(accounts.find("che-nfp")).willReturn(Optional.of(CALLER));
    }

    @Test
    void asksNobodyWhereAFormNamesNoSource() {
        form(field("remarks", null, false, false));

        assertThat(sources().known(TASK, OWED, "che-nfp", Locale.ENGLISH)).isEqualTo(FormGate.Known.NOTHING);
        then(obligations).shouldHaveNoInteractions();
        then(variables).shouldHaveNoInteractions();
        then(parties).shouldHaveNoInteractions();
        then(seats).shouldHaveNoInteractions();
    }

    @Test
    void asksEachSourceOnceHoweverOftenItIsNamed() {
        form(
                field("a", "case.first-step.a", false, false),
                field("b", "case.first-step.b", false, true),
                field("c", "duty.other-duty.its-step.c", false, false),
                field("d", "duty.third-duty.its-step.d", false, true),
                field("e", "variable.e", false, false),
                field("f", "variable.f", false, true),
                field("g", null, true, false),
                field("h", null, true, false),
                field("i", "holder.name", false, false),
                field("j", "holder.email", false, true));
        given(obligations.newestElsewhere(OWED, OWED.duty(), List.of("some-step")))
                .willReturn(Optional.of(
                        new Obligations.Elsewhere("cop15", sent("some-step", "nfp-CHE", Map.of("g", 1, "h", 2)))));

        sources().opening(TASK, OWED, CALLER, Locale.ENGLISH);

        then(obligations).should(times(1)).submissions(OWED.id());
        then(obligations).should(times(1)).submissions("CHE", "cop16", Set.of("other-duty", "third-duty"));
        then(obligations).should(times(1)).newestElsewhere(OWED, OWED.duty(), List.of("some-step"));
        then(obligations).shouldHaveNoMoreInteractions();
        then(variables).should(times(1)).find("t1", Set.of("e", "f"));
        then(seats).should(times(1)).reachedBy("nfp-CHE");
    }

    @Test
    void offersWhatWasSentLastInTheCaseAndForOtherDuties() {
        form(
                field("a", "case.first-step.a", false, false),
                field("c", "duty.other-duty.its-step.c", false, false),
                field("none", "case.first-step.none", false, false));
        given(obligations.submissions(OWED.id()))
                .willReturn(List.of(
                        sent("first-step", "nfp-CHE", Map.of("a", "old")),
                        sent("first-step", "nfp-CHE", Map.of("a", "new")),
                        sent("other-step", "nfp-CHE", Map.of("a", "other"))));
        given(obligations.submissions(any(), any(), anyCollection()))
                .willReturn(Map.of("other-duty", List.of(sent("its-step", "nfp-CHE", Map.of("c", "there")))));

        assertThat(sources().opening(TASK, OWED, CALLER, Locale.ENGLISH).values())
                .isEqualTo(Map.of("a", "new", "c", "there"));
    }

    @Test
    void offersWhatIsKnownOfPartyHolderDayVariablesAndRegister() {
        form(
                field("party", "party", false, false),
                field("code", "party.code", false, false),
                field("name", "holder.name", false, false),
                field("language", "holder.language", false, false),
                field("day", "today", false, false),
                field("set", "variable.set", false, false),
                field("owed", "register.arrearsYears", false, false));
        given(variables.find(any(), anySet())).willReturn(Map.of("set", true));
        given(seats.reachedBy("nfp-CHE")).willReturn(List.of(holder("che-alt", "Beat"), holder("che-nfp", "Anna")));

        assertThat(sources().opening(TASK, OWED, CALLER, Locale.FRENCH).values())
                .containsEntry("party", "Suisse")
                .containsEntry("code", "CHE")
                .containsEntry("name", "Anna")
                .containsEntry("language", "fr")
                .containsEntry("day", LocalDate.of(2026, 11, 25))
                .containsEntry("set", true)
                .containsEntry("owed", 2);
    }

    @Test
    void offersTheDayWhereTheSeatIsAndWhetherTheDeadlineHasEndedInItsOwnZone() {
        form(field("day", "today", false, false), field("passed", "deadline.passed", false, false));
        given(parties.find("CHE"))
                .willReturn(Optional.of(new Party(
                        "CHE",
                        "Switzerland",
                        "Suisse",
                        "Suiza",
                        Region.EUROPE,
                        Locale.FRENCH,
                        ZoneId.of("Pacific/Pago_Pago"))));

        assertThat(sources().opening(TASK, OWED, CALLER, Locale.ENGLISH).values())
                .containsEntry("day", LocalDate.of(2026, 11, 24))
                .containsEntry("passed", "no");
        assertThat(sources()
                        .opening(TASK, due(LocalDate.of(2026, 11, 24)), CALLER, Locale.ENGLISH)
                        .values())
                .as("over in Bonn, while it is still that day at the seat")
                .containsEntry("passed", "yes");
    }

    private static Obligation due(LocalDate day) {
        return new Obligation(
                OWED.id(),
                OWED.duty(),
                OWED.occasion(),
                OWED.partyCode(),
                OWED.state(),
                new Deadline(day, ZoneId.of("Europe/Berlin"), Deadline.Origin.RULE, "x", false),
                OWED.openedAt(),
                null,
                false,
                null);
    }

    @Test
    void startsACorrectionFromWhatWasSentLastWithReadOnlyValuesOfNow() {
        form(
                field("a", "party.code", false, false),
                field("fixed", "party", false, true),
                field("c", null, true, false));
        given(obligations.submissions(OWED.id()))
                .willReturn(List.of(
                        sent("some-step", "nfp-CHE", Map.of("a", "sent", "fixed", "then", "carriedOverRead", true))));

        Opening opening = sources().opening(TASK, OWED, CALLER, Locale.ENGLISH);

        assertThat(opening.values()).isEqualTo(Map.of("a", "sent", "fixed", "Switzerland"));
        assertThat(opening.carriedOver()).isNull();
    }

    @Test
    void offersTheNewestOfSeveralSteps() {
        form(field("a", "case.first-step|second-step.a", false, false));
        given(obligations.submissions(OWED.id()))
                .willReturn(List.of(
                        sent("first-step", "nfp-CHE", Map.of("a", "first")),
                        sent("second-step", "nfp-CHE", Map.of("a", "second")),
                        sent("third-step", "nfp-CHE", Map.of("a", "third"))));

        assertThat(sources().opening(TASK, OWED, CALLER, Locale.ENGLISH).values())
                .isEqualTo(Map.of("a", "second"));
    }

    @Test
    void startsACorrectionFromAStepThatWasDoneSinceWhereTheSourceMeansBoth() {
        form(field("a", "case.some-step|later-step.a", false, false), field("b", "case.later-step.b", false, false));
        given(obligations.submissions(OWED.id()))
                .willReturn(List.of(
                        sent("some-step", "nfp-CHE", Map.of("a", "mine", "b", "mine")),
                        sent("later-step", "nfp-CHE", Map.of("a", "later", "b", "later"))));

        assertThat(sources().opening(TASK, OWED, CALLER, Locale.ENGLISH).values())
                .isEqualTo(Map.of("a", "later", "b", "mine"));
    }

    @Test
    void tellsTheDaysOfTheMeetingAsFarAsTheyAreKnown() {
        form(field("from", "meeting.opening", false, false), field("to", "meeting.closing", false, false));
        LocalDate opening = LocalDate.of(2027, 6, 7);
        LocalDate closing = LocalDate.of(2027, 6, 12);
        given(meetings.find("cop16"))
                .willReturn(
                        Optional.of(meeting(new Meeting.Span(opening, Meeting.Precision.DAY), closing)),
                        Optional.of(meeting(new Meeting.Span(opening, Meeting.Precision.MONTH), null)));

        assertThat(sources().opening(TASK, OWED, CALLER, Locale.ENGLISH).values())
                .isEqualTo(Map.of("from", opening, "to", closing));
        assertThat(sources().opening(TASK, OWED, CALLER, Locale.ENGLISH).values())
                .isEmpty();
    }

    private static Meeting meeting(Meeting.Span opening, LocalDate closing) {
        return new Meeting("cop16", Meeting.Kind.COP, null, null, opening, closing, ZoneId.of("Europe/Berlin"), false);
    }

    @Test
    void carriesAnswersOverAndLeavesTheRestEmpty() {
        form(field("a", "party.code", true, false), field("b", null, true, false), field("c", null, false, false));
        given(obligations.newestElsewhere(OWED, OWED.duty(), List.of("some-step")))
                .willReturn(Optional.of(new Obligations.Elsewhere(
                        "cop15", sent("some-step", "nfp-CHE", Map.of("a", "then", "b", false, "c", "not carried")))));

        Opening opening = sources().opening(TASK, OWED, CALLER, Locale.ENGLISH);

        assertThat(opening.values()).isEqualTo(Map.of("a", "then"));
        assertThat(opening.known().carriedOver()).isEqualTo(Map.of("a", "then"));
        assertThat(opening.carriedOver()).isEqualTo(new Opening.CarriedOver("cop15", NOW));
    }

    @Test
    void carriesNothingOverThatFitsNoMore() {
        form(field("a", null, true, false));
        given(gate.carry(any(), any(), any())).willReturn(Optional.empty());
        given(obligations.newestElsewhere(OWED, OWED.duty(), List.of("some-step")))
                .willReturn(Optional.of(
                        new Obligations.Elsewhere("cop15", sent("some-step", "nfp-CHE", Map.of("a", "then")))));

        assertThat(sources().opening(TASK, OWED, CALLER, Locale.ENGLISH))
                .isEqualTo(new Opening(Map.of(), FormGate.Known.NOTHING, null));
    }

    @Test
    void tellsConditionsFactsAsPlainValues() {
        Form.Field rows = new Form.Field(
                "rows",
                Form.Type.LIST,
                "label",
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                false,
                null,
                null,
                false,
                List.of(field("x", null, false, false), field("y", null, false, false)));
        given(forms.find("some-duty", "first-step"))
                .willReturn(Optional.of(new Form("some-duty", "first-step", List.of(rows), List.of())));
        given(forms.find("some-duty", "some-step"))
                .willReturn(Optional.of(new Form(
                        "some-duty",
                        "some-step",
                        List.of(field("a", null, false, false)),
                        List.of(),
                        Map.of(
                                "years", "register.arrearsYears",
                                "lines", "register.arrears",
                                "count", "variable.count",
                                "rows", "case.first-step.rows",
                                "nothing", "variable.nothing"))));
        given(variables.find("t1", Set.of("count", "nothing"))).willReturn(Map.of("count", 7L));
        given(obligations.submissions(OWED.id()))
                .willReturn(List.of(sent("first-step", "nfp-CHE", Map.of("rows", List.of(Map.of("x", "1"))))));

        Map<String, Object> facts =
                sources().known(TASK, OWED, null, Locale.ENGLISH).facts();

        assertThat(facts).containsOnlyKeys("years", "lines", "count", "rows");
        assertThat(facts)
                .containsEntry("years", new BigDecimal("2"))
                .containsEntry("lines", List.of(Map.of("year", new BigDecimal("2024"))))
                .containsEntry("count", new BigDecimal("7"));
        assertThat(((Map<?, ?>) ((List<?>) facts.get("rows")).get(0))).hasToString("{x=1, y=null}");
    }

    @Test
    void stopsTheStartWhereNobodyTellsAFact() {
        form(field("a", "register.arrearsDays", false, false));

        assertThatThrownBy(this::sources)
                .isInstanceOf(InvalidCatalogue.class)
                .hasMessage("forms/some-duty/some-step.form: a.properties.prefill: there is no fact 'arrearsDays';"
                        + " known are arrears, arrearsYears");
    }

    @Test
    void stopsTheStartWhereTwoTellTheSameFact() {
        assertThatThrownBy(() -> new FactBook(List.of(register, register), forms))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("arrears");
    }

    private Sources sources() {
        return new LedgerSources(
                forms,
                gate,
                obligations,
                parties,
                seats,
                accounts,
                new FactBook(List.of(register), forms),
                variables,
                meetings,
                new Today(parties, Clock.fixed(NOW, ZoneOffset.UTC)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void form(Form.Field... fields) {
        Form form = new Form("some-duty", "some-step", new ArrayList<>(List.of(fields)), List.of());
        given(forms.find("some-duty", "some-step")).willReturn(Optional.of(form));
        given(forms.all()).willReturn(List.of(form));
    }

    private static Form.Field field(String key, String prefill, boolean carry, boolean readonly) {
        return new Form.Field(
                key,
                Form.Type.TEXT,
                "label",
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                false,
                prefill,
                carry ? new Form.Carry(List.of("some-step"), null) : null,
                readonly,
                List.of());
    }

    private static Submission sent(String step, String seat, Map<String, Object> values) {
        return new Submission(
                UUID.randomUUID(), OWED.id(), "t0", step, 1, values, "che-nfp", seat, false, false, NOW, "S-1");
    }

    private static Holder holder(String username, String name) {
        return new Holder(
                UUID.randomUUID(),
                "nfp-CHE",
                username,
                name,
                username + "@example.org",
                Locale.FRENCH,
                LocalDate.of(2025, 1, 1),
                null,
                false,
                null);
    }
}
