package org.sterna.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The mail server's behaviour is a row, so that all nodes write and see the same. */
@Component
class JdbcMailServer implements MailServer {

    /** How old what is noted may be while nothing changes. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final MailGate gate;
    private final DeliverySettings settings;
    private final Clock clock;

    JdbcMailServer(JdbcClient jdbc, MailGate gate, DeliverySettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.gate = gate;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What is noted of the server.
     *
     * @param onlyRecipient whom alone the trouble was seen with so far; null if it is the server's
     */
    record Noted(
            @Nullable Condition trouble,
            @Nullable String onlyRecipient,
            @Nullable Instant deliveredAt,
            @Nullable Instant failedAt) {

        static final String COLUMNS = "trouble, only_recipient, delivered_at, failed_at";

        static Noted of(ResultSet row) throws SQLException {
            String trouble = row.getString("trouble");
            return new Noted(
                    trouble == null ? null : Condition.valueOf(trouble),
                    row.getString("only_recipient"),
                    instant(row, "delivered_at"),
                    instant(row, "failed_at"));
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** Notes what one sender sees while it sends what it has taken. */
    Watch watch(Noted noted) {
        return new Watch(noted);
    }

    /** What one sender sees; writes when something has changed, and else at most once a minute. */
    final class Watch {

        private Noted noted;

        private Watch(Noted noted) {
            this.noted = noted;
        }

        /** The server took a mail. */
        void delivered(boolean slowly) {
            Condition trouble = slowly ? Condition.SLOW : null;
            Instant now = clock.instant();
            if (noted.trouble() == trouble && fresh(noted.deliveredAt(), now)) {
                return;
            }
            jdbc.sql("""
                            update mail_server set delivered_at = :now, only_recipient = null,
                              trouble_since = case when cast(:trouble as varchar(20)) is null then null
                                when trouble = 'SLOW' then trouble_since else :now end,
                              trouble = :trouble
                            where id = 1
                            """)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("trouble", trouble == null ? null : trouble.name())
                    .update();
            noted = new Noted(trouble, null, now, noted.failedAt());
        }

        /** The server gave an answer that only a working one gives. */
        void answered() {
            if (noted.trouble() != null && noted.trouble() != Condition.SLOW) {
                jdbc.sql("update mail_server set trouble = null, trouble_since = null, only_recipient = null"
                                + " where id = 1")
                        .update();
                noted = new Noted(null, null, noted.deliveredAt(), noted.failedAt());
            }
        }

        /**
         * The server did not take a mail.
         *
         * @param recipient the recipient's {@link Outbox#key} if this may have to do with that one alone; null if not
         */
        void failed(Condition trouble, @Nullable String recipient, String said) {
            Instant now = clock.instant();
            if (recipient != null && noted.trouble() == null && fresh(noted.deliveredAt(), now)) {
                // others have just got their mail
                return;
            }
            boolean more = noted.trouble() != null && noted.trouble() != Condition.SLOW;
            String only = recipient == null || more && !recipient.equals(noted.onlyRecipient()) ? null : recipient;
            boolean same = noted.trouble() == trouble
                    && (only == null ? noted.onlyRecipient() == null : only.equals(noted.onlyRecipient()));
            if (same && fresh(noted.failedAt(), now)) {
                return;
            }
            jdbc.sql("""
                            update mail_server set failed_at = :now, said = :said, only_recipient = :only,
                              trouble_since = case when trouble is null or trouble = 'SLOW' then :now
                                else trouble_since end,
                              trouble = :trouble
                            where id = 1
                            """)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("said", said)
                    .param("only", only)
                    .param("trouble", trouble.name())
                    .update();
            noted = new Noted(trouble, only, noted.deliveredAt(), now);
        }

        private boolean fresh(@Nullable Instant at, Instant now) {
            // somebody may have set the clock
            return at != null && !at.isAfter(now) && Duration.between(at, now).compareTo(FRESH) < 0;
        }
    }

    /** What waits, and the row. */
    private record Seen(
            Noted noted,
            @Nullable Instant since,
            @Nullable String said,
            long waiting,
            @Nullable Instant oldestAt,
            @Nullable Instant dueAt,
            int attempts) {}

    @Override
    public Status status() {
        if (!gate.serverConfigured()) {
            return new Status(Condition.UNKNOWN, null, null, null, null, 0, null, 0, false);
        }
        Seen seen = jdbc.sql("select " + Noted.COLUMNS + """
                        , trouble_since, said, waiting, oldest_at, due_at, tried
                        from mail_server cross join (
                          select count(*) as waiting, min(created_at) as oldest_at,
                            min(case when state = 'QUEUED' then next_attempt_at end) as due_at,
                            coalesce(max(attempts + unconnected), 0) as tried
                          from notice where state in ('QUEUED', 'SENDING')) queue
                        where id = 1
                        """)
                .query((row, number) -> new Seen(
                        Noted.of(row),
                        instant(row, "trouble_since"),
                        row.getString("said"),
                        row.getLong("waiting"),
                        instant(row, "oldest_at"),
                        instant(row, "due_at"),
                        row.getInt("tried")))
                .single();
        Instant now = clock.instant();
        boolean late =
                seen.dueAt() != null && lasts(seen.dueAt(), now) && gate.state().open();
        Noted noted = seen.noted();
        Condition condition = noted.trouble();
        Instant since = seen.since();
        boolean alarming;
        if (condition == null || condition == Condition.SLOW) {
            alarming = late;
            if (late) {
                condition = lasts(noted.deliveredAt(), now) ? Condition.IDLE : Condition.SLOW;
                since = seen.dueAt();
            } else if (condition == null) {
                condition =
                        noted.deliveredAt() == null && noted.failedAt() == null ? Condition.UNKNOWN : Condition.WELL;
            }
        } else {
            alarming = noted.onlyRecipient() == null
                    && lasts(since, now)
                    && gate.state().open();
        }
        return new Status(
                condition,
                since,
                noted.deliveredAt(),
                noted.failedAt(),
                seen.said(),
                seen.waiting(),
                seen.oldestAt(),
                seen.attempts(),
                alarming);
    }

    /** Whether it was that long ago; what never was is. */
    private boolean lasts(@Nullable Instant since, Instant now) {
        return since == null || !since.plus(settings.warnAfter()).isAfter(now);
    }
}
