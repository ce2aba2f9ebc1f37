package org.sterna.campaigns;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.NotifiedDate;

/**
 * Changes dates that deadlines of open cases hang on: those of a meeting, and notified ones. What would happen is shown
 * before; what was confirmed is written with the new dates in one transaction and then worked off case by case, each in
 * a transaction of its own, by any number of nodes and across restarts. Each Party is told once, when its cases are
 * done.
 *
 * <p>A deadline that comes from the duty's rule and has not passed is counted anew; one that has passed, was notified,
 * granted as an extension or set for a correction stays, and so does one whose newly counted day has passed already. A
 * changed notified date moves deadlines that come from the rule or from the date notified before. Ended obligations are
 * not touched.
 */
public interface MeetingMoves {

    /** What is to change. */
    sealed interface Change {

        /** Code of the meeting, or another occasion. */
        String occasion();

        /** Number of the notification, or where else the change is published; null if it is not. */
        @Nullable
        String reference();
    }

    /**
     * A meeting as it is to be; where its dates stay as they are, no deadline moves.
     *
     * @param meeting all that is to be known of it
     * @param reference number of the notification, 1 to 200 characters; null if there is none
     */
    record MeetingChange(Meeting meeting, @Nullable String reference) implements Change {

        @Override
        public String occasion() {
            return meeting.code();
        }
    }

    /**
     * A date that is notified, for the first time or anew.
     *
     * @param date the day must not be past, the reference not missing; the subject is a duty's key, for one of its
     *     further deadlines {@code <duty>.<name>}, or a kind of document ({@link #KINDS_OF_DOCUMENT})
     */
    record Notification(NotifiedDate date) implements Change {

        @Override
        public String occasion() {
            return date.occasion();
        }

        @Override
        public @Nullable String reference() {
            return date.reference();
        }
    }

    /** Kinds of documents for which dates are notified, besides the duties. */
    List<String> KINDS_OF_DOCUMENT = List.of(
            "national-report",
            "appendix-proposal",
            "scientific-document",
            "non-scientific-document",
            "proposal-comment");

    /** What becomes of a deadline. */
    enum Fate {
        /** It moves, or becomes provisional or firm. */
        MOVES,
        /** It has passed. */
        FROZEN,
        /** It was notified. */
        NOTIFIED,
        /** It was granted as an extension. */
        GRANTED,
        /** It was set for a correction. */
        CORRECTING,
        /** The newly counted day has passed already. */
        TOO_LATE;

        /** For example {@code too-late}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A deadline that hangs on the dates.
     *
     * @param obligationId whose it is
     * @param partyCode who owes it
     * @param duty the duty's key
     * @param deadline the deadline's name, {@code due} for the main one
     * @param fate what becomes of it
     * @param from as it is
     * @param to as it will be; for {@link Fate#TOO_LATE} as it would be; null for all others that stay
     */
    record Item(
            UUID obligationId,
            String partyCode,
            String duty,
            String deadline,
            Fate fate,
            Deadline from,
            @Nullable Deadline to) {}

    /**
     * What a change would do.
     *
     * @param change the change
     * @param items the deadlines that hang on it, by duty, deadline and Party; empty if nothing moves
     * @param told codes of the Parties that will be told, each once: those of which a deadline moves
     * @param seen stands for all of this; to be handed over at the confirmation
     */
    record Preview(Change change, List<Item> items, List<String> told, String seen) {}

    /**
     * A day or span as it was or is.
     *
     * @param opening when it opens, or the day of a notified date; null if there is none
     * @param closing its last day; null if unknown, and for a notified date
     * @param provisional whether it may still move
     */
    record Dates(Meeting.@Nullable Span opening, @Nullable LocalDate closing, boolean provisional) {}

    /**
     * A change that was confirmed.
     *
     * @param id its identity
     * @param occasion code of the meeting, or another occasion
     * @param subject what was notified; null where the meeting itself changed
     * @param before the dates before
     * @param after the dates after
     * @param reference number of the notification; null if there was none
     * @param by user name
     * @param at when
     */
    record Move(
            UUID id,
            String occasion,
            @Nullable String subject,
            Dates before,
            Dates after,
            @Nullable String reference,
            String by,
            Instant at) {}

    /**
     * How far a change has come.
     *
     * @param move the change
     * @param cases whose deadlines move
     * @param done those of them that were moved
     * @param skipped those of them that had ended or been changed meanwhile
     * @param failed those of them that could not be moved
     * @param parties to be told
     * @param told those of them for which all is done, each told once
     * @param untold those of them that are not told because of what failed
     * @param stays deadlines that stay
     */
    record Progress(
            Move move, int cases, int done, int skipped, int failed, int parties, int told, int untold, int stays) {

        /** Whether something is still being done. */
        public boolean running() {
            return told + untold < parties;
        }
    }

    /**
     * A case that could not be moved, or a Party that could not be told.
     *
     * @param obligationId the case; null where it was the notice
     * @param partyCode the Party
     * @param duty the duty's key; null where it was the notice
     * @param error what went wrong, for whoever looks after the installation
     */
    record Trouble(
            @Nullable UUID obligationId,
            String partyCode,
            @Nullable String duty,
            String error) {}

    /**
     * What the change would do; writes nothing.
     *
     * @throws org.sterna.calendar.InvalidMeeting if the meeting cannot be kept as given
     * @throws InvalidMove if the change cannot be made for another reason
     */
    Preview preview(Change change);

    /**
     * Makes the change and starts working it off.
     *
     * @param seen of the preview, which must still be what would happen
     * @param username who confirms
     * @return the change's id
     * @throws org.sterna.calendar.InvalidMeeting if the meeting cannot be kept as given
     * @throws InvalidMove if the change cannot be made for another reason; field {@code seen} if something else would
     *     happen now than the preview said, or an earlier change of the same dates is still being worked off
     */
    UUID confirm(Change change, String seen, String username);

    /** How far the change with that id has come. */
    Optional<Progress> progress(UUID id);

    /** The newest changes of an occasion's dates. */
    List<Move> latest(String occasion, int most);

    /** What could not be done, by Party. */
    List<Trouble> troubles(UUID id);

    /** Tries again what could not be done. */
    void retry(UUID id);
}
