package org.sterna.secretariat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sterna.Databases;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.RandomLedger;

/** What the Secretariat's pages count, beside the same counted naively over random ledgers. */
class StandingsTests {

    private static final Instant NOW = RandomLedger.NOW;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private JdbcClient jdbc;
    private Standings standings;
    private List<RandomLedger.Row> rows;

    /** One database of each kind serves all tests, as each test fills it anew. */
    private static final Map<String, DataSource> DATABASES =
            Map.of("H2", Databases.h2(), "PostgreSQL", Databases.postgres());

    static Stream<Arguments> ledgers() {
        return DATABASES.keySet().stream()
                .flatMap(database -> LongStream.range(0, 5).mapToObj(seed -> Arguments.of(database, seed)));
    }

    private void on(String database, long seed) {
        jdbc = JdbcClient.create(DATABASES.get(database));
        rows = RandomLedger.fill(DATABASES.get(database), seed);
        standings = new Standings(jdbc);
    }

    private static @Nullable LocalDate answeredOn(RandomLedger.Row row) {
        Instant at =
                switch (row.obligation().state()) {
                    case WITH_SECRETARIAT -> row.answeredAt();
                    case DISCHARGED, NIL_RETURN ->
                        row.answeredAt() == null ? row.obligation().closedAt() : row.answeredAt();
                    default -> null;
                };
        return at == null
                ? null
                : LocalDate.ofInstant(at, row.obligation().deadline().zone());
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void tellsWhatBecameOfTheNewestRounds(String database, long seed) {
        on(database, seed);
        List<Standings.Answer> expected = rows.stream()
                .filter(row -> row.round() <= 2)
                .map(row -> new Standings.Answer(
                        row.obligation().id(),
                        row.obligation().duty(),
                        row.obligation().occasion(),
                        row.round(),
                        row.obligation().partyCode(),
                        row.obligation().state(),
                        row.obligation().deadline().on(),
                        answeredOn(row),
                        row.obligation().late()))
                .toList();

        assertThat(standings.answers(2)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(standings.answers("second-duty", 2))
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .filter(answer -> answer.duty().equals("second-duty"))
                        .toList());
        assertThat(standings.occasions())
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(row -> row.obligation().occasion()).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void comparesWithTheSameDayOfTheRoundBefore(String database, long seed) {
        on(database, seed);
        Map<String, Rate> rates = Rate.by(Standings.Answer::duty, standings.answers(2), TODAY);

        for (String duty : RandomLedger.DUTIES) {
            List<RandomLedger.Row> asked = rows.stream()
                    .filter(row -> row.obligation().duty().equals(duty)
                            && row.obligation().state() != Obligation.State.EXCUSED)
                    .toList();
            List<RandomLedger.Row> now =
                    asked.stream().filter(row -> row.round() == 1).toList();
            List<RandomLedger.Row> before =
                    asked.stream().filter(row -> row.round() == 2).toList();
            if (now.isEmpty() && before.isEmpty()) {
                assertThat(rates).doesNotContainKey(duty);
                continue;
            }
            Rate rate = rates.get(duty);
            assertThat(rate.asked()).isEqualTo(now.size());
            assertThat(rate.answered()).isEqualTo((int)
                    now.stream().filter(row -> answeredOn(row) != null).count());
            if (before.isEmpty()) {
                assertThat(rate.before()).isNull();
                continue;
            }
            long left = ChronoUnit.DAYS.between(TODAY, usualDeadline(duty));
            assertThat(rate.before().asked()).isEqualTo(before.size());
            assertThat(rate.before().answered()).isEqualTo((int) before.stream()
                    .filter(row -> {
                        LocalDate on = answeredOn(row);
                        LocalDate due = row.obligation().deadline().on();
                        return on != null && ChronoUnit.DAYS.between(on, due) >= left;
                    })
                    .count());
        }
    }

    private LocalDate usualDeadline(String duty) {
        Map<LocalDate, Integer> counted = new HashMap<>();
        rows.stream()
                .filter(row -> row.round() == 1 && row.obligation().duty().equals(duty))
                .forEach(row -> counted.merge(row.obligation().deadline().on(), 1, Integer::sum));
        int most = counted.values().stream().mapToInt(count -> count).max().orElseThrow();
        return counted.keySet().stream()
                .filter(day -> counted.get(day) == most)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void gathersWhatHappensNext(String database, long seed) {
        on(database, seed);
        Instant until = NOW.plus(Duration.ofDays(14));
        Map<List<Object>, Integer> expected = new HashMap<>();
        rows.stream().map(RandomLedger.Row::obligation).forEach(one -> {
            Obligation.NextAct act = one.nextAct();
            if (act != null && act.at().isAfter(NOW) && !act.at().isAfter(until)) {
                expected.merge(
                        List.of(
                                one.duty(),
                                one.occasion(),
                                act.rung(),
                                LocalDate.ofInstant(act.at(), one.deadline().zone())),
                        1,
                        Integer::sum);
            }
        });

        List<Standings.Milestone> found = standings.milestones(NOW, until, 1000);

        assertThat(found.stream()
                        .collect(Collectors.toMap(
                                one -> List.<Object>of(
                                        one.duty(),
                                        one.occasion(),
                                        one.act().rung(),
                                        LocalDate.ofInstant(one.act().at(), one.zone())),
                                Standings.Milestone::parties)))
                .isEqualTo(expected);
        assertThat(found).extracting(one -> one.act().at()).isSorted();
        for (int most : List.of(2, 1, 30, 3, 1000)) {
            assertThat(standings.milestones(NOW, until, most))
                    .isEqualTo(found.subList(0, Math.min(most, found.size())));
        }
    }

    /** As clocks are that were set anew one after the other. */
    @ParameterizedTest
    @MethodSource("ledgers")
    void tellsOnceWhatHappensMillisecondsApart(String database, long seed) {
        on(database, seed);
        Instant at = NOW.plus(Duration.ofDays(3));
        jdbc.sql("update obligation set next_at = null").update();
        int moved = 0;
        for (RandomLedger.Row row : rows) {
            if (row.obligation().state() == Obligation.State.WITH_PARTY && moved < 9) {
                moved += jdbc.sql(
                                "update obligation set duty = 'credentials', occasion = 'rep14', next_rung = 'overdue-2',"
                                        + " next_at = :at, deadline_zone = 'Europe/Berlin', party_code = :party where id = :id")
                        .param("at", at.plusMillis(37L * moved).atOffset(ZoneOffset.UTC))
                        .param("party", "Q" + (char) ('A' + moved) + "Q")
                        .param("id", row.obligation().id())
                        .update();
            }
        }

        assertThat(standings.milestones(NOW, NOW.plus(Duration.ofDays(14)), 10))
                .singleElement()
                .extracting(Standings.Milestone::occasion, Standings.Milestone::parties)
                .containsExactly("rep14", moved);
        assertThat(moved).isGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void tellsHowFarCampaignsAre(String database, long seed) {
        on(database, seed);
        Random chance = new Random(seed);
        List<Standings.Progress> expected = new ArrayList<>();
        int age = 0;
        for (String duty : RandomLedger.DUTIES) {
            UUID id = UUID.randomUUID();
            jdbc.sql("insert into campaign (id, duty, occasion, opened_by, opened_at)"
                            + " values (:id, :duty, 'round-1', 'secretariat', :at)")
                    .param("id", id)
                    .param("duty", duty)
                    .param("at", NOW.minus(Duration.ofDays(age++)).atOffset(ZoneOffset.UTC))
                    .update();
            List<Obligation> in = rows.stream()
                    .map(RandomLedger.Row::obligation)
                    .filter(one -> one.duty().equals(duty) && one.occasion().equals("round-1"))
                    .filter(one -> chance.nextInt(3) > 0)
                    .toList();
            in.forEach(one -> jdbc.sql("insert into campaign_party (campaign_id, party_code, already)"
                            + " values (:id, :party, false)")
                    .param("id", id)
                    .param("party", one.partyCode())
                    .update());
            int ended = (int) in.stream().filter(one -> !one.state().open()).count();
            if (ended < in.size()) {
                expected.add(new Standings.Progress(id, duty, "round-1", in.size(), ended, (int) in.stream()
                        .filter(one -> one.state() == Obligation.State.WITH_SECRETARIAT)
                        .count()));
            }
        }

        assertThat(standings.campaigns(10)).isEqualTo(expected);
    }

    @Test
    void comparesLikeWithLike() {
        // the first duty has a round before, the second has none: only the first counts for the difference
        List<Standings.Answer> answers = List.of(
                answer("first", 1, "CHE", TODAY.minusDays(3)),
                answer("first", 1, "FRA", null),
                answer("first", 2, "CHE", TODAY),
                answer("first", 2, "FRA", TODAY.plusDays(9)),
                answer("second", 1, "CHE", TODAY));

        Rate rate = Rate.by(answer -> "all", answers, TODAY).get("all");

        assertThat(rate.asked()).isEqualTo(3);
        assertThat(rate.answered()).isEqualTo(2);
        assertThat(rate.percent()).isEqualTo(67);
        assertThat(rate.before()).isEqualTo(new Rate.Before(2, 1, 0));
    }

    private static Standings.Answer answer(String duty, int round, String party, @Nullable LocalDate answeredOn) {
        return new Standings.Answer(
                UUID.randomUUID(),
                duty,
                "round-" + round,
                round,
                party,
                answeredOn == null ? Obligation.State.WITH_PARTY : Obligation.State.DISCHARGED,
                TODAY.plusDays(5),
                answeredOn,
                false);
    }
}
