package org.sterna.campaigns;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duty;

/** When duties open for their occasions: by the duty's own rule, or on the day that the Secretariat set. */
public interface Occasions {

    /**
     * What is planned for a duty and an occasion.
     *
     * @param duty the duty
     * @param opensOn the day on which it opens by itself; null if it never does, or its day cannot be computed yet
     * @param scheduled whether the Secretariat set that day
     * @param deadlines by name, the main one ({@link Duty#DUE}) first; empty where {@code problem} says why
     * @param problem why there are no deadlines, in the reader's language; null if there are
     * @param bound how many Parties have the obligation or are bound by the duty today
     * @param opened how many have the obligation
     * @param ended how many of those have ended it
     */
    record Plan(
            Duty duty,
            @Nullable LocalDate opensOn,
            boolean scheduled,
            Map<String, Deadline> deadlines,
            @Nullable String problem,
            int bound,
            int opened,
            int ended) {}

    /** What is planned for a meeting: the duties for its kind, ordered by main deadline, then by code. */
    List<Plan> of(String meetingCode);

    /**
     * Has duties opened for an occasion on a day; replaces the day that was set before.
     *
     * @param day not before today, in the zone of {@link org.sterna.calendar.CalendarSettings}
     * @throws InvalidCampaign if there is no duty, a duty or the occasion is unknown or malformed, they do not fit, the
     *     duty binds nobody for it, one was opened already, the day is past, or opening it on that day would be late
     */
    void schedule(Collection<String> duties, String occasion, LocalDate day, String username);

    /** Takes back the day that was set; does nothing where none was. */
    void cancel(String duty, String occasion, String username);

    /**
     * What should have opened by itself and was over when that was noticed.
     *
     * @param id its identity
     * @param duty the duty's key
     * @param occasion the occasion
     * @param dueOn the day on which it should have opened
     * @param late what was over
     * @param left that somebody decided not to open it; null while nobody has
     */
    record Missed(
            UUID id,
            String duty,
            String occasion,
            LocalDate dueOn,
            Preview.Late late,
            @Nullable Left left) {}

    /**
     * That a missed opening is left as it is.
     *
     * @param by user name
     * @param at when
     * @param reason why
     */
    record Left(String by, Instant at, String reason) {}

    /** The missed openings that nobody has decided on and nobody has opened, ordered by day, duty and occasion. */
    List<Missed> missed();

    /** The latest missed openings that were left as they are, the newest decision first. */
    List<Missed> left(int most);

    /** The missed opening with that id. */
    Optional<Missed> findMissed(UUID id);

    /**
     * Leaves a missed opening as it is; one that was left already keeps its first reason. It does not open by itself any
     * more, and can still be opened by hand.
     *
     * @param reason 10 to 1000 characters
     * @return as it is kept
     * @throws InvalidCampaign if the reason is missing or too long, or the occasion was opened meanwhile
     * @throws java.util.NoSuchElementException if there is no such missed opening
     */
    Missed leave(UUID id, String reason, String username);

    /**
     * The first day, that one or a later one, on which something opens by itself that is not open yet, as far as is known
     * now; looks at this year and the next.
     */
    Optional<LocalDate> nextOpening(LocalDate from);

    /**
     * Opens what is due: each duty's occasions whose day has come, which are not over ({@link Preview#late}) and which
     * nobody has opened, for all Parties that the duty binds; and of yearly duties that are owed for each year ({@link
     * Duty.Years#each}) every year, however late. What is over is entered among the missed openings instead. Each is opened in a transaction of its own, once whatever the
     * number of nodes; one that fails stops no other. What was due before this application first asked is left to
     * people, and so is what hangs on a provisional meeting.
     *
     * @return what was opened and what failed
     */
    Round openDue();

    /**
     * What {@link #openDue} did.
     *
     * @param opened the campaigns opened
     * @param failed {@code <duty>/<occasion>} with what went wrong
     */
    record Round(List<Campaigns.Campaign> opened, Map<String, String> failed) {}
}
