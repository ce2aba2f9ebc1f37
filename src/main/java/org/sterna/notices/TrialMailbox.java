package org.sterna.notices;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Where the demonstration keeps letters about accounts while it has no mail server, so that links can be tried: in this
 * node’s memory, and only the latest.
 */
@Component
@Profile("demo")
public class TrialMailbox {

    private static final int MOST = 20;

    /**
     * A letter as it would have been sent.
     *
     * @param at when it would have left
     * @param to the address
     * @param subject its subject
     * @param text its text, with the link
     */
    public record Kept(Instant at, String to, String subject, String text) {}

    private final Deque<Kept> kept = new ArrayDeque<>();
    private final Clock clock;

    TrialMailbox(Clock clock) {
        this.clock = clock;
    }

    synchronized void keep(String to, String subject, String text) {
        kept.addFirst(new Kept(clock.instant(), to, subject, text));
        if (kept.size() > MOST) {
            kept.removeLast();
        }
    }

    /** The letters, the newest first. */
    public synchronized List<Kept> kept() {
        return List.copyOf(kept);
    }
}
