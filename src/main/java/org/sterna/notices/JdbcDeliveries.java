package org.sterna.notices;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JdbcDeliveries implements Deliveries {

    private final Outbox outbox;
    private final MailGate gate;
    private final LastLook lastLook;
    private final Copies copies;
    private final NoticeSender sender;
    private final TransactionTemplate transaction;

    JdbcDeliveries(
            Outbox outbox,
            MailGate gate,
            LastLook lastLook,
            Copies copies,
            NoticeSender sender,
            PlatformTransactionManager transactions) {
        this.outbox = outbox;
        this.gate = gate;
        this.lastLook = lastLook;
        this.copies = copies;
        this.sender = sender;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Held held() {
        Outbox.Held held = outbox.held();
        return new Held(held.count(), held.newest(), outbox.heldByKind(), ifReleased(held));
    }

    private Release ifReleased(Outbox.Held held) {
        if (held.count() == 0) {
            return new Release(0, 0, 0, 0);
        }
        Collection<LastLook.Verdict> kept = lastLook.atRelease(held.newest());
        long superseded = kept.stream()
                .filter(verdict -> verdict.reason().equals(LastLook.SUPERSEDED))
                .count();
        long waiting =
                kept.stream().filter(verdict -> verdict.notBefore() != null).count();
        return new Release(held.count() - kept.size(), superseded, kept.size() - superseded - waiting, waiting);
    }

    @Override
    public int releaseAll(long newest, String username) {
        if (!gate.serverConfigured()) {
            throw new IllegalStateException("No mail server is configured");
        }
        int released = outbox.releaseUpTo(newest, username);
        sender.nudge();
        return released;
    }

    @Override
    public int discardAll(long newest, String username) {
        return outbox.discardUpTo(newest, username);
    }

    @Override
    public void discard(UUID id, String username) {
        require(outbox.discard(id, username), id, "held");
    }

    @Override
    public void arrived(UUID id, String username) {
        require(outbox.arrived(id, username), id, "uncertain");
    }

    @Override
    public void sendAgain(UUID id, String username) {
        require(outbox.sendAgain(id, username), id, "uncertain");
        sender.nudge();
    }

    private static void require(boolean was, UUID id, String what) {
        if (!was) {
            throw new IllegalStateException("The notice " + id + " is not " + what);
        }
    }

    @Override
    public UUID resend(UUID id, String username) {
        List<UUID> written = transaction.execute(status -> {
            Notice notice = outbox.find(id).orElseThrow();
            require(notice.state() == Notice.State.SENT || notice.state() == Notice.State.FAILED, id, "sent or failed");
            return copies.write(notice, outbox.repetition(notice), username);
        });
        if (written.isEmpty()) {
            throw new IllegalStateException("Nobody is reached by the seat of the notice " + id);
        }
        sender.nudge();
        return written.get(0);
    }

    @Override
    public Trail trail(UUID id) {
        return outbox.trail(id);
    }
}
