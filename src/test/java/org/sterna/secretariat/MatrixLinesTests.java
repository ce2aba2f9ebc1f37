package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sterna.Databases;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.RandomLedger;
import org.sterna.pages.Wording;
import org.sterna.register.Holder;
import org.sterna.register.Instruments;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Region;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

/** What the matrix shows of a choice, beside the same chosen naively over random ledgers and registers. */
class MatrixLinesTests {

    private static final Instant NOW = RandomLedger.NOW;
    private static final Instant BEFORE = NOW.minus(Duration.ofHours(1));
    private static final String ON_AN_OCCASION = "round-1";
    private static final DataSource DATABASE = Databases.h2();
    private static final List<String> LANGUAGES = List.of("en", "fr", "es");
    private static final List<String> STATES =
            List.of("", "open", "overdue", "due", "stuck", "with-party", "with-secretariat", "discharged", "lapsed");

    private final Duties duties = mock();
    private final Obligations obligations = mock();
    private final Parties parties = mock();
    private final Instruments instruments = mock();
    private final Seats seats = mock();
    private final Stillness stillness = mock();
    private final Wording wording = mock();
    private final Map<String, Holder> focalPoints = new HashMap<>();
    private final Set<String> members = new HashSet<>();

    private final MatrixLines lines =
            new MatrixLines(obligations, duties, parties, instruments, seats, stillness, wording);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void showsWhatFitsTheChoice(long seed) {
        Random chance = new Random(seed);
        List<Obligation> rows = RandomLedger.fill(DATABASE, seed).stream()
                .filter(row -> row.round() == 1)
                .map(RandomLedger.Row::obligation)
                .toList();
        List<Party> register = register(chance);
        List<Duty> catalogue = catalogue(chance);
        Set<UUID> stopped = rows.stream().map(Obligation::id).limit(3).collect(Collectors.toSet());
        words(rows, register, catalogue, stopped);

        for (int i = 0; i < 60; i++) {
            Matrix.Choice choice = choice(chance);
            Set<UUID> shown = lines.of(choice, Locale.ENGLISH).rows().stream()
                    .flatMap(row -> row.cells().stream())
                    .filter(Objects::nonNull)
                    .map(Matrix.Cell::id)
                    .collect(Collectors.toSet());

            assertThat(shown).as(choice.toString()).isEqualTo(expected(choice, rows, register, catalogue, stopped));
        }
    }

    private Set<UUID> expected(
            Matrix.Choice choice,
            List<Obligation> rows,
            List<Party> register,
            List<Duty> catalogue,
            Set<UUID> stopped) {
        Set<UUID> expected = new HashSet<>();
        for (Obligation one : rows) {
            Party party = register.stream()
                    .filter(each -> each.code().equals(one.partyCode()))
                    .findFirst()
                    .orElseThrow();
            Duty duty = catalogue.stream()
                    .filter(each -> each.key().equals(one.duty()))
                    .findFirst()
                    .orElseThrow();
            Holder holder = focalPoints.get(party.code());
            String seat = holder == null ? "vacant" : holder.confirmed() ? "confirmed" : "provisional";
            if (fits(choice.region(), party.region().code())
                    && fits(choice.language(), party.language().getLanguage())
                    && (choice.instrument().isEmpty()
                            || choice.instrument().equals("AEWA") && members.contains(party.code()))
                    && fits(choice.group(), duty.group().code())
                    && fits(choice.seat(), seat)
                    && (choice.holder().isEmpty()
                            || holder != null
                                    && Pattern.compile(choice.holder(), Pattern.CASE_INSENSITIVE)
                                            .matcher(holder.name())
                                            .find())
                    && inState(choice.state(), duty, stopped).test(one)) {
                expected.add(one.id());
            }
        }
        return expected;
    }

    private static boolean fits(String chosen, String is) {
        return chosen.isEmpty() || chosen.equals(is);
    }

    private static Predicate<Obligation> inState(String state, Duty duty, Set<UUID> stopped) {
        return one -> {
            boolean acts = one.state() == Obligation.State.OPENING || one.state() == Obligation.State.WITH_PARTY;
            Instant at = one.deadline().at();
            return switch (state) {
                case "" -> true;
                case "open" -> one.state().open();
                case "overdue" -> acts && at.isBefore(NOW);
                case "due" -> acts && !at.isBefore(NOW) && !at.isAfter(NOW.plus(Duration.ofDays(7)));
                case "stuck" ->
                    one.state().open() && stopped.contains(one.id())
                            || one.state() == Obligation.State.OPENING
                                    && one.openedAt().isBefore(BEFORE)
                            || one.state() == Obligation.State.WITH_PARTY
                                    && (one.nextAct() == null
                                            ? !duty.ladder().isEmpty()
                                            : one.nextAct().at().isBefore(BEFORE));
                default -> one.state().code().equals(state);
            };
        };
    }

