package org.sterna.notices;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Properties;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads bounces and answers from the mailbox, each message once, whatever node reads it and whoever else reads the
 * mailbox: how far it was read is kept in the database, and nothing in the mailbox is changed.
 */
@Component
class MailboxReader {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxReader.class);

    /** Larger messages are nobody's bounce, and are left to a person. */
    private static final int LARGEST = 20 * 1024 * 1024;

    /** How many messages are asked for at once. */
    private static final long STRETCH = 200;

    private final MailboxSettings settings;
    private final JdbcCorrespondence correspondence;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Lock reading = new ReentrantLock();

    MailboxReader(
            MailboxSettings settings,
            JdbcCorrespondence correspondence,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.settings = settings;
        this.correspondence = correspondence;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Reads what has come since. */
    @Scheduled(
            fixedDelayString = "${sterna.notices.mailbox.delay:PT1M}",
            initialDelayString = "${sterna.notices.mailbox.delay:PT1M}")
    void read() {
        if (settings.host() == null || !reading.tryLock()) {
            return;
        }
        try (Store store = connected();
                Folder folder = store.getFolder(settings.folder())) {
            folder.open(Folder.READ_ONLY);
            read(folder);
            outcome(null);
        } catch (MessagingException e) {
            LOG.warn("The mailbox could not be read; the next look tries again: {}", e.getMessage());
            outcome(PlainText.line(String.valueOf(e.getMessage()), 1000));
        } finally {
            reading.unlock();
        }
    }

    private Store connected() throws MessagingException {
        String protocol = settings.ssl() ? "imaps" : "imap";
        String timeout = Long.toString(settings.timeout().toMillis());
        Properties properties = new Properties();
        for (String limit : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty("mail." + protocol + "." + limit, timeout);
        }
        properties.setProperty("mail." + protocol + ".peek", "true");
        properties.setProperty("mail." + protocol + ".ssl.checkserveridentity", "true");
        Store store = Session.getInstance(properties).getStore(protocol);
        store.connect(settings.host(), settings.port(), settings.username(), settings.password());
        return store;
    }

    private record Position(long validity, long newest) {}

    private void read(Folder folder) throws MessagingException {
        UIDFolder numbered = (UIDFolder) folder;
        long validity = numbered.getUIDValidity();
        long newest = start(validity);
        long next = numbered.getUIDNext();
        while (newest + 1 < next) {
            long last = Math.min(next - 1, newest + STRETCH);
            for (Message message : numbered.getMessagesByUID(newest + 1, last)) {
                if (message != null) {
                    one((MimeMessage) message, numbered.getUID(message));
                }
            }
            newest = last;
            advance(newest, 0);
        }
    }

    /** Number of the newest message read; 0 in a mailbox that is new or was built anew. */
    private long start(long validity) {
        Position position = jdbc.sql("select validity, newest from mailbox_position where mailbox = :mailbox")
                .param("mailbox", settings.mailbox())
                .query(Position.class)
                .optional()
                .orElse(null);
        if (position == null) {
            try {
                jdbc.sql("""
                                insert into mailbox_position (mailbox, validity, newest, unmatched, read_at)
                                values (:mailbox, :validity, 0, 0, :now)
                                """)
                        .param("mailbox", settings.mailbox())
                        .param("validity", validity)
                        .param("now", now())
                        .update();
            } catch (DuplicateKeyException anotherNode) {
                // it reads the same
            }
            return 0;
        }
        if (position.validity() != validity) {
            jdbc.sql("update mailbox_position set validity = :validity, newest = 0 where mailbox = :mailbox")
                    .param("mailbox", settings.mailbox())
                    .param("validity", validity)
                    .update();
            return 0;
        }
        return position.newest();
    }

    private void one(MimeMessage message, long number) throws MessagingException {
        Incoming incoming = null;
        try {
            if (message.getSize() <= LARGEST) {
                incoming = Incoming.of(copy(message));
            }
        } catch (MessagingException | IOException | RuntimeException unreadable) {
            if (!message.getFolder().isOpen()) {
                throw new MessagingException("The connection broke", unreadable);
            }
            LOG.warn("Message {} of the mailbox cannot be read and is left to a person", number, unreadable);
        }
        Incoming kept = incoming;
        try {
            transaction.executeWithoutResult(
                    status -> advance(number, kept != null && correspondence.keep(kept) ? 0 : 1));
        } catch (DuplicateKeyException anotherNode) {
            advance(number, 0);
        }
    }

    /** The message as it came, so that all that is then wrong with it is its own fault and not the connection's. */
    private static MimeMessage copy(MimeMessage message) throws MessagingException, IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        message.writeTo(whole);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(whole.toByteArray()));
    }

    private void advance(long number, int unmatched) {
        jdbc.sql("""
                        update mailbox_position set newest = :number, unmatched = unmatched + :unmatched
                        where mailbox = :mailbox and newest < :number
                        """)
                .param("mailbox", settings.mailbox())
                .param("number", number)
                .param("unmatched", unmatched)
                .update();
    }

    private void outcome(@Nullable String problem) {
        jdbc.sql("update mailbox_position set read_at = :now, problem = :problem where mailbox = :mailbox")
                .param("mailbox", settings.mailbox())
                .param("now", now())
                .param("problem", problem)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
