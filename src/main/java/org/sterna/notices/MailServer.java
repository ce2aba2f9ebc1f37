package org.sterna.notices;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the mail server behaves, as all nodes together have seen it, and what waits for it. */
public interface MailServer {

    /** How the mail server behaves. */
    enum Condition {
        /** Nobody has tried yet. */
        UNKNOWN,
        /** It took the last mail. */
        WELL,
        /** It takes mail, but slowly. */
        SLOW,
        /** No connection can be made. */
        UNREACHABLE,
        /** It accepts the connection and then says nothing. */
        SILENT,
        /** It ends the connection before the mail is handed over. */
        BROKEN_OFF,
        /** It accepts the connection and turns us away in its first words. */
        TURNED_AWAY,
        /** It refuses our user name or password, or wants one. */
        LOGIN_REFUSED,
        /** No encrypted connection comes about. */
        ENCRYPTION_FAILED,
        /** It asks to try again later, whoever the mail is for. */
        DEFERRING,
        /** It refuses all mail for good. */
        REFUSING,
        /** Notices are due, and no node tries to send them. */
        IDLE;

        /** The code in message keys {@code mail-server.<code>}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * How the mail server behaves now.
     *
     * @param condition the condition, as last seen
     * @param since since when no mail has been taken, or since when it is slow; null while all is well
     * @param deliveredAt when it last took a mail, to the minute; null if it never did
     * @param failedAt when it last failed to, to the minute; null if it never did
     * @param said what it said then in its own words, or what went wrong; null if it never failed
     * @param waiting how many notices wait for it or are being sent
     * @param oldestAt when the oldest of them was issued; null if none waits
     * @param attempts how often sending was tried, of the one tried most often
     * @param alarming whether this has lasted longer than {@link DeliverySettings#warnAfter()}
     */
    record Status(
            Condition condition,
            @Nullable Instant since,
            @Nullable Instant deliveredAt,
            @Nullable Instant failedAt,
            @Nullable String said,
            long waiting,
            @Nullable Instant oldestAt,
            int attempts,
            boolean alarming) {

        /** Whether something is wrong with it. */
        public boolean troubled() {
            return condition != Condition.UNKNOWN && condition != Condition.WELL;
        }
    }

    /** How it behaves; one statement, or one more where it may alarm. */
    Status status();
}
