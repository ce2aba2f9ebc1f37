package org.sterna.notices;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

/**
 * Carries notices from the outbox to the mail server, never inside a transaction. Any number of nodes may do so at
 * once; in each, one thread does.
 */
@Component
class NoticeSender implements AutoCloseable {

    /** Waiting times after the first, second … try; the last one is used from then on. */
    private static final List<Duration> WAITS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6));

    private static final Duration GIVE_UP_AFTER = Duration.ofHours(72);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Kinds that make no sense once the Party has acted. */
    private static final Set<String> CALLS_TO_ACT = Set.of("opened", "reminder", "overdue", "escalation", "extended");

    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

    private final Outbox outbox;
    private final MailGate gate;
    private final Obligations obligations;
    private final @Nullable JavaMailSenderImpl server;
    private final NoticeSettings settings;
    private final Clock clock;
    private final String host;
    private final AtomicBoolean nudged = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread worker = new Thread(work, "notice-sender");
        worker.setDaemon(true);
        return worker;
    });

    NoticeSender(
            Outbox outbox,
            MailGate gate,
            Obligations obligations,
            ObjectProvider<JavaMailSenderImpl> mail,
            NoticeSettings settings,
            Clock clock,
            @Value("${sterna.base-url}") String baseUrl) {
        this.outbox = outbox;
        this.gate = gate;
        this.obligations = obligations;
        this.server = mail.getIfAvailable();
        this.settings = settings;
        this.clock = clock;
        this.host = JdbcNotices.host(baseUrl);
    }

    /** Looks into the outbox soon, on the sender's own thread. */
    @Scheduled(fixedDelayString = "${sterna.notices.sender.delay:PT5S}")
    void nudge() {
        if (settings.sender().enabled() && nudged.compareAndSet(false, true)) {
            try {
                thread.execute(this::lookIntoOutbox);
            } catch (RejectedExecutionException closing) {
                // the next start finds what is queued
            }
        }
    }

    private void lookIntoOutbox() {
        nudged.set(false);
        try {
            sendDue();
        } catch (RuntimeException e) {
            LOG.warn("Notices could not be sent; the next look into the outbox tries again", e);
        }
    }

    /** Sends everything that is due now. */
    void sendDue() {
        outbox.recover(PATIENCE);
        Notices.Gate now = gate.state();
        if (now.reason() != null) {
            outbox.hold(now.reason(), !gate.serverConfigured());
        }
        if (server == null || !gate.serverConfigured()) {
            return;
        }
        boolean reachable = true;
        while (reachable && !thread.isShutdown()) {
            UUID token = UUID.randomUUID();
            List<Notice> batch = outbox.claim(token, settings.sender().batch());
            if (batch.isEmpty()) {
                return;
            }
            reachable = send(batch, token);
        }
    }

    /** Whether the server could be reached. */
    private boolean send(List<Notice> batch, UUID token) {
        MailRound.@Nullable Answer unreachable = null;
        try (MailRound round = new MailRound(server, settings, host, clock)) {
            for (Notice notice : batch) {
                if (unreachable != null) {
                    settle(notice, token, unreachable);
                    continue;
                }
                Optional<String> needless = needless(notice);
                if (needless.isPresent()) {
                    outbox.end(notice.id(), token, Notice.State.SKIPPED, needless.get(), null);
                } else if (outbox.handOver(notice.id(), token)) {
                    MailRound.Answer answer = round.deliver(notice);
                    settle(notice, token, answer);
                    unreachable = answer.outcome() == MailRound.Outcome.UNREACHABLE ? answer : null;
                }
            }
        }
        return unreachable == null;
    }

    /** Why the notice need not be sent any more. */
    private Optional<String> needless(Notice notice) {
        if (!CALLS_TO_ACT.contains(notice.kind())) {
            return Optional.empty();
        }
        Optional<Obligation> obligation = obligations.find(notice.obligationId());
        boolean withParty = obligation
                .map(Obligation::state)
                .filter(state -> state == Obligation.State.OPENING || state == Obligation.State.WITH_PARTY)
                .isPresent();
        if (!withParty) {
            return Optional.of("notice.reason.no-longer-needed");
        }
        return deadlineOf(notice.milestone()).flatMap(day -> needless(day, notice, obligation.get()));
    }

    /** Whether the deadline that the notice speaks of has moved, or nothing waits for it any more. */
    private Optional<String> needless(LocalDate day, Notice notice, Obligation obligation) {
        String name = Rung.deadlineName(notice.milestone()).orElse(Duty.DUE);
        Map<String, Deadline> several =
                obligations.deadlines(Set.of(obligation.id())).get(obligation.id());
        Deadline deadline = several == null ? obligation.deadline() : several.get(name);
        if (deadline == null || !deadline.on().equals(day)) {
            return Optional.of("notice.reason.deadline-moved");
        }
        boolean waits = several == null
                || obligations.tasks(obligation.id()).stream().anyMatch(task -> name.equals(task.deadlineName()));
        return waits ? Optional.empty() : Optional.of("notice.reason.no-longer-needed");
    }

    /** The day in {@code <rung>@<day>}, if the milestone is a rung's. */
    private static Optional<LocalDate> deadlineOf(String milestone) {
        try {
            return Optional.of(LocalDate.parse(milestone.substring(milestone.lastIndexOf('@') + 1)));
        } catch (DateTimeException notARung) {
            return Optional.empty();
        }
    }

    private void settle(Notice notice, UUID token, MailRound.Answer answer) {
        switch (answer.outcome()) {
            case ACCEPTED -> outbox.sent(notice.id(), token, answer.reply());
            case REFUSED -> fail(notice, token, "notice.reason.refused", answer);
            case NO_ADDRESS -> fail(notice, token, "notice.reason.no-address", answer);
            case LATER, UNREACHABLE -> tryLater(notice, token, null, answer);
            case UNSURE -> {
                if (notice.kind().equals(Outbox.REPEATABLE)) {
                    tryLater(notice, token, Outbox.REPEATED, answer);
                } else {
                    LOG.warn("Whether notice {} arrived is uncertain", notice.id());
                    outbox.end(notice.id(), token, Notice.State.UNCERTAIN, Outbox.UNCERTAIN, answer.reply());
                }
            }
        }
    }

    private void fail(Notice notice, UUID token, String reason, MailRound.Answer answer) {
        // servers repeat the address in their replies, which are kept with the notice and are not for logs
        LOG.warn("Notice {} failed: {}", notice.id(), reason);
        outbox.end(notice.id(), token, Notice.State.FAILED, reason, answer.reply());
    }

    private void tryLater(Notice notice, UUID token, @Nullable String note, MailRound.Answer answer) {
        Duration wait = WAITS.get(Math.min(notice.attempts(), WAITS.size()) - 1);
        Duration tried = Duration.between(outbox.firstAttempt(notice.id()), clock.instant());
        if (tried.compareTo(GIVE_UP_AFTER) >= 0) {
            fail(notice, token, "notice.reason.given-up", answer);
        } else {
            LOG.info("Notice {} is tried again in {}: {}", notice.id(), wait, answer.outcome());
            outbox.later(notice.id(), token, wait, note, answer.reply());
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(20, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }
}
