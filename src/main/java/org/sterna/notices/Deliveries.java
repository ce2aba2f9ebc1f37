package org.sterna.notices;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the Secretariat decides about single notices, and about all that the mail gate holds back. */
public interface Deliveries {

    /**
     * What the mail gate holds back.
     *
     * @param count how many notices
     * @param newest number of the newest of them; deciding about all held notices means those up to this one
     * @param byKind how many of each kind
     * @param ifReleased what becomes of them if all are released now
     */
    record Held(long count, long newest, Map<String, Long> byKind, Release ifReleased) {}

    /**
     * What becomes of notices that are released together.
     *
     * @param going how many are sent
     * @param superseded how many are not, because a newer one tells their reader more of the same obligation
     * @param needless how many are not, because they are no longer needed
     * @param waiting how many are sent later, the escalations among them when the Party has been warned for long enough
     */
    record Release(long going, long superseded, long needless, long waiting) {}

    /**
     * What belongs to a notice besides itself.
     *
     * @param repeats the notice that this one repeats, or goes on in place of after mail came back; null for none
     * @param repeatedBy those that repeat this one or went on in its place, the oldest first
     * @param decidedBy who last decided about it; null if nobody did
     * @param decidedAt when; null if nobody did
     */
    record Trail(
            @Nullable UUID repeats,
            List<UUID> repeatedBy,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt) {}

    /** What is held now. */
    Held held();

    /**
     * Queues all held notices up to a number, as far as they are still held. What {@link Held#ifReleased} says becomes
     * of them is looked at once more when each is about to leave.
     *
     * @return how many
     * @throws IllegalStateException if no mail server is configured
     */
    int releaseAll(long newest, String username);

    /**
     * Decides that all held notices up to a number are not sent.
     *
     * @return how many
     */
    int discardAll(long newest, String username);

    /**
     * Decides that a held notice is not sent.
     *
     * @throws IllegalStateException if it is not held
     */
    void discard(UUID id, String username);

    /**
     * Notes that an uncertain notice has arrived.
     *
     * @throws IllegalStateException if it is not uncertain
     */
    void arrived(UUID id, String username);

    /**
     * Sends an uncertain notice once more, under the same Message-ID.
     *
     * @throws IllegalStateException if it is not uncertain
     */
    void sendAgain(UUID id, String username);

    /**
     * Sends a notice anew, as one of its own that names the one it repeats, to those whom its seat's mail reaches today.
     *
     * @return the first of the new notices
     * @throws IllegalStateException if it was not sent yet, or nobody is reached
     */
    UUID resend(UUID id, String username);

    /** What belongs to the notice besides itself. */
    Trail trail(UUID id);
}
