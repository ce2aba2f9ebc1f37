package org.sterna.obligations;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;

/** Reading the ledger. Who may see what is for the caller to check, by the obligation's Party. */
public interface Obligations {

    /**
     * Which obligations to list; null means any.
     *
     * @param duty the duty's key
     * @param partyCode the Party
     * @param occasion the occasion
     * @param states the states; empty means any
     * @param overdueOnly only those whose Party has to act and whose deadline is past; never of voluntary duties
     * @param dueUntil only those whose Party has to act and whose deadline is between now and then
     * @param stuck only those that do not move by themselves any more
     */
    record Filter(
            @Nullable String duty,
            @Nullable String partyCode,
            @Nullable String occasion,
            Set<Obligation.State> states,
            boolean overdueOnly,
            @Nullable Instant dueUntil,
            @Nullable Stuck stuck) {

        /** No restriction. */
        public static final Filter ANY = new Filter(null, null, null, Set.of(), false);

        /** Neither by a coming deadline, nor by what is stuck. */
        public Filter(
                @Nullable String duty,
                @Nullable String partyCode,
                @Nullable String occasion,
                Set<Obligation.State> states,
                boolean overdueOnly) {
            this(duty, partyCode, occasion, states, overdueOnly, null, null);
        }

        /** Only this Party's. */
        public static Filter ofParty(String partyCode) {
            return new Filter(null, partyCode, null, Set.of(), false);
        }
    }

    /**
     * What does not move by itself any more: the Party has to act and nothing is planned, although its duty has a
     * ladder; something was to happen and did not; or its case stopped.
     *
     * @param before what was to happen before this moment should have happened
     * @param stopped ids of the obligations whose case is known to have stopped
     */
    record Stuck(Instant before, Set<UUID> stopped) {

        /**
         * Whether an obligation is among it, as lists and counts have it.
         *
         * @param climbs whether its duty has a ladder
         */
        public boolean includes(Obligation obligation, boolean climbs) {
            if (stopped.contains(obligation.id())) {
                return obligation.state().open();
            }
            return switch (obligation.state()) {
                case OPENING -> obligation.openedAt().isBefore(before);
                case WITH_PARTY ->
                    obligation.nextAct() == null
                            ? climbs
                            : obligation.nextAct().at().isBefore(before);
                default -> false;
            };
        }
    }

    /** What a list has on all its pages is counted no further: counting it would take longer than showing a page. */
    int MOST_COUNTED = 10_000;

    /**
     * Part of a list.
     *
     * @param items this page's
     * @param total how many there are on all pages; {@value Obligations#MOST_COUNTED} stands for more as well
     */
    record Page<T>(List<T> items, long total) {}

    /** The obligation with that id. */
    Optional<Obligation> find(UUID id);

    /** The obligation of that Party for that duty and occasion. */
    Optional<Obligation> find(String duty, String occasion, String partyCode);

    /** The obligations with those ids, in no particular order; unknown ids are passed over. */
    List<Obligation> findAll(Collection<UUID> ids);

    /**
     * Obligations, open ones first, then by deadline.
     *
     * @param page from 0
     * @param size 1 to 500
     */
    Page<Obligation> list(Filter filter, int page, int size);

    /**
     * Reads what {@link #list} has on its pages, in that order, however much it is, as long as more is wanted. A few
     * thousand are read at a time, each time from where the last time ended; what changes meanwhile may be read as it
     * was before or after.
     */
    void each(Filter filter, Predicate<Obligation> wanted);

    /** How many obligations {@link #list} has on all its pages, however many. */
    long count(Filter filter);

    /**
     * All open obligations of an occasion, and those of some duties whatever their occasion; in no particular order, one
     * statement, however many there are.
     */
    List<Obligation> open(String occasion, Collection<String> duties);

    /**
     * The deadlines of those of {@link #open} that have more than one, by name.
     *
     * @return by the obligation's id
     */
    Map<UUID, Map<String, Deadline>> openDeadlines(String occasion, Collection<String> duties);

    /**
     * Where a Party stands with a duty.
     *
     * @param obligation the one that counts
     * @param others how many more of the same duty are open for the Party
     */
    record Standing(Obligation obligation, long others) {}

    /**
     * Where every Party stands with every duty now: of its open obligations the one that is due first, or else that of
     * the duty's newest occasion. One statement, whose cost does not grow with what has ended.
     *
     * @return at most one for each Party and duty, in no particular order
     */
    List<Standing> now();

    /**
     * The duties of steps of Parties' seats, open or over; one statement.
     *
     * @param taskIds ids of their tasks
     * @return keys of the obligations' duties by the task's id; without tasks of other seats and those never heard of
     */
    Map<String, String> dutiesOfPartySteps(Collection<String> taskIds);

