package org.sterna.secretariat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.database.RowLimit;
import org.sterna.obligations.Obligation;

/** What the Secretariat's pages count and compare, read straight from the ledger's tables. */
@Component
class Standings {

    /** More occasions than anybody chooses from. */
    private static final int MOST_OCCASIONS = 200;

    /** More Parties than there are States. */
    private static final int MOST_PARTIES = 200;

    /** The rounds of duties, the newest of each first; {@code place} counts them from 1. */
    private static final String ROUNDS = """
            (select duty, code, place from (
                select duty, code, row_number() over (partition by duty order by opened_at desc, code desc) as place
                from occasion where opened_at is not null) counted
            where place <= :rounds)
            """;

    /** The columns, in the order in which {@link #answer} takes them. */
    private static final String ANSWER =
            "o.id, o.duty, o.occasion, r.place, o.party_code, o.state, o.deadline_on, o.deadline_zone, o.answered_at,"
                    + " o.closed_at, o.late";

    private final JdbcClient jdbc;

    Standings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What became of an obligation.
     *
     * @param id its identity
     * @param duty key of the duty
     * @param occasion the occasion
     * @param place 1 for the duty's newest round, 2 for the one before
     * @param partyCode who owes it
     * @param state where it stands
     * @param dueOn by when
     * @param answeredOn the day of the answer that the Secretariat has, in the deadline's zone; null while it has none
     * @param late whether that came after the deadline
     */
    record Answer(
            UUID id,
            String duty,
            String occasion,
            int place,
            String partyCode,
            Obligation.State state,
            LocalDate dueOn,
            @Nullable LocalDate answeredOn,
            boolean late) {

        /** Whether an answer is expected or was; not of those who were excused. */
        boolean asked() {
            return state != Obligation.State.EXCUSED;
        }
    }

    /**
     * What happens next, together.
     *
     * @param duty key of the duty
     * @param occasion the occasion
     * @param act what and when
     * @param zone of the deadlines
     * @param parties for how many Parties
     */
    record Milestone(String duty, String occasion, Obligation.NextAct act, ZoneId zone, int parties) {}

    /**
     * How far the cases of a campaign are.
     *
     * @param id the campaign
     * @param duty key of the duty
     * @param occasion the occasion
     * @param total how many it has
     * @param ended how many have ended
     * @param withSecretariat how many wait for the Secretariat
     */
    record Progress(UUID id, String duty, String occasion, int total, int ended, int withSecretariat) {}

    /** Codes of the occasions that duties were opened for, the newest first. */
    List<String> occasions() {
        return jdbc.sql("select code from occasion where opened_at is not null group by code"
                        + " order by max(opened_at) desc, code fetch first :most rows only")
                .param("most", MOST_OCCASIONS)
                .query(String.class)
                .list();
    }

    /** What became of the newest rounds of every duty. */
    List<Answer> answers(int rounds) {
        return jdbc.sql("select " + ANSWER + " from " + ROUNDS
                        + " r join obligation o on o.duty = r.duty and o.occasion = r.code")
                .param("rounds", rounds)
                .query(Standings::answer)
                .list();
    }

    /** What became of the newest rounds of a duty. */
    List<Answer> answers(String duty, int rounds) {
        // few rounds before they are joined, as PostgreSQL reads the whole ledger for all that may be
        return jdbc.sql("select " + ANSWER + " from (select duty, code, row_number() over ("
                        + "order by opened_at desc, code desc) as place from occasion"
                        + " where duty = :duty and opened_at is not null"
                        + " order by opened_at desc, code desc " + RowLimit.first(rounds) + ") r"
                        + " join obligation o on o.duty = r.duty and o.occasion = r.code")
                .param("duty", duty)
                .query(Standings::answer)
                .list();
    }

    /** By the place of the columns, as there are thousands of rows. */
    private static Answer answer(ResultSet row, int number) throws SQLException {
        Obligation.State state = Obligation.State.valueOf(row.getString(6));
        return new Answer(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                state,
                row.getObject(7, LocalDate.class),
                answeredOn(state, row),
                row.getBoolean(11));
    }

