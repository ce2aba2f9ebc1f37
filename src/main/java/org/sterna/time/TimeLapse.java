package org.sterna.time;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Lets the days between now and a later instant go by one after the other, for demonstrations: the clock is moved to
 * where something is due next, that is done, and so on, in the background. So what opens, is reminded and escalates on
 * the way does so on its day, as it would if nobody had touched the clock. Where it is heading is kept: an application
 * that is stopped on the way goes on when it starts. Exists only with the movable clock.
 */
public class TimeLapse implements ApplicationListener<ApplicationReadyEvent>, AutoCloseable {

    /** Stops lie at least so far apart; what is due within is due together. */
    private static final Duration STRIDE = Duration.ofMinutes(1);

    private static final long LOOK_MILLIS = 15;

    /** After so many looks in which nothing got done, what is left is left behind: it has to wait for something else. */
    private static final int PATIENCE = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(TimeLapse.class);

    /**
     * How far it is.
     *
     * @param now what the clock shows
     * @param target where it is heading; null while it runs as usual
     */
    public record Progress(Instant now, @Nullable Instant target) {

        /** Whether it is on its way. */
        public boolean running() {
            return target != null;
        }
    }

    private final TimeMachine machine;
    private final ClockOffset offset;
    private final ObjectProvider<DueWork> works;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread worker = new Thread(work, "time-lapse");
        worker.setDaemon(true);
        return worker;
    });

    /** What was left behind, by the work; it is waited for again once it gets less. */
    private final Map<DueWork, Long> leftBehind = new HashMap<>();

    private @Nullable Instant target;
    private boolean looking;
    private long dueBefore;
    private int idleLooks;

    TimeLapse(TimeMachine machine, ClockOffset offset, ObjectProvider<DueWork> works) {
        this.machine = machine;
        this.offset = offset;
        this.works = works;
    }

    /**
     * Heads for a later instant; while it is on its way, for one so much later. Comes back at once.
     *
     * @param amount a period or duration, counted in UTC; forward, at most ten years
     * @return where it stands and where it is heading
     * @throws IllegalArgumentException if the amount does not lead forward or is longer than ten years
     */
    public synchronized Progress start(TemporalAmount amount) {
        Instant from = target == null ? machine.now() : target;
        Instant to = machine.later(from, amount);
        offset.headFor(to);
        target = to;
        look();
        return progress();
    }

    /** How far it is. */
    public synchronized Progress progress() {
        return new Progress(machine.now(), target);
    }

    /** Goes on with what was interrupted. */
    @Override
    public synchronized void onApplicationEvent(ApplicationReadyEvent ready) {
        target = offset.heading().orElse(null);
        if (target != null) {
            LOG.info("The clock goes on to {}", target);
            look();
        }
    }

    private void look() {
        if (!looking) {
            looking = true;
            thread.execute(this::step);
        }
    }

    private void step() {
        try {
            if (!settled()) {
                again(LOOK_MILLIS);
            } else if (forward()) {
                again(0);
            }
        } catch (RuntimeException failure) {
            LOG.warn("The clock could not be moved on; it is tried again", failure);
            again(TimeUnit.SECONDS.toMillis(1));
        }
    }

    private void again(long millis) {
        if (!thread.isShutdown()) {
            thread.schedule(this::step, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Whether all that is due has been done, or will not be by waiting. */
    private boolean settled() {
        Map<DueWork, Long> waiting = new HashMap<>();
        works.stream().forEach(work -> {
            long due = work.due();
            if (due < leftBehind.getOrDefault(work, Long.MAX_VALUE)) {
                leftBehind.remove(work);
                if (due > 0) {
                    waiting.put(work, due);
                }
            }
        });
        long due = waiting.values().stream().mapToLong(Long::longValue).sum();
        idleLooks = due == dueBefore ? idleLooks + 1 : 0;
        dueBefore = due;
        if (due > 0 && idleLooks < PATIENCE) {
            return false;
        }
        if (due > 0) {
            LOG.warn("The clock goes on although {} pieces of work are due and nobody does them", due);
            leftBehind.putAll(waiting);
        }
        idleLooks = 0;
        return true;
    }

    /** Moves to where something is due next; whether there is anything left to do. */
    private boolean forward() {
        Instant now = machine.now();
        Instant end;
        synchronized (this) {
            end = target;
            if (end == null || !end.isAfter(now)) {
                offset.headFor(null);
                target = null;
                looking = false;
                return false;
            }
        }
        List<Instant> stops = new ArrayList<>(List.of(end));
        works.stream().map(work -> work.next(now)).flatMap(Optional::stream).forEach(stops::add);
        Instant next = stops.stream().min(Instant::compareTo).orElse(end);
        Instant stop = next.equals(end) ? end : round(next).isAfter(end) ? end : round(next);
        Duration by = Duration.between(machine.now(), stop);
        if (by.compareTo(Duration.ZERO) > 0) {
            machine.advance(by);
        }
        return true;
    }

    private static Instant round(Instant due) {
        return due.truncatedTo(ChronoUnit.MINUTES).plus(STRIDE);
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(10, TimeUnit.SECONDS);
    }
}
