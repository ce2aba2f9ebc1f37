package org.sterna.obligations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;

/** What is counted and chosen by the database, beside the same done naively over random ledgers. */
class JdbcObligationsTests {

    private static final Instant NOW = RandomLedger.NOW;

    private static final Comparator<Obligation> IN_ORDER = Comparator.<Obligation, Boolean>comparing(
                    one -> !one.state().open())
            .thenComparing(one -> one.deadline().at())
            .thenComparing(Obligation::partyCode)
            .thenComparing(one -> one.id().toString());

    private final Duties duties = mock();
    private JdbcObligations obligations;
    private List<RandomLedger.Row> rows;

    /** One database of each kind serves all tests, as each test fills it anew. */
    private static final Map<String, DataSource> DATABASES =
            Map.of("H2", Databases.h2(), "PostgreSQL", Databases.postgres());

    static Stream<Arguments> ledgers() {
        return DATABASES.keySet().stream()
                .flatMap(database -> LongStream.range(0, 6).mapToObj(seed -> Arguments.of(database, seed)));
    }

    private void on(String database, long seed) {
        on(database, seed, 1);
    }

    private void on(String database, long seed, int rounds) {
        JdbcClient jdbc = JdbcClient.create(DATABASES.get(database));
        rows = RandomLedger.fill(DATABASES.get(database), seed, rounds);
        List<Duty> all = RandomLedger.DUTIES.stream()
                .map(key -> duty(key, key.startsWith("quiet")))
                .toList();
        given(duties.all()).willReturn(all);
        obligations = new JdbcObligations(jdbc, duties, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Duty duty(String key, boolean quiet) {
        Rung rung = new Rung("reminder-9", Rung.Kind.REMINDER, Period.ofDays(-9), List.of("nfp"), List.of(), false);
        return new Duty(
                key,
                "D01",
                "nfp",
                Duty.Kind.EVENT,
                quiet,
                DueRule.parse("opened+30D"),
                15,
                quiet ? List.of() : List.of(rung),
                Duty.Binding.all(Duty.Suggestion.ALL, null),
                "made up",
                true,
                List.of());
    }

    private Set<UUID> ids(Predicate<RandomLedger.Row> which) {
        return rows.stream().filter(which).map(row -> row.obligation().id()).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void tellsWhereEveryPartyStandsNow(String database, long seed) {
        on(database, seed);
        Map<List<String>, List<RandomLedger.Row>> cells = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.obligation().duty(), row.obligation().partyCode())));
        Map<UUID, Long> expected = cells.values().stream()
                .flatMap(cell -> {
                    List<Obligation> open = cell.stream()
                            .map(RandomLedger.Row::obligation)
                            .filter(one -> one.state().open())
                            .sorted(Comparator.comparing(one -> one.deadline().at()))
                            .toList();
                    return open.isEmpty()
                            ? cell.stream()
                                    .filter(row -> row.round() == 1)
                                    .map(row -> Map.entry(row.obligation().id(), 0L))
                            : Stream.of(Map.entry(open.get(0).id(), open.size() - 1L));
                })
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(obligations.now().stream()
                        .collect(Collectors.toMap(
                                standing -> earliest(standing.obligation(), expected.keySet()),
                                Obligations.Standing::others)))
                .isEqualTo(expected);
    }

