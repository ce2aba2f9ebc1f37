package org.sterna.obligations;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.calendar.Deadline;

/** Rows of the ledger as chance has them, the same for the same seed, beside what was written. */
public final class RandomLedger {

    /** What the clock shows. */
    public static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    /** The Parties; each is in the register. */
    public static final List<String> PARTIES = List.of("ARG", "AUS", "CHE", "DEU", "FRA", "IND", "KEN", "NZL");

    /** Keys of duties; the last is voluntary and climbs no ladder. */
    public static final List<String> DUTIES = List.of("first-duty", "second-duty", "third-duty", "quiet-duty");

    private static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    /**
     * A row.
     *
     * @param obligation as the ledger tells it
     * @param answeredAt when the Party last sent something; null if it never did
     * @param plannedAt the next act as it is written, also where it means nothing
     * @param round 1 for the duty's newest occasion, counting into the past
     */
    public record Row(
            Obligation obligation,
            @Nullable Instant answeredAt,
            @Nullable Instant plannedAt,
            int round) {}

    private RandomLedger() {}

    /** Fills a migrated database, in place of what it was filled with before. */
    public static List<Row> fill(DataSource database, long seed) {
        return fill(database, seed, 1);
    }

    /** The same, with at least so many rounds of each duty. */
    public static List<Row> fill(DataSource database, long seed, int rounds) {
        TransactionTemplate once = new TransactionTemplate(new JdbcTransactionManager(database));
        return Objects.requireNonNull(once.execute(tx -> {
            JdbcClient jdbc = JdbcClient.create(database);
            List<Row> rows = fill(jdbc, seed, rounds);
            FirstDue firstDue = new FirstDue(jdbc, new NamedParameterJdbcTemplate(database), once);
            rows.forEach(row -> firstDue.changed(row.obligation().id()));
            return rows;
        }));
    }

    /** Adds rows for Parties that a migrated database has, and at least so many rounds of the duties. */
    public static List<Row> add(DataSource database, long seed, List<String> parties, List<String> duties, int rounds) {
        TransactionTemplate once = new TransactionTemplate(new JdbcTransactionManager(database));
        return Objects.requireNonNull(once.execute(tx -> {
            JdbcClient jdbc = JdbcClient.create(database);
            List<Row> rows = rows(jdbc, new Random(seed), parties, duties, rounds);
            FirstDue firstDue = new FirstDue(jdbc, new NamedParameterJdbcTemplate(database), once);
            rows.forEach(row -> firstDue.changed(row.obligation().id()));
            return rows;
        }));
    }

    private static List<Row> fill(JdbcClient jdbc, long seed, int least) {
        for (String table : List.of("campaign_party", "campaign", "first_due", "obligation", "occasion", "party")) {
            jdbc.sql("delete from " + table).update();
        }
        Random chance = new Random(seed);
        for (String party : PARTIES) {
            jdbc.sql("insert into party (code, name_en, name_fr, name_es, region, language)"
                            + " values (:code, :code, :code, :code, 'EUROPE', 'en')")
                    .param("code", party)
                    .update();
        }
        // locked once, and never opened
        jdbc.sql("insert into occasion (duty, code) values ('first-duty', 'locked')")
                .update();
        return rows(jdbc, chance, PARTIES, DUTIES, least);
    }

    private static List<Row> rows(
            JdbcClient jdbc, Random chance, List<String> parties, List<String> duties, int least) {
        List<Row> rows = new ArrayList<>();
        for (String duty : duties) {
            int rounds = least + chance.nextInt(4);
            for (int round = rounds; round >= 1; round--) {
                Instant opened = NOW.minus(Duration.ofDays(40L * round + chance.nextInt(20)));
                String occasion = "round-" + round;
                jdbc.sql("insert into occasion (duty, code, opened_at) values (:duty, :code, :at)")
                        .param("duty", duty)
                        .param("code", occasion)
                        .param("at", opened.atOffset(ZoneOffset.UTC))
                        .update();
                for (String party : parties) {
                    if (chance.nextInt(5) > 0) {
                        rows.add(row(duty, occasion, party, opened, round, chance));
                    }
                }
            }
        }
        rows.forEach(row -> insert(jdbc, row));
        return rows;
    }

    private static Row row(String duty, String occasion, String party, Instant opened, int round, Random chance) {
        Obligation.State state = Obligation.State.values()[chance.nextInt(Obligation.State.values().length)];
        LocalDate due = LocalDate.ofInstant(NOW, BONN).plusDays(chance.nextInt(60) - 30L);
        Instant answered = state == Obligation.State.OPENING || chance.nextInt(4) == 0
                ? null
                : opened.plus(Duration.ofHours(1 + chance.nextInt(900)));
        boolean planned = state.open() && state != Obligation.State.OPENING && chance.nextInt(4) > 0;
        Instant plannedAt = planned ? NOW.plus(Duration.ofHours(chance.nextInt(600) - 100L)) : null;
        boolean tells = planned && state == Obligation.State.WITH_PARTY;
        return new Row(
                new Obligation(
                        UUID.randomUUID(),
                        duty,
                        occasion,
                        party,
                        state,
                        new Deadline(due, BONN, Deadline.Origin.RULE, "opened+30D", chance.nextBoolean()),
                        opened,
                        state.open() ? null : opened.plus(Duration.ofHours(1000 + chance.nextInt(100))),
                        chance.nextBoolean(),
                        tells ? new Obligation.NextAct("reminder-" + chance.nextInt(3), plannedAt) : null),
                answered,
                plannedAt,
                round);
    }

    private static void insert(JdbcClient jdbc, Row row) {
        Obligation obligation = row.obligation();
        Deadline deadline = obligation.deadline();
        jdbc.sql("insert into obligation (id, duty, occasion, party_code, state, deadline_on, deadline_zone,"
                        + " deadline_at, deadline_origin, deadline_reference, deadline_provisional, opened_at,"
                        + " closed_at, late, next_rung, next_at, event_count, head_hash, answered_at) values (:id,"
                        + " :duty, :occasion, :party, :state, :on, :zone, :at, :origin, :reference, :provisional,"
                        + " :opened, :closed, :late, :rung, :next, 0, '', :answered)")
                .param("id", obligation.id())
                .param("duty", obligation.duty())
                .param("occasion", obligation.occasion())
                .param("party", obligation.partyCode())
                .param("state", obligation.state().name())
                .param("on", deadline.on())
                .param("zone", deadline.zone().getId())
                .param("at", Rows.sql(deadline.at()))
                .param("origin", deadline.origin().name())
                .param("reference", deadline.reference())
                .param("provisional", deadline.provisional())
                .param("opened", Rows.sql(obligation.openedAt()))
                .param("closed", Rows.sql(obligation.closedAt()))
                .param("late", obligation.late())
                .param(
                        "rung",
                        obligation.nextAct() != null
                                ? obligation.nextAct().rung()
                                : row.plannedAt() == null ? null : "reminder-9")
                .param("next", Rows.sql(row.plannedAt()))
                .param("answered", Rows.sql(row.answeredAt()))
                .update();
    }
}
