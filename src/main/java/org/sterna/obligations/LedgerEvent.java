package org.sterna.obligations;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A fact in the life of an obligation. Each carries the hash of the one before, so that none can be changed, taken
 * out or put in unnoticed.
 *
 * @param obligationId the obligation
 * @param number 1 for the first, counting up without gaps
 * @param at when it happened
 * @param kind what happened
 * @param actor user name, or {@code sterna} for automatic acts
 * @param details by name, as text; message arguments of {@code event.<kind>}
 * @param hash SHA-256 over the previous hash and all of the above, lower-case hexadecimal
 */
public record LedgerEvent(
        UUID obligationId, int number, Instant at, Kind kind, String actor, Map<String, String> details, String hash) {

    /** What can happen to an obligation. */
    public enum Kind {
        OPENED,
        TASK_OPENED,
        TASK_WITHDRAWN,
        SUBMITTED,
        NOTICE_ISSUED,
        DEADLINE_MOVED,
        REGISTER_CHANGED,
        /** The Secretariat sent a step back to the Party. */
        SENT_BACK,
        /** An ended obligation was taken up again. */
        REOPENED,
        /** The Secretariat had a reminder sent, beside those of the ladder. */
        REMINDED,
        /** A waiting step went to another seat of the same Party. */
        REASSIGNED,
        /** Somebody at the Secretariat noted something; for the Secretariat's eyes. */
        NOTED,
        DISCHARGED,
        NIL_RETURN,
        EXCUSED,
        LAPSED;

        /** Whether a Party may read of it; notes are among colleagues. */
        public boolean ofParty() {
            return this != NOTED;
        }

        /** The code in the API and in message keys, for example {@code task-opened}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Detail of a submission that was entered on the Party's behalf: the ISO day on which it came. */
    public static final String RECEIVED_ON = "receivedOn";

    /** Detail of a submission that was entered on the Party's behalf: id of the document it was entered from. */
    public static final String LETTER = "letter";

    /** Detail of a submission that was taken from a file that somebody loaded: the file's name. */
    public static final String FILE = "file";

    /** Detail of a submission: marks of the rules that warned when it was sent, parted by spaces; absent if none did. */
    public static final String WARNINGS = "warnings";

    /** Actor of automatic acts. */
    public static final String SYSTEM = "sterna";
}
