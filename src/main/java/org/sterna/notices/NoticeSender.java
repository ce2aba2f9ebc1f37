package org.sterna.notices;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.register.Addresses;

/**
 * Carries notices from the outbox to the mail server, never inside a transaction. Any number of nodes may do so at
 * once; in each, a few threads do, every one over a connection of its own that it keeps while there is work, and for a
 * while longer.
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

    /** How long notices wait for which there was no connection to the server. */
    private static final Duration UNREACHABLE = Duration.ofMinutes(1);

    /** A notice that takes longer than this does not make those wait that were taken with it. */
    private static final Duration SLOW = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

    private final Outbox outbox;
    private final MailGate gate;
    private final LastLook lastLook;
    private final JdbcMailServer mailServer;
    private final JdbcPartyLists lists;
    private final Undeliverable undeliverable;
    private final ReturnAddress returnAddress;
    private final @Nullable JavaMailSenderImpl server;
    private final NoticeSettings settings;
    private final DeliverySettings delivery;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String host;
    private final AtomicBoolean nudged = new AtomicBoolean();
    private final Lock tending = new ReentrantLock();
    private final Lock connecting = new ReentrantLock();
    private final Set<UUID> atIt = ConcurrentHashMap.newKeySet();
    private final Deque<MailRound> resting = new ConcurrentLinkedDeque<>();
    private final ExecutorService threads;

    NoticeSender(
            Outbox outbox,
            MailGate gate,
            LastLook lastLook,
            JdbcMailServer mailServer,
            JdbcPartyLists lists,
            Undeliverable undeliverable,
            ReturnAddress returnAddress,
            ObjectProvider<JavaMailSenderImpl> mail,
            NoticeSettings settings,
            DeliverySettings delivery,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${sterna.base-url}") String baseUrl) {
        this.outbox = outbox;
        this.gate = gate;
        this.lastLook = lastLook;
        this.mailServer = mailServer;
        this.lists = lists;
        this.undeliverable = undeliverable;
        this.returnAddress = returnAddress;
        this.server = mail.getIfAvailable();
        this.settings = settings;
        this.delivery = delivery;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.host = JdbcNotices.host(baseUrl);
        this.threads = Executors.newFixedThreadPool(delivery.senders(), work -> {
            Thread worker = new Thread(work, "notice-sender");
            worker.setDaemon(true);
            return worker;
        });
    }

    /** Looks into the outbox soon, on one of the sender's own threads. */
    @Scheduled(fixedDelayString = "${sterna.notices.sender.delay:PT5S}")
    void nudge() {
        if (settings.sender().enabled() && nudged.compareAndSet(false, true)) {
            try {
                threads.execute(this::lookIntoOutbox);
            } catch (RejectedExecutionException closing) {
                // the next start finds what is queued
            }
        }
    }

    /** Not on the sender's own threads, which may have much to carry. */
    @Scheduled(fixedDelayString = "${sterna.notices.sender.delay:PT5S}")
    void greet() {
        if (settings.sender().enabled()) {
            gate.greet();
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
        tend();
        if (server == null || !gate.serverConfigured()) {
            return;
        }
        MailRound round = round(server);
        boolean well = false;
        try {
            boolean goOn = true;
            while (goOn && !threads.isShutdown()) {
                goOn = sendSome(round);
            }
            well = true;
        } finally {
            if (well && round.fresh(delivery.keep()) && !threads.isShutdown()) {
                resting.push(round);
            } else {
                round.close();
            }
        }
    }

    /** The one that carried something last, if its connection is still there; others that rest too long end. */
    private MailRound round(JavaMailSenderImpl server) {
        MailRound latest = resting.poll();
        for (MailRound oldest = resting.peekLast();
                oldest != null && !oldest.fresh(delivery.keep()) && resting.remove(oldest);
                oldest = resting.peekLast()) {
            oldest.close();
        }
        if (latest != null && latest.fresh(delivery.keep())) {
            return latest;
        }
        if (latest != null) {
            latest.close();
        }
        return new MailRound(server, settings, host, clock, returnAddress, connecting);
    }

    /** Takes up what stopped senders left behind, and keeps back what the gate keeps back. */
    private void tend() {
        if (tending.tryLock()) {
            try {
                gate.greet();
                outbox.recover(delivery.patience(), Set.copyOf(atIt));
                Notices.Gate now = gate.forAll();
                if (now.reason() != null) {
                    outbox.hold(now.reason(), !gate.serverConfigured());
                }
            } finally {
                tending.unlock();
            }
        }
    }

    /** Whether there may be more to send. */
    private boolean sendSome(MailRound round) {
        UUID token = UUID.randomUUID();
        atIt.add(token);
        try {
            Notices.Gate now = gate.state();
            if (JdbcMailGate.OTHER_NAME.equals(now.reason())) {
                // it is not settled yet whose these are
                return false;
            }
            boolean open = now.open();
            Outbox.Claim claim = outbox.claim(token, settings.sender().batch(), delivery.perHour(), open);
            gate.remember(claim.round());
            if (claim.more()) {
                nudge();
            }
            return claim.server() == null
                    ? claim.more()
                    : send(claim.notices(), token, round, mailServer.watch(claim.server()));
        } finally {
            atIt.remove(token);
        }
    }

    /** Whether the server could be reached. */
    private boolean send(List<Notice> taken, UUID token, MailRound round, JdbcMailServer.Watch watch) {
        LastLook.Look look = lastLook.at(taken);
        Map<UUID, LastLook.Verdict> kept = look.kept();
        List<Notice> batch = lists.renewed(taken, look.named(), token);
        Outbox.Accepted accepted = null;
        try {
            for (int i = 0; i < batch.size(); i++) {
                Notice notice = batch.get(i);
                LastLook.Verdict verdict = kept.get(notice.id());
                if (verdict != null) {
                    keep(notice, token, verdict);
                    continue;
                }
                MailRound.Answer unconnected = round.connect();
                if (unconnected != null) {
                    see(unconnected, notice, false, watch);
                    unreachable(batch.subList(i, batch.size()), token, unconnected);
                    return false;
                }
                Outbox.Accepted before = accepted;
                accepted = null;
                if (!outbox.handOver(notice.id(), token, before)) {
                    continue;
                }
                Instant began = clock.instant();
                MailRound.Answer answer = round.deliver(notice);
                boolean slow = Duration.between(began, clock.instant()).compareTo(SLOW) > 0;
                see(answer, notice, slow, watch);
                if (answer.outcome() == MailRound.Outcome.ACCEPTED) {
                    accepted = new Outbox.Accepted(notice.id(), answer.reply());
                } else {
                    settle(notice, token, answer);
                }
                if (slow) {
                    outbox.giveBack(ids(batch.subList(i + 1, batch.size())), token);
                    return true;
                }
            }
            return true;
        } finally {
            if (accepted != null) {
                outbox.sent(accepted, token);
            }
        }
    }

    /** Notes what the answer says about the server. */
    private static void see(MailRound.Answer answer, Notice notice, boolean slow, JdbcMailServer.Watch watch) {
        if (answer.trouble() != null) {
            watch.failed(answer.trouble(), answer.ofRecipient() ? Outbox.key(notice.email()) : null, answer.reply());
        } else if (answer.outcome() == MailRound.Outcome.ACCEPTED) {
            watch.delivered(slow);
        } else if (answer.outcome() == MailRound.Outcome.NO_SUCH_ADDRESS) {
            watch.answered();
        }
    }

    private void keep(Notice notice, UUID token, LastLook.Verdict verdict) {
        if (verdict.notBefore() == null) {
            outbox.end(notice.id(), token, Notice.State.SKIPPED, verdict.reason(), null);
        } else {
            outbox.putOff(notice.id(), token, verdict.notBefore(), verdict.reason());
        }
    }

    private static List<UUID> ids(List<Notice> notices) {
        return notices.stream().map(Notice::id).toList();
    }

    /** The server being away is nobody's fault: the next attempt is made soon, but the end of all trying is not put off. */
    private void unreachable(List<Notice> notices, UUID token, MailRound.Answer answer) {
        if (answer.outcome() == MailRound.Outcome.CONNECTING) {
            outbox.giveBack(ids(notices), token);
            return;
        }
        LOG.warn("The mail server cannot be reached; {} notices wait: {}", notices.size(), answer.reply());
        outbox.unconnected(ids(notices), token, UNREACHABLE, answer.reply());
        int given = outbox.giveUp(ids(notices), GIVE_UP_AFTER);
        if (given > 0) {
            LOG.warn("{} notices failed: {}", given, Outbox.GIVEN_UP);
        }
    }

    private void settle(Notice notice, UUID token, MailRound.Answer answer) {
        switch (answer.outcome()) {
            case ACCEPTED -> outbox.sent(new Outbox.Accepted(notice.id(), answer.reply()), token);
            case REFUSED -> failThisTime(notice, token, "notice.reason.refused", answer);
            case NO_SUCH_ADDRESS ->
                failForGood(notice, token, "notice.reason.refused", Addresses.Fault.BOUNCED, answer);
            case NO_ADDRESS -> failForGood(notice, token, "notice.reason.no-address", Addresses.Fault.INVALID, answer);
            case UNREACHABLE, CONNECTING -> unreachable(List.of(notice), token, answer);
            case LATER -> tryLater(notice, token, null, answer);
            case UNSURE -> {
                if (Outbox.REPEATABLE.contains(notice.kind())) {
                    tryLater(notice, token, Outbox.REPEATED, answer);
                } else {
                    LOG.warn("Whether notice {} arrived is uncertain", notice.id());
                    outbox.end(notice.id(), token, Notice.State.UNCERTAIN, Outbox.UNCERTAIN, answer.reply());
                }
            }
        }
    }

    private void failThisTime(Notice notice, UUID token, String reason, MailRound.Answer answer) {
        transaction.executeWithoutResult(status -> {
            fail(notice, token, reason, answer);
            if (answer.verdict() != null) {
                undeliverable.note(notice, answer.verdict(), answer.reply());
            }
        });
    }

    private void failForGood(Notice notice, UUID token, String reason, Addresses.Fault fault, MailRound.Answer answer) {
        transaction.executeWithoutResult(status -> {
            fail(notice, token, reason, answer);
            undeliverable.settle(notice, fault, answer.reply());
        });
    }

    private void fail(Notice notice, UUID token, String reason, MailRound.Answer answer) {
        // servers repeat the address in their replies, which are kept with the notice and are not for logs
        LOG.warn("Notice {} failed: {}", notice.id(), reason);
        outbox.end(notice.id(), token, Notice.State.FAILED, reason, answer.reply());
    }

    private void tryLater(Notice notice, UUID token, @Nullable String note, MailRound.Answer answer) {
        Outbox.Tried tried = outbox.tried(notice.id());
        Duration wait = WAITS.get(Math.min(tried.handovers(), WAITS.size()) - 1);
        if (Duration.between(tried.first(), clock.instant()).compareTo(GIVE_UP_AFTER) >= 0) {
            failThisTime(notice, token, Outbox.GIVEN_UP, answer);
        } else {
            LOG.info("Notice {} is tried again in {}: {}", notice.id(), wait, answer.outcome());
            outbox.later(notice.id(), token, wait, note, answer.reply());
        }
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
        resting.forEach(MailRound::close);
    }
}
