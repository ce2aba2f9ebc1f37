package org.sterna.notices;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * The gate's hand lever is a row, so that all nodes see the same; so are the name of the installation, and when a node
 * was last there that can send. Only a node that works on these very data can write there, so a question that is
 * answered in the database tells a second node from a copy: in a copy nobody answers.
 */
@Component
class JdbcMailGate implements MailGate {

    static final String NO_SERVER = "notice.gate.no-mail-server";
    static final String SHUT = "notice.gate.shut";
    static final String RESTORED = "notice.gate.restored";
    static final String UNMARKED = "notice.gate.unmarked";
    static final String OTHER_NAME = "notice.gate.other-name";

    private static final Logger LOG = LoggerFactory.getLogger(JdbcMailGate.class);

    private record Row(
            boolean closed,
            @Nullable String installation,
            @Nullable UUID incarnation,
            long rounds,
            @Nullable OffsetDateTime seen) {}

    /** How often a node notes at most that it can send; seldom enough for a row that everybody reads. */
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(20);

    /** How many notes within the time after which a node counts as stopped. */
    private static final int NOTES = 3;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Installation installation;
    private final Outbox outbox;
    private final DeliverySettings settings;
    private final boolean serverConfigured;

    /** The data as they were found at the start if they are older than what this installation has done with them. */
    private @Nullable UUID outdated;

    private volatile @Nullable UUID incarnation;
    private volatile boolean strange;

    /** Asks other nodes for the name; null while nothing was asked. */
    private @Nullable UUID question;

    private boolean releasesForgotten;