    /** All obligations of those duties for an occasion, in no particular order; one statement. */
    List<Obligation> of(String occasion, Collection<String> duties);

    /**
     * Ids of obligations by their keys {@code <duty>/<occasion>/<PARTY>}; one statement for all.
     *
     * @return by key; without keys that no obligation has
     */
    Map<String, UUID> ids(Collection<String> businessKeys);

    /** Hash of the obligation's newest event, which is another one after whatever happens to it. */
    Optional<String> head(UUID id);

    /**
     * What is due of all Parties alike.
     *
     * @param duty the duty's key
     * @param occasion the occasion
     * @param deadline by the rule or as notified, never what was granted to a single Party
     */
    record Action(String duty, String occasion, Deadline deadline) {}

    /**
     * What is due of any Party in a period, by deadline, without what was granted to single ones; one statement.
     *
     * @param from the first day on which something is due
     * @param until the day after the last
     */
    List<Action> actions(LocalDate from, LocalDate until);

    /**
     * An obligation with the head of its chain of events.
     *
     * @param obligation the obligation
     * @param events how many events it has
     * @param head hash of the newest, lower-case hexadecimal
     */
    record Recorded(Obligation obligation, int events, String head) {}

    /**
     * A Party's obligations whose deadline is on that day or later, and all open ones, by duty and deadline; one
     * statement.
     */
    List<Recorded> since(String partyCode, LocalDate from);

    /** Open tasks of those seats, the earliest due first, then the oldest. */
    List<OpenTask> tasksOf(Collection<String> seatCodes);

    /** The first open tasks of a seat, the earliest due first, then the oldest. */
    List<OpenTask> firstTasksOf(String seatCode, int most);

    /**
     * How many those tasks are; one statement.
     *
     * @param others seats of which the steps of some duties do not count
     * @param hidden keys of those duties
     * @return by seat; without seats that have none
     */
    Map<String, Long> countTasksOf(Collection<String> seatCodes, Collection<String> others, Collection<String> hidden);

    /** The open task with that id. */
    Optional<OpenTask> task(String taskId);

    /**
     * The open tasks with those ids; one statement for all.
     *
     * @return by task id; without ids that no open task has
     */
    Map<String, OpenTask> findTasks(Collection<String> taskIds);

    /**
     * The obligations that tasks belong to, open or not; one statement for all.
     *
     * @return by task id; without ids that no task has
     */
    Map<String, UUID> ofTasks(Collection<String> taskIds);

    /** How a task that is no longer open ended. */
    Optional<DoneTask> doneTask(String taskId);

    /** The obligation's open tasks. */
    List<OpenTask> tasks(UUID obligationId);

    /**
     * The open tasks of several obligations; one statement for all.
     *
     * @return by the obligation's id, the oldest first; without obligations that have none
     */
    Map<UUID, List<OpenTask>> tasks(Collection<UUID> obligationIds);

    /** What happened, the oldest first. */
    List<LedgerEvent> events(UUID obligationId);

    /** What was sent, the oldest first. */
    List<Submission> submissions(UUID obligationId);

    /**
     * What a Party sent for several duties on one occasion; one statement for all.
     *
     * @return by duty, the oldest first; without duties for which nothing was sent
     */
    Map<String, List<Submission>> submissions(String partyCode, String occasion, Collection<String> duties);

    /**
     * A submission of another occasion.
     *
     * @param occasion the occasion it was sent on
     * @param submission what was sent
     */
    record Elsewhere(String occasion, Submission submission) {}

    /**
     * Whether the Party kept its deadline in a step on the occasion of the duty before this one, every time it sent it,
     * corrections included; not if there was none, or nothing was sent.
     */
    boolean keptBefore(Obligation obligation, String step);

    /** The newest submission of any of the steps for the obligation's duty and Party on any other occasion. */
    Optional<Elsewhere> newestElsewhere(Obligation obligation, String duty, Collection<String> steps);

    /**
     * Checks the obligation's chain of events, and that the submissions are still as the events say.
     *
     * @return the number of the first event that does not fit, or empty if all do
     */
    Optional<Integer> firstBrokenEvent(UUID obligationId);

    /**
     * The deadlines of each of the obligations by name, for those that have more than one; one statement for all.
     *
     * @return by the obligation's id; without those that have one deadline, which is their own
     */
    Map<UUID, Map<String, Deadline>> deadlines(Collection<UUID> obligationIds);

    /** Open obligations whose Party has to act and whose next automatic act is due until then; one statement. */
    List<Obligation> planned(Instant until);

    /**
     * How often the deadlines of each of the obligations were moved; one statement for all.
     *
     * @return by the obligation's id; without those that never were
     */
    Map<UUID, Integer> moves(Collection<UUID> obligationIds);

    /** Codes of the Parties among whose obligations of that duty at least one is open. */
    Set<String> partiesWithOpen(String duty);
}
