package org.sterna.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.obligations.Obligations;
import org.sterna.register.Addresses;

@Component
class JdbcCorrespondence implements Correspondence {

    private static final Pattern THREAD = Pattern.compile("<obligation\\.([0-9a-f-]{36})@[^<>]*>");
    private static final int LONGEST_SAID = 1000;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Undeliverable undeliverable;
    private final ReturnAddress returnAddress;
    private final Obligations obligations;
    private final MailboxSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JdbcCorrespondence(
            JdbcClient jdbc,
            Outbox outbox,
            Undeliverable undeliverable,
            ReturnAddress returnAddress,
            Obligations obligations,
            MailboxSettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.undeliverable = undeliverable;
        this.returnAddress = returnAddress;
        this.obligations = obligations;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Keeps a message from the mailbox, once. Takes part in the caller's transaction.
     *
     * @return false if it belongs to no notice
     */
    boolean keep(Incoming message) {
        Optional<Notice> notice = returnAddress
                .notice(message.addresses())
                .flatMap(outbox::find)
                .or(() -> outbox.byMessageId(message.references()));
        Incoming.Report report = message.report();
        if (report != null) {
            if (notice.isPresent() && report.fate() != Incoming.Fate.FINE && !known("bounce", message.key())) {
                keep(notice.get(), report, message.key(), null);
            }
            return notice.isPresent();
        }
        Optional<UUID> obligation = notice.map(Notice::obligationId).or(() -> thread(message.references()));
        if (obligation.isPresent() && !known("reply", message.key())) {
            Reply reply = new Reply(
                    UUID.randomUUID(),
                    obligation.get(),
                    notice.map(Notice::id).orElse(null),
                    message.from(),
                    message.subject(),
                    message.text(),
                    message.automatic(),
                    clock.instant(),
                    null);
            insert(reply, message.key());
        }
        return obligation.isPresent();
    }

    private Optional<UUID> thread(Collection<String> references) {
        return references.stream()
                .map(THREAD::matcher)
                .filter(Matcher::matches)
                .map(found -> UUID.fromString(found.group(1)))
                .filter(id -> obligations.find(id).isPresent())
                .findFirst();
    }

    private boolean known(String table, String key) {
        return jdbc.sql("select count(*) from " + table + " where source_key = :key")
                        .param("key", key)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void keep(Notice notice, Incoming.Report report, String key, @Nullable String username) {
        boolean hard = report.fate() == Incoming.Fate.NO_SUCH_ADDRESS;
        jdbc.sql("""
                        insert into bounce (id, notice_id, hard, status, said, received_at, filed_by, source_key)
                        values (:id, :notice, :hard, :status, :said, :at, :by, :key)
                        """)
                .param("id", UUID.randomUUID())
                .param("notice", notice.id())
                .param("hard", hard)
                .param("status", report.status())
                .param("said", report.said())
                .param("at", now())
                .param("by", username)
                .param("key", key)
                .update();
        if (report.fate() != Incoming.Fate.DELAYED
                && outbox.bounced(
                        notice.id(), hard ? "notice.reason.bounced" : "notice.reason.undelivered", report.said())
                && hard) {
            undeliverable.settle(notice, Addresses.Fault.BOUNCED, report.said());
        }
    }

    @Override
    public void fileBounce(UUID noticeId, boolean hard, String said, String username) {
        transaction.executeWithoutResult(status -> {
            Notice notice = outbox.find(noticeId).orElseThrow();
            if (notice.state() != Notice.State.SENT && notice.state() != Notice.State.UNCERTAIN) {
                throw new IllegalStateException("The notice " + noticeId + " was not sent");
            }
            Incoming.Fate fate = hard ? Incoming.Fate.NO_SUCH_ADDRESS : Incoming.Fate.GIVEN_UP;
            keep(
                    notice,
                    new Incoming.Report(fate, null, PlainText.line(said, LONGEST_SAID)),
                    UUID.randomUUID().toString(),
                    username);
        });
    }

    @Override
    public void fileReply(UUID obligationId, String from, String subject, String text, String username) {
        String kept = PlainText.paragraph(text);
        Reply reply = new Reply(
                UUID.randomUUID(),
                obligationId,
                null,
                PlainText.line(from, 400),
                PlainText.line(subject, 400),
                kept.length() > LONGEST_TEXT ? kept.substring(0, LONGEST_TEXT - 1) + "…" : kept,
                false,
                clock.instant(),
                username);
        insert(reply, UUID.randomUUID().toString());
    }

    private void insert(Reply reply, String key) {
        jdbc.sql("""
                        insert into reply (id, obligation_id, notice_id, sender, subject, body, automatic, received_at,
                          filed_by, source_key)
                        values (:id, :obligation, :notice, :from, :subject, :text, :automatic, :at, :by, :key)
                        """)
                .param("id", reply.id())
                .param("obligation", reply.obligationId())
                .param("notice", reply.noticeId())
                .param("from", reply.from())
                .param("subject", reply.subject())
                .param("text", reply.text())
                .param("automatic", reply.automatic())
                .param("at", now())
                .param("by", reply.filedBy())
                .param("key", key)
                .update();
    }

    @Override
    public List<Bounce> bounces(UUID noticeId) {
        return jdbc.sql("select * from bounce where notice_id = :id order by received_at, id")
                .param("id", noticeId)
                .query((row, number) -> new Bounce(
                        row.getObject("id", UUID.class),
                        row.getObject("notice_id", UUID.class),
                        row.getBoolean("hard"),
                        row.getString("status"),
                        row.getString("said"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        row.getString("filed_by")))
                .list();
    }

    @Override
    public List<Reply> replies(UUID obligationId) {
        return jdbc.sql("select * from reply where obligation_id = :id order by received_at, id")
                .param("id", obligationId)
                .query(JdbcCorrespondence::reply)
                .list();
    }

    private static Reply reply(ResultSet row, int number) throws SQLException {
        return new Reply(
                row.getObject("id", UUID.class),
                row.getObject("obligation_id", UUID.class),
                row.getObject("notice_id", UUID.class),
                row.getString("sender"),
                row.getString("subject"),
                row.getString("body"),
                row.getBoolean("automatic"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("filed_by"));
    }

    @Override
    public Mailbox mailbox() {
        if (settings.host() == null) {
            return new Mailbox(false, null, null, 0);
        }
        return jdbc.sql("select read_at, problem, unmatched from mailbox_position where mailbox = :mailbox")
                .param("mailbox", settings.mailbox())
                .query((row, number) -> new Mailbox(
                        true,
                        row.getObject("read_at", OffsetDateTime.class).toInstant(),
                        row.getString("problem"),
                        row.getLong("unmatched")))
                .optional()
                .orElse(new Mailbox(true, null, null, 0));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