    JdbcMailGate(
            JdbcClient jdbc,
            Clock clock,
            Installation installation,
            Outbox outbox,
            DeliverySettings settings,
            ObjectProvider<JavaMailSenderImpl> mail) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.installation = installation;
        this.outbox = outbox;
        this.settings = settings;
        JavaMailSenderImpl server = mail.getIfAvailable();
        this.serverConfigured = server != null && StringUtils.hasText(server.getHost());
    }

    @Override
    public Notices.Gate state() {
        if (!serverConfigured) {
            return new Notices.Gate(false, NO_SERVER);
        }
        Row row = known();
        strange = restored(row);
        if (strange) {
            if (senderThere(row)) {
                return new Notices.Gate(false, OTHER_NAME);
            }
            forgetReleases();
            return new Notices.Gate(false, RESTORED);
        }
        incarnation = row.incarnation();
        if (installation.lasting() && !installation.knowsItself()) {
            return new Notices.Gate(false, UNMARKED);
        }
        return row.closed() ? new Notices.Gate(false, SHUT) : new Notices.Gate(true, null);
    }

    @Override
    public Notices.Gate forAll() {
        Notices.Gate here = state();
        return here.open() || SHUT.equals(here.reason()) || !senderThere(row()) ? here : new Notices.Gate(true, null);
    }

    /** Whether a node that can send was there lately; not this one, where it is asked for. */
    private boolean senderThere(Row row) {
        return row.seen() != null
                && row.seen().toInstant().plus(settings.patience()).isAfter(clock.instant());
    }

    @Override
    public void greet() {
        if (!installation.lasting()) {
            note(row());
            return;
        }
        Row row = known();
        if (!restored(row)) {
            if (installation.knowsItself()) {
                note(row);
                answer();
            }
        } else if (!installation.named() && outdated == null && !joined()) {
            ask();
        }
    }

    private void note(Row row) {
        if (serverConfigured
                && (row.seen() == null
                        || Duration.between(row.seen().toInstant(), clock.instant())
                                        .abs()
                                        .compareTo(betweenNotes())
                                > 0)) {
            jdbc.sql("update mail_gate set sender_seen_at = :now where id = 1")
                    .param("now", now())
                    .update();
        }
    }

    private Duration betweenNotes() {
        Duration often = settings.patience().dividedBy(NOTES);
        return often.compareTo(BETWEEN_NOTES) < 0 ? often : BETWEEN_NOTES;
    }

    private void answer() {
        jdbc.sql("update installation_question set answer = :name where answer is null")
                .param("name", installation.name())
                .update();
        jdbc.sql("delete from installation_question where asked_at < :before")
                .param("before", now().minus(settings.patience()))
                .update();
    }

    private synchronized void ask() {
        if (question == null) {
            question = UUID.randomUUID();
        }
        boolean asked = jdbc.sql("select count(*) from installation_question where id = :id")
                        .param("id", question)
                        .query(Integer.class)
                        .single()
                > 0;
        if (!asked) {
            jdbc.sql("insert into installation_question (id, asked_at) values (:id, :at)")
                    .param("id", question)
                    .param("at", now())
                    .update();
        }
    }

    /** Whether another node has answered, whose name this one has now. */
    private synchronized boolean joined() {
        if (question == null) {
            return false;
        }
        Optional<String> name = jdbc.sql(
                        "select answer from installation_question where id = :id and answer is not null")
                .param("id", question)
                .query(String.class)
                .optional();
        if (name.isEmpty()) {
            return false;
        }
        Row row = row();
        installation.join(name.get());
        strange = restored(row);
        incarnation = row.incarnation();
        installation.note(row.incarnation(), row.rounds());
        jdbc.sql("delete from installation_question where id = :id")
                .param("id", question)
                .update();
        question = null;
        LOG.info("This node shares its database with others and has taken their installation name");
        return true;
    }

    /** Whoever let notices go did not mean from here. */
    private synchronized void forgetReleases() {
        if (!releasesForgotten) {
            outbox.forgetReleases();
            releasesForgotten = true;
        }
    }

    private Row row() {
        return jdbc.sql(
                        "select closed, installation, incarnation, rounds, sender_seen_at as seen from mail_gate where id = 1")
                .query(Row.class)
                .single();
    }

    /** The row, after this installation has looked whether it knows the data. */
    private Row known() {
        Row row = row();
        if (incarnation != null) {
            return row;
        }
        synchronized (this) {
            if (incarnation == null) {
                if (row.installation() == null) {
                    adopt(UUID.randomUUID());
                    row = row();
                }
                boolean restored = !installation.name().equals(row.installation());
                if (installation.lasting() && installation.rounds(row.incarnation()) > row.rounds()) {
                    outdated = row.incarnation();
                    restored = true;
                }
                if (!restored) {
                    installation.note(row.incarnation(), row.rounds());
                }
                incarnation = row.incarnation();
            }
        }
        return row;
    }

    /** Two nodes that start together on new data agree on the first one's name. */
    private void adopt(UUID fresh) {
        jdbc.sql("update mail_gate set installation = :name, incarnation = :fresh"
                        + " where id = 1 and installation is null")
                .param("name", installation.name())
                .param("fresh", fresh)
                .update();
    }

    private boolean restored(Row row) {
        return installation.lasting()
                && (!installation.name().equals(row.installation())
                        || outdated != null && outdated.equals(row.incarnation()));
    }

    @Override
    public boolean restored() {
        Row row = known();
        return restored(row) && !senderThere(row);
    }

    @Override
    public void confirm(String username) {
        Row row = known();
        if (!restored(row) || senderThere(row)) {
            return;
        }
        UUID fresh = UUID.randomUUID();
        jdbc.sql("update mail_gate set installation = :name, incarnation = :fresh, changed_by = :by, changed_at = :at"
                        + " where id = 1")
                .param("name", installation.name())
                .param("fresh", fresh)
                .param("by", username)
                .param("at", now())
                .update();
        incarnation = fresh;
        installation.note(fresh, row.rounds());
        LOG.warn("The mail gate: {} confirmed that mail leaves from this installation", username);
    }

    @Override
    public void remember(long round) {
        UUID current = incarnation;
        if (round > 0 && current != null && !strange) {
            installation.note(current, round);
        }
    }

    @Override
    public Lever lever() {
        return jdbc.sql("select closed, changed_by, changed_at, reason from mail_gate where id = 1")
                .query((row, number) -> {
                    OffsetDateTime at = row.getObject("changed_at", OffsetDateTime.class);
                    return new Lever(
                            row.getBoolean("closed"),
                            row.getString("changed_by"),
                            at == null ? null : at.toInstant(),
                            row.getString("reason"));
                })
                .single();
    }

    @Override
    public boolean serverConfigured() {
        return serverConfigured;
    }

    @Override
    public void shut(String username, String why) {
        jdbc.sql("update mail_gate set closed = true, changed_by = :by, changed_at = :at, reason = :why where id = 1")
                .param("by", username)
                .param("at", now())
                .param("why", why)
                .update();
    }

    @Override
    public void open(String username) {
        jdbc.sql("update mail_gate set closed = false, changed_by = :by, changed_at = :at, reason = null where id = 1")
                .param("by", username)
                .param("at", now())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        Notices.Gate gate = state();
        if (gate.open()) {
            LOG.info("The mail gate is open: notices are sent as they come");
            return;
        }
        LOG.warn(
                "The mail gate is closed{}: {}",
                OTHER_NAME.equals(gate.reason()) ? " on this node" : ", and notices are kept until released",
                switch (gate.reason()) {
                    case NO_SERVER -> "no mail server is configured (spring.mail.host)";
                    case RESTORED ->
                        "the database is a copy or was restored from a backup, and nobody has confirmed it on the page of the"
                                + " mail gate";
                    case OTHER_NAME ->
                        "another node uses this database under another installation name; this one takes that name by"
                                + " itself within seconds, unless sterna.notices.delivery.installation names"
                                + " another one, which has to be the same on all nodes";
                    case UNMARKED ->
                        "the file " + installation.file() + " cannot be written"
                                + " (sterna.notices.delivery.installation-file)";
                    default -> "somebody shut it by hand";
                });
    }
}