    /** What was discharged without anything sent was answered when it ended; what is with the Party is not. */
    private static @Nullable LocalDate answeredOn(Obligation.State state, ResultSet row) throws SQLException {
        OffsetDateTime at =
                switch (state) {
                    case WITH_SECRETARIAT -> row.getObject(9, OffsetDateTime.class);
                    case DISCHARGED, NIL_RETURN -> {
                        OffsetDateTime sent = row.getObject(9, OffsetDateTime.class);
                        yield sent == null ? row.getObject(10, OffsetDateTime.class) : sent;
                    }
                    case OPENING, WITH_PARTY, EXCUSED, LAPSED -> null;
                };
        return at == null
                ? null
                : at.atZoneSameInstant(ZoneId.of(row.getString(8))).toLocalDate();
    }

    /**
     * What happens by itself after one moment and until another, the next first. Clocks of one rung are apart by
     * milliseconds or minutes once they have been set anew; those of a day are told together.
     */
    List<Milestone> milestones(Instant after, Instant until, int most) {
        record Day(String duty, String occasion, String rung, LocalDate day) {}
        Map<Day, Milestone> byDay = new LinkedHashMap<>();
        each(after, until, most)
                .forEach(one -> byDay.merge(
                        new Day(
                                one.duty(),
                                one.occasion(),
                                one.act().rung(),
                                LocalDate.ofInstant(one.act().at(), one.zone())),
                        one,
                        (first, other) -> new Milestone(
                                first.duty(),
                                first.occasion(),
                                first.act(),
                                first.zone(),
                                first.parties() + other.parties())));
        return byDay.values().stream().limit(most).toList();
    }

    private List<Milestone> each(Instant after, Instant until, int most) {
        // only as many rows as those next acts may have; the state is in the order for H2 to follow the index
        return jdbc.sql(
                        "select duty, occasion, next_rung, next_at, min(deadline_zone) as zone, count(*) as parties from ("
                                + "select duty, occasion, next_rung, next_at, deadline_zone from obligation"
                                + " where next_at > :after and next_at <= :until and state = 'WITH_PARTY'"
                                + " order by state, next_at " + RowLimit.firstWithTies((long) most * MOST_PARTIES)
                                + ") next"
                                + " group by duty, occasion, next_rung, next_at"
                                + " order by next_at, duty, occasion, next_rung")
                .param("after", after.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Milestone(
                        row.getString("duty"),
                        row.getString("occasion"),
                        new Obligation.NextAct(
                                row.getString("next_rung"),
                                row.getObject("next_at", OffsetDateTime.class).toInstant()),
                        ZoneId.of(row.getString("zone")),
                        row.getInt("parties")))
                .list();
    }

    /** The newest campaigns of which something is still open, the newest first. */
    List<Progress> campaigns(int among) {
        return jdbc.sql("""
                        select c.id, c.duty, c.occasion, count(*) as total,
                            sum(case when o.closed_at is null then 0 else 1 end) as ended,
                            sum(case when o.state = 'WITH_SECRETARIAT' then 1 else 0 end) as with_secretariat
                        from (select * from campaign order by opened_at desc, id %s) c
                        join campaign_party p on p.campaign_id = c.id and p.bound
                        join obligation o
                            on o.duty = c.duty and o.occasion = c.occasion and o.party_code = p.party_code
                        group by c.id, c.duty, c.occasion, c.opened_at
                        having sum(case when o.closed_at is null then 1 else 0 end) > 0
                        order by c.opened_at desc, c.id
                        """.formatted(RowLimit.first(among)))
                .query((row, number) -> new Progress(
                        row.getObject("id", UUID.class),
                        row.getString("duty"),
                        row.getString("occasion"),
                        row.getInt("total"),
                        row.getInt("ended"),
                        row.getInt("with_secretariat")))
                .list();
    }
}