    private static Matrix.Choice choice(Random chance) {
        return new Matrix.Choice(
                ON_AN_OCCASION,
                seldom(chance, Arrays.stream(Region.values()).map(Region::code).toList()),
                seldom(chance, List.of("AEWA", "NONE-SUCH")),
                seldom(chance, LANGUAGES),
                STATES.get(chance.nextInt(STATES.size())),
                seldom(
                        chance,
                        Arrays.stream(Duty.Group.values()).map(Duty.Group::code).toList()),
                seldom(chance, List.of("confirmed", "provisional", "vacant")),
                seldom(chance, List.of("a", "e", "CH")),
                chance.nextBoolean() ? null : "first-duty",
                chance.nextBoolean());
    }

    private static @Nullable String seldom(Random chance, List<String> choices) {
        return chance.nextInt(4) > 0 ? null : choices.get(chance.nextInt(choices.size()));
    }

    private List<Party> register(Random chance) {
        List<Party> register = new ArrayList<>();
        for (String code : RandomLedger.PARTIES) {
            register.add(new Party(
                    code,
                    code,
                    code,
                    code,
                    Region.values()[chance.nextInt(Region.values().length)],
                    Locale.forLanguageTag(LANGUAGES.get(chance.nextInt(3)))));
            if (chance.nextInt(3) > 0) {
                focalPoints.put(
                        code,
                        new Holder(
                                UUID.randomUUID(),
                                Seat.code(SeatRole.NFP, code),
                                null,
                                chance.nextBoolean() ? "ada " + code.toLowerCase(Locale.ROOT) : "peter of " + code,
                                "somebody@example.org",
                                Locale.ENGLISH,
                                LocalDate.of(2024, 1, 1),
                                null,
                                chance.nextBoolean(),
                                null));
            }
            if (chance.nextBoolean()) {
                members.add(code);
            }
        }
        return register;
    }

    private static List<Duty> catalogue(Random chance) {
        Rung rung = new Rung("reminder-9", Rung.Kind.REMINDER, Period.ofDays(-9), List.of("nfp"), List.of(), false);
        List<Duty> catalogue = new ArrayList<>();
        for (String key : RandomLedger.DUTIES) {
            Duty duty = mock();
            given(duty.key()).willReturn(key);
            given(duty.code()).willReturn("D0" + catalogue.size());
            given(duty.group()).willReturn(Duty.Group.values()[chance.nextInt(Duty.Group.values().length)]);
            given(duty.ladder()).willReturn(key.startsWith("quiet") ? List.of() : List.of(rung));
            catalogue.add(duty);
        }
        return catalogue;
    }

    private void words(List<Obligation> rows, List<Party> register, List<Duty> catalogue, Set<UUID> stopped) {
        given(duties.all()).willReturn(catalogue);
        given(duties.find(any())).willAnswer(call -> catalogue.stream()
                .filter(duty -> duty.key().equals(call.getArgument(0)))
                .findFirst());
        given(obligations.of(any(), any())).willAnswer(call -> rows.stream()
                .filter(one -> call.<Set<String>>getArgument(1).contains(one.duty()))
                .toList());
        given(parties.all()).willReturn(register);
        given(instruments.all())
                .willReturn(List.of(new Instruments.Instrument("AEWA", "AEWA", Instruments.Kind.AGREEMENT)));
        given(instruments.parties("AEWA")).willReturn(members);
        given(seats.inOffice(any()))
                .willReturn(focalPoints.values().stream().collect(Collectors.toMap(Holder::seatCode, List::of)));
        given(stillness.now()).willReturn(new Obligations.Stuck(BEFORE, stopped));
        given(wording.now()).willReturn(NOW);
        given(wording.text(any(), any())).willReturn("");
        given(wording.overdue(any()))
                .willAnswer(call -> call.<Obligation>getArgument(0).overdue(NOW));
        given(wording.state(any(Obligation.class), any())).willReturn(new Wording.Tag("open", "○", ""));
        given(wording.due(any(Obligation.class), any())).willReturn(new Wording.Due("", "", "", false, false));
    }
}