    /** Of two that are due on the same day either may be chosen. */
    private UUID earliest(Obligation found, Set<UUID> expected) {
        return rows.stream()
                .map(RandomLedger.Row::obligation)
                .filter(one -> expected.contains(one.id())
                        && one.duty().equals(found.duty())
                        && one.partyCode().equals(found.partyCode())
                        && one.state().open() == found.state().open()
                        && one.deadline().at().equals(found.deadline().at()))
                .map(Obligation::id)
                .findFirst()
                .orElse(found.id());
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void listsAnOccasionWhole(String database, long seed) {
        on(database, seed);

        assertThat(obligations.of("round-1", Set.of("first-duty", "third-duty")))
                .containsExactlyInAnyOrderElementsOf(rows.stream()
                        .filter(row -> row.round() == 1)
                        .map(RandomLedger.Row::obligation)
                        .filter(one -> Set.of("first-duty", "third-duty").contains(one.duty()))
                        .toList());
        assertThat(obligations.of("round-1", Set.of())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void countsAndListsWhatIsOverdueDueWaitingOrStuck(String database, long seed) {
        on(database, seed);
        Instant week = NOW.plus(Duration.ofDays(7));
        Instant before = NOW.minus(Duration.ofHours(1));
        Set<UUID> stopped =
                rows.stream().map(row -> row.obligation().id()).limit(5).collect(Collectors.toSet());
        Predicate<RandomLedger.Row> partyActs = row -> row.obligation().state() == Obligation.State.OPENING
                || row.obligation().state() == Obligation.State.WITH_PARTY;
        Predicate<RandomLedger.Row> quiet = row -> row.obligation().duty().equals("quiet-duty");

        finds(
                new Obligations.Filter(null, null, null, Set.of(), true),
                partyActs
                        .and(quiet.negate())
                        .and(row -> row.obligation().deadline().at().isBefore(NOW)));
        finds(
                new Obligations.Filter(null, null, null, Set.of(), false, week, null),
                partyActs.and(row -> !row.obligation().deadline().at().isBefore(NOW)
                        && !row.obligation().deadline().at().isAfter(week)));
        finds(
                new Obligations.Filter(null, null, null, Set.of(Obligation.State.WITH_SECRETARIAT), false, null, null),
                row -> row.obligation().state() == Obligation.State.WITH_SECRETARIAT);
        finds(
                new Obligations.Filter(null, null, null, Set.of(), false, null, new Obligations.Stuck(before, stopped)),
                row -> row.obligation().state().open()
                        && (stopped.contains(row.obligation().id()) || still(row, before)));
        finds(
                new Obligations.Filter(
                        null, null, null, Set.of(), false, null, new Obligations.Stuck(before, Set.of())),
                row -> still(row, before));
        Obligations.Stuck stuck = new Obligations.Stuck(before, stopped);
        assertThat(ids(row -> stuck.includes(row.obligation(), !quiet.test(row))))
                .isEqualTo(ids(row -> row.obligation().state().open()
                        && (stopped.contains(row.obligation().id()) || still(row, before))));
        finds(
                new Obligations.Filter(
                        "first-duty",
                        null,
                        null,
                        EnumSet.of(
                                Obligation.State.OPENING, Obligation.State.WITH_SECRETARIAT, Obligation.State.LAPSED),
                        false,
                        null,
                        new Obligations.Stuck(before, stopped)),
                row -> row.obligation().duty().equals("first-duty")
                        && row.obligation().state().open()
                        && row.obligation().state() != Obligation.State.WITH_PARTY
                        && (stopped.contains(row.obligation().id()) || still(row, before)));
        finds(
                new Obligations.Filter(
                        null,
                        null,
                        null,
                        Set.of(Obligation.State.LAPSED),
                        false,
                        null,
                        new Obligations.Stuck(before, stopped)),
                row -> false);
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void findsWhatFitsAllThatIsChosen(String database, long seed) {
        on(database, seed);
        Random chance = new Random(seed);
        for (int i = 0; i < 40; i++) {
            String duty = chance.nextBoolean() ? null : RandomLedger.DUTIES.get(chance.nextInt(4));
            String party = chance.nextBoolean() ? null : RandomLedger.PARTIES.get(chance.nextInt(8));
            String occasion = chance.nextBoolean() ? null : "round-" + (1 + chance.nextInt(4));
            Set<Obligation.State> states = EnumSet.allOf(Obligation.State.class);
            states.removeIf(state -> chance.nextInt(3) == 0);
            finds(
                    new Obligations.Filter(duty, party, occasion, states, false),
                    row -> (duty == null || duty.equals(row.obligation().duty()))
                            && (party == null || party.equals(row.obligation().partyCode()))
                            && (occasion == null
                                    || occasion.equals(row.obligation().occasion()))
                            && states.contains(row.obligation().state()));
        }
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void tellsWhatAPartyOwesSinceADay(String database, long seed) {
        on(database, seed);
        LocalDate from = LocalDate.ofInstant(NOW, ZoneOffset.UTC).minusDays(8 + seed);
        for (String party : RandomLedger.PARTIES) {
            List<Obligation> expected = rows.stream()
                    .map(RandomLedger.Row::obligation)
                    .filter(one -> one.partyCode().equals(party)
                            && (one.state().open() || !one.deadline().on().isBefore(from)))
                    .toList();

            assertThat(obligations.since(party, from))
                    .extracting(Obligations.Recorded::obligation)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void tellsWhatIsDueInAPeriodOnce(String database, long seed) {
        on(database, seed);
        LocalDate day = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        for (LocalDate from : List.of(day.minusDays(40), day, day.plusDays(9))) {
            LocalDate until = from.plusDays(25);
            Set<Obligations.Action> expected = rows.stream()
                    .map(RandomLedger.Row::obligation)
                    .filter(one -> one.state().open()
                            && Set.of(Deadline.Origin.RULE, Deadline.Origin.NOTIFIED)
                                    .contains(one.deadline().origin())
                            && !one.deadline().on().isBefore(from)
                            && one.deadline().on().isBefore(until))
                    .map(one -> new Obligations.Action(one.duty(), one.occasion(), one.deadline()))
                    .collect(Collectors.toSet());

            assertThat(obligations.actions(from, until))
                    .containsExactlyInAnyOrderElementsOf(expected)
                    .isSortedAccordingTo(
                            Comparator.comparing(action -> action.deadline().on()));
        }
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void listsByPageAndAsAWholeInTheSameOrder(String database, long seed) {
        on(database, seed);
        for (Obligations.Filter filter : List.of(
                Obligations.Filter.ANY,
                new Obligations.Filter("first-duty", null, null, Set.of(), false),
                new Obligations.Filter(null, null, "round-1", Set.of(), false),
                new Obligations.Filter(
                        null, null, null, Set.of(Obligation.State.LAPSED, Obligation.State.OPENING), false))) {
            List<UUID> expected = rows.stream()
                    .map(RandomLedger.Row::obligation)
                    .filter(one -> (filter.duty() == null || filter.duty().equals(one.duty()))
                            && (filter.occasion() == null || filter.occasion().equals(one.occasion()))
                            && (filter.states().isEmpty() || filter.states().contains(one.state())))
                    .sorted(IN_ORDER)
                    .map(Obligation::id)
                    .toList();
            List<UUID> paged = new ArrayList<>();
            List<UUID> walked = new ArrayList<>();
            for (int page = 0; page * 7 < rows.size(); page++) {
                obligations.list(filter, page, 7).items().forEach(one -> paged.add(one.id()));
            }
            obligations.each(filter, 3, one -> walked.add(one.id()));
            List<UUID> begun = new ArrayList<>();
            obligations.each(filter, 3, one -> begun.add(one.id()) && begun.size() < 5);

            assertThat(paged).isEqualTo(expected);
            assertThat(walked).isEqualTo(expected);
            assertThat(begun).isEqualTo(expected.subList(0, Math.min(5, expected.size())));
        }
    }

    /** A list that somebody reads page by page while others read theirs. */
    private final class Walk {

        private final Obligations.Filter filter;
        private final List<UUID> expected;
        private final int size;
        private final List<UUID> seen = new ArrayList<>();
        private int page;

        Walk(Obligations.Filter filter, int size, List<UUID> expected) {
            this.filter = filter;
            this.size = size;
            this.expected = expected;
        }

        /** Reads a page; whether there are more. */
        boolean turn() {
            Obligations.Page<Obligation> read = obligations.list(filter, page++, size);
            read.items().forEach(one -> seen.add(one.id()));
            assertThat(read.total()).as("%s, page %d of %d", filter, page, size).isEqualTo(expected.size());
            return (long) page * size < read.total();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void reachesEveryObligationOnceHoweverManyReadAndInWhateverSteps(String database) {
        on(database, 11, 75);
        Set<Obligation.State> open =
                EnumSet.of(Obligation.State.OPENING, Obligation.State.WITH_PARTY, Obligation.State.WITH_SECRETARIAT);
        Obligations.Stuck stuck = new Obligations.Stuck(NOW.minus(Duration.ofHours(1)), ids(row -> false));
        Map<Obligations.Filter, Predicate<RandomLedger.Row>> filters = Map.of(
                Obligations.Filter.ANY,
                row -> true,
                new Obligations.Filter("first-duty", null, null, Set.of(), false),
                row -> row.obligation().duty().equals("first-duty"),
                new Obligations.Filter(null, "KEN", null, Set.of(), false),
                row -> row.obligation().partyCode().equals("KEN"),
                new Obligations.Filter(null, null, "round-3", Set.of(), false),
                row -> row.round() == 3,
                new Obligations.Filter(null, null, null, open, false),
                row -> row.obligation().state().open(),
                new Obligations.Filter("second-duty", null, null, Set.of(Obligation.State.LAPSED), false),
                row -> row.obligation().duty().equals("second-duty")
                        && row.obligation().state() == Obligation.State.LAPSED,
                new Obligations.Filter(null, null, null, Set.of(), true),
                row -> partyActs(row)
                        && !row.obligation().duty().equals("quiet-duty")
                        && row.obligation().deadline().at().isBefore(NOW),
                new Obligations.Filter(null, null, null, Set.of(), false, NOW.plus(Duration.ofDays(9)), null),
                row -> partyActs(row)
                        && !row.obligation().deadline().at().isBefore(NOW)
                        && !row.obligation().deadline().at().isAfter(NOW.plus(Duration.ofDays(9))),
                new Obligations.Filter(null, null, null, Set.of(), false, null, stuck),
                row -> still(row, stuck.before()));
        List<Walk> walks = new ArrayList<>();
        for (int size : List.of(7, 500, 33, 200, 50)) {
            filters.forEach((filter, fits) -> walks.add(new Walk(filter, size, inOrder(fits))));
        }

        for (List<Walk> left = walks; !left.isEmpty(); ) {
            left = left.stream().filter(Walk::turn).toList();
        }

        for (Walk walk : walks) {
            assertThat(walk.seen).as("%s by %d", walk.filter, walk.size).isEqualTo(walk.expected);
        }
        for (int atATime : List.of(4096, 17, 90, 64, 1000, 65)) {
            filters.forEach((filter, fits) -> {
                List<UUID> walked = new ArrayList<>();
                obligations.each(filter, atATime, one -> walked.add(one.id()));

                assertThat(walked).as("%s, %d at a time", filter, atATime).isEqualTo(inOrder(fits));
            });
        }
    }

    private List<UUID> inOrder(Predicate<RandomLedger.Row> which) {
        return rows.stream()
                .filter(which)
                .map(RandomLedger.Row::obligation)
                .sorted(IN_ORDER)
                .map(Obligation::id)
                .toList();
    }

    private static boolean partyActs(RandomLedger.Row row) {
        return row.obligation().state() == Obligation.State.OPENING
                || row.obligation().state() == Obligation.State.WITH_PARTY;
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void listsTheFirstTasksOfASeatWhateverNumberIsAskedFor(String database) {
        on(database, 11);
        JdbcClient jdbc = JdbcClient.create(DATABASES.get(database));
        Random chance = new Random(5);
        List<OpenTask> expected = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Obligation of = rows.get(chance.nextInt(rows.size())).obligation();
            OpenTask task = new OpenTask(
                    "task-%03d".formatted(i),
                    of.id(),
                    of.duty(),
                    "step",
                    "secretariat",
                    NOW.minus(Duration.ofHours(chance.nextInt(500))),
                    chance.nextInt(3) == 0 ? null : NOW.plus(Duration.ofHours(chance.nextInt(300))),
                    null);
            expected.add(task);
            jdbc.sql("insert into obligation_task (task_id, obligation_id, duty, step, seat_code, created_at, due_at)"
                            + " values (:task, :obligation, :duty, :step, :seat, :created, :due)")
                    .param("task", task.taskId())
                    .param("obligation", task.obligationId())
                    .param("duty", task.duty())
                    .param("step", task.step())
                    .param("seat", task.seatCode())
                    .param("created", Rows.sql(task.createdAt()))
                    .param("due", Rows.sql(task.dueAt()))
                    .update();
        }
        expected.sort(Comparator.comparing(OpenTask::dueAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(OpenTask::createdAt)
                .thenComparing(OpenTask::taskId));

        for (int most : List.of(8, 1, 64, 65, 300, 9, 500)) {
            assertThat(obligations.firstTasksOf("secretariat", most))
                    .as("the first %d", most)
                    .isEqualTo(expected.subList(0, Math.min(most, expected.size())));
        }
        jdbc.sql("delete from obligation_task").update();
    }

    private static boolean still(RandomLedger.Row row, Instant before) {
        return switch (row.obligation().state()) {
            case OPENING -> row.obligation().openedAt().isBefore(before);
            case WITH_PARTY ->
                row.plannedAt() == null
                        ? !row.obligation().duty().equals("quiet-duty")
                        : row.plannedAt().isBefore(before);
            default -> false;
        };
    }

    private void finds(Obligations.Filter filter, Predicate<RandomLedger.Row> which) {
        Set<UUID> expected = ids(which);
        assertThat(obligations.count(filter)).isEqualTo(expected.size());
        assertThat(obligations.list(filter, 0, 500).items())
                .extracting(Obligation::id)
                .hasSameElementsAs(expected);
    }
}
