package org.sterna.notices;

import java.util.Set;

/**
 * What follows from the kind of a notice; the one place that says which notices nobody can turn off.
 *
 * <p>A reader may put off or gather only what tells nothing that the Secretariat must be able to prove in time: that a
 * duty has opened, and that a deadline comes closer. Everything else is a <em>legal notice</em> and always goes out at
 * once, to each reader by itself: overdue notices and escalations, returns, receipts, acceptances, extensions, excuses,
 * closings, decisions, moved deadlines, and every kind of a duty's own. Lists of Parties gather already, and go out at
 * once too.
 */
public final class NoticeKinds {

    /** That a deadline comes closer. */
    static final String REMINDER = "reminder";

    /** How the Parties stand that a seat stands for, in place of one notice about each. */
    static final String LIST = "list";

    /** That an answer has come; what a duty has beside it begins with the same word, as {@code receipt-absence}. */
    public static final String RECEIPT = "receipt";

    /** Name of the value that is a step of the duty, which is told by its name. */
    public static final String STEP = "step";

    /** Kinds of the rungs of a ladder. */
    private static final Set<String> OF_RUNGS = Set.of(REMINDER, "overdue", "escalation");

    /** Kinds that tell and ask for nothing; a duty's own kinds that begin with one, {@code decision-…}, do so too. */
    private static final Set<String> INFORMATION = Set.of(RECEIPT, "accepted", "excused", "lapsed", "decision");

    /** Kinds of letters about several obligations, or none. */
    private static final Set<String> OF_NO_CASE =
            Set.of("meeting-moved", "date-notified", DigestRound.DIGEST, LedgerRehearsal.TEST, LIST);

    private static final Set<String> DEFERRABLE = Set.of("opened", REMINDER);

    private NoticeKinds() {}

    /** Whether the reader has nothing to do; so it is also with a duty's own kinds of decisions. */
    public static boolean information(String kind) {
        return INFORMATION.contains(kind.split("-", 2)[0]);
    }

    /** Whether it says that an answer has come. */
    public static boolean receipt(String kind) {
        return kind.split("-", 2)[0].equals(RECEIPT);
    }

    /** Whether the reader may have it put off, or gathered with others into the digest of the day. */
    public static boolean deferrable(String kind) {
        return DEFERRABLE.contains(kind);
    }

    /** Whether it is what a rung of a ladder tells. */
    static boolean ofRung(String kind) {
        return OF_RUNGS.contains(kind);
    }

    /**
     * Whether it makes sense only while the case runs. What is always looked at, because it calls to act, is not among
     * them; nor is what speaks of several obligations, or of none.
     */
    static boolean ofRunningCase(String kind) {
        return !information(kind) && !Relevance.CALLS_TO_ACT.contains(kind) && !OF_NO_CASE.contains(kind);
    }

    /**
     * Whether it tells a deadline: that of what it asks for, or one that was moved. What only confirms or decides tells
     * none, as there is nothing to do by it.
     */
    public static boolean tellsDeadline(String kind) {
        return !information(kind) || kind.equals("decision");
    }

    /** Whether it is about a deadline as such, which was moved, and not about a step. */
    public static boolean movesDeadline(String kind) {
        return kind.equals("extended") || kind.equals("decision");
    }

    /** Whether its text says by itself that the deadline has passed. */
    static boolean tellsDelay(String kind) {
        return kind.startsWith("overdue") || kind.startsWith("escalation");
    }
}
