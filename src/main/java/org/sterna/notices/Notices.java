package org.sterna.notices;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.Obligations.Page;

/** Issues, sends and keeps notices. */
public interface Notices {

    /**
     * What to tell whom.
     *
     * @param obligationId what it is about
     * @param milestone once-only key; with obligation and recipient it is unique
     * @param kind {@code opened}, {@code reminder}, {@code overdue}, {@code escalation}, {@code returned},
     *     {@code receipt}, {@code accepted}, {@code decision}, {@code meeting-moved} or another word that has texts
     *     {@code notice.<kind>.subject} and {@code notice.<kind>.body}, or the duty's own {@code <duty>.notice.<kind>.…}
     * @param to codes of the seats written to
     * @param copies codes of the seats that get a copy
     * @param act whether the reader has something to do: the link then leads to the task that waits
     * @param values further arguments of the texts by name, for example {@code reasons}
     * @param moved deadlines of several obligations to list in the one notice, in place of the deadline of the
     *     obligation that it is about; null for a notice about that one alone
     * @param text which of the duty's texts to send, as in {@code <duty>.notice.<text>.…}; null for that of the kind
     * @param due the deadline of the step that it is about; null for the deadline that the milestone names or that stands
     */
    record Request(
            UUID obligationId,
            String milestone,
            String kind,
            Collection<String> to,
            Collection<String> copies,
            boolean act,
            Map<String, String> values,
            @Nullable Moved moved,
            @Nullable String text,
            @Nullable Due due) {

        /** A notice about the deadline that the milestone names or that stands. */
        public Request(
                UUID obligationId,
                String milestone,
                String kind,
                Collection<String> to,
                Collection<String> copies,
                boolean act,
                Map<String, String> values,
                @Nullable Moved moved,
                @Nullable String text) {
            this(obligationId, milestone, kind, to, copies, act, values, moved, text, null);
        }

        /** A notice about one obligation, with the text of its kind. */
        public Request(
                UUID obligationId,
                String milestone,
                String kind,
                Collection<String> to,
                Collection<String> copies,
                boolean act,
                Map<String, String> values) {
            this(obligationId, milestone, kind, to, copies, act, values, null, null, null);
        }

        /** The same about a step with that deadline. */
        public Request dueBy(Due due) {
            return new Request(obligationId, milestone, kind, to, copies, act, values, moved, text, due);
        }
    }

    /**
     * What the step is due by that a notice is about.
     *
     * @param name which of the duty's deadlines
     * @param deadline the deadline
     * @param whole the deadline that stands for the obligation, which texts may name beside it
     */
    record Due(String name, Deadline deadline, Deadline whole) {}

    /**
     * Deadlines that follow a change of dates; the kinds are {@code meeting-moved} and {@code date-notified}, whose texts
     * get the occasion as {@code {0}} and the Party's name as {@code {1}}.
     *
     * @param occasion code of the meeting, or another occasion
     * @param before the meeting with its dates so far; null unless it was a meeting that changed
     * @param after the meeting with its dates now; null unless it was a meeting that changed
     * @param reference number of the notification, or where else the change was published; null if it was not
     * @param lines the Party's deadlines, in the order of the list
     */
    record Moved(
            String occasion,
            @Nullable Meeting before,
            @Nullable Meeting after,
            @Nullable String reference,
            List<Line> lines) {}

    /**
     * One deadline in a list.
     *
     * @param obligationId whose deadline it is
     * @param name which of the duty's deadlines
     * @param duty the duty's key
     * @param steps the steps that are due by it where it is a further deadline; empty for the duty's main one
     * @param from the deadline so far
     * @param to the deadline now; null if it stays
     * @param why why it stays, as in {@code notice.moved.stays.<why>}; null if it moved
     */
    record Line(
            UUID obligationId,
            String name,
            String duty,
            List<String> steps,
            Deadline from,
            @Nullable Deadline to,
            @Nullable String why) {}

    /**
     * Writes a notice for everybody whom the seats' work reaches today, each in their language, into the outbox, in
     * the caller's transaction. A recipient who already has a notice for the milestone gets none. What a rung of a
     * ladder tells a seat that stands for many Parties goes into one list for all of them ({@link PartyLists}).
     *
     * @return how many were written or put into lists
     */
    default int issue(Request request) {
        return issue(List.of(request));
    }

    /**
     * The same for several requests, about as many obligations or about one; with the same number of statements however
     * many they are, as long as the caller has locked the obligations.
     *
     * @return how many notices were written or put into lists
     */
    int issue(List<Request> requests);

    /** The notice with that id. */
    Optional<Notice> find(UUID id);

    /** The obligation's notices, and those that tell of it in a list of Parties; the oldest first. */
    List<Notice> of(UUID obligationId);

    /**
     * Notices, the newest first.
     *
     * @param state only those in this state; null for any
     * @param page from 0
     * @param size 1 to 500
     */
    Page<Notice> list(Notice.@Nullable State state, int page, int size);

    /**
     * Reads notices, the newest first, however many, as long as more is wanted; some hundreds at a time, each time from
     * where the last time ended.
     *
     * @param state only those in this state; null for any
     */
    void each(Notice.@Nullable State state, Predicate<Notice> wanted);

    /** How many notices are in each state, counted no further than {@link Obligations#MOST_COUNTED}. */
    Map<Notice.State, Long> counts();

    /**
     * Whether mail leaves.
     *
     * @param open whether notices are sent as they come
     * @param reason message key of why not; null while open
     */
    record Gate(boolean open, @Nullable String reason) {}

    /** The state of the mail gate. */
    Gate gate();

    /**
     * Queues a held notice.
     *
     * @throws IllegalStateException if no mail server is configured or the notice is not held
     */
    void release(UUID id, String username);
}
