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
        DeliveryReport report = message.report();
        if (report != null) {
            // what was understood otherwise before is not understood anew
            if (notice.isPresent() && !known("bounce", message.key()) && !known("reply", message.key())) {
                keep(notice.get(), report.of(notice.get().email()), message.key());
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
                    message.kind(),
                    clock.instant(),
                    null);
            insert(reply, message.key());
            notice.ifPresent(answered -> noBounce(answered, message.key()));
        }
        return obligation.isPresent();
    }

    /** An answer that was once taken for a bounce does not say that its notice came back. */
    private void noBounce(Notice notice, String key) {
        boolean was = jdbc.sql("delete from bounce where source_key = :key and notice_id = :notice")
                        .param("key", key)
                        .param("notice", notice.id())
                        .update()
                == 1;
        if (was && bounces(notice.id()).stream().allMatch(bounce -> bounce.verdict() == DeliveryVerdict.DELAYED)) {
            outbox.arrivedAfterAll(notice.id());
        }
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

    private void keep(Notice notice, DeliveryReport.Finding finding, String key) {
        boolean another = DeliveryReport.another(finding, notice.email());
        DeliveryVerdict verdict = finding.verdict();
        if (verdict == DeliveryVerdict.DELIVERED) {
            return;
        }
        boolean gone = verdict == DeliveryVerdict.GONE && !another;
        insert(notice, finding, gone, another, key, null);
        if (verdict == DeliveryVerdict.DELAYED) {
            return;
        }
        if (another) {
            // the address written to took the message and sent it on
            undeliverable.note(
                    notice,
                    DeliveryVerdict.UNKNOWN,
                    PlainText.line(finding.recipient() + ": " + finding.said(), LONGEST_SAID));
        } else if (outbox.bounced(
                notice.id(), gone ? "notice.reason.bounced" : "notice.reason.undelivered", finding.said())) {
            if (gone) {
                undeliverable.settle(notice, Addresses.Fault.BOUNCED, finding.said());
            } else {
                undeliverable.note(notice, verdict, finding.said());
            }
        }
    }

    private void insert(
            Notice notice,
            DeliveryReport.Finding finding,
            boolean hard,
            boolean another,
            String key,
            @Nullable String username) {
        jdbc.sql("""
                        insert into bounce (id, notice_id, hard, verdict, recipient, status, said, received_at, filed_by,
                          source_key)
                        values (:id, :notice, :hard, :verdict, :recipient, :status, :said, :at, :by, :key)
                        """)
                .param("id", UUID.randomUUID())
                .param("notice", notice.id())
                .param("hard", hard)
                .param("verdict", finding.verdict().name())
                .param("recipient", another ? finding.recipient() : null)
                .param("status", finding.status())
                .param("said", finding.said())
                .param("at", now())
                .param("by", username)
                .param("key", key)
                .update();
    }

    @Override
    public void fileBounce(UUID noticeId, boolean hard, String said, String username) {
        transaction.executeWithoutResult(status -> {
            Notice notice = outbox.find(noticeId).orElseThrow();
            if (notice.state() != Notice.State.SENT && notice.state() != Notice.State.UNCERTAIN) {
                throw new IllegalStateException("The notice " + noticeId + " was not sent");
            }
            String kept = PlainText.line(said, LONGEST_SAID);
            DeliveryVerdict verdict = hard ? DeliveryVerdict.GONE : DeliveryVerdict.UNKNOWN;
            insert(
                    notice,
                    new DeliveryReport.Finding(null, verdict, null, kept),
                    hard,
                    false,
                    UUID.randomUUID().toString(),
                    username);
            if (outbox.bounced(noticeId, hard ? "notice.reason.bounced" : "notice.reason.undelivered", kept)) {
                if (hard) {
                    undeliverable.settle(notice, kept, username);
                } else {
                    undeliverable.note(notice, verdict, kept);
                }
            }
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
                ReplyKind.ANSWER,
                clock.instant(),
                username);
        insert(reply, UUID.randomUUID().toString());
    }

    private void insert(Reply reply, String key) {
        jdbc.sql("""
                        insert into reply (id, obligation_id, notice_id, sender, subject, body, kind, received_at,
                          filed_by, source_key)
                        values (:id, :obligation, :notice, :from, :subject, :text, :kind, :at, :by, :key)
                        """)
                .param("id", reply.id())
                .param("obligation", reply.obligationId())
                .param("notice", reply.noticeId())
                .param("from", reply.from())
                .param("subject", reply.subject())
                .param("text", reply.text())
                .param("kind", reply.kind().name())
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
                        verdict(row),
                        row.getString("recipient"),
                        row.getString("status"),
                        row.getString("said"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        row.getString("filed_by")))
                .list();
    }

    private static DeliveryVerdict verdict(ResultSet row) throws SQLException {
        String verdict = row.getString("verdict");
        if (verdict != null) {
            return DeliveryVerdict.valueOf(verdict);
        }
        return row.getBoolean("hard") ? DeliveryVerdict.GONE : DeliveryVerdict.UNKNOWN;
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
                ReplyKind.valueOf(row.getString("kind")),
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
