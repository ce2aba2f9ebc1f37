package org.sterna.notices;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.register.Holder;
import org.sterna.register.Seats;

/** Writes a notice anew for whom its seat's mail reaches today; each copy is in the ledger as every notice is. */
@Component
class Copies {

    private final Outbox outbox;
    private final MailGate gate;
    private final Seats seats;
    private final Ledger ledger;
    private final String host;

    Copies(Outbox outbox, MailGate gate, Seats seats, Ledger ledger, @Value("${sterna.base-url}") String baseUrl) {
        this.outbox = outbox;
        this.gate = gate;
        this.seats = seats;
        this.ledger = ledger;
        this.host = JdbcNotices.host(baseUrl);
    }

    /**
     * Takes part in the caller's transaction.
     *
     * @param milestone the original's for those who have not been told yet, or one of its own
     * @param username who asked for it; null if nobody did
     * @return the new notices; empty if everybody reached has one for the milestone
     */
    List<UUID> write(Notice original, String milestone, @Nullable String username) {
        Set<String> told = outbox.told(original.obligationId(), milestone);
        Notices.Gate now = gate.forAll();
        List<UUID> written = new ArrayList<>();
        for (Holder holder : seats.mailedBy(original.seatCode())) {
            String key = Outbox.key(holder.email());
            if (!told.add(key)) {
                continue;
            }
            Outbox.Copy copy = new Outbox.Copy(
                    UUID.randomUUID(),
                    milestone,
                    PlainText.line(holder.name(), NoticeWriter.LONGEST_NAME),
                    holder.email().strip(),
                    JdbcNotices.messageId(original.obligationId(), milestone, key, host));
            Notice.State state = now.open() ? Notice.State.QUEUED : Notice.State.HELD;
            if (outbox.copy(original.id(), copy, state, now.reason(), username)) {
                written.add(copy.id());
                ledger.record(
                        original.obligationId(),
                        LedgerEvent.Kind.NOTICE_ISSUED,
                        username == null ? LedgerEvent.SYSTEM : username,
                        Map.of("kind", original.kind(), "seat", holder.seatCode(), "milestone", milestone));
            }
        }
        return written;
    }
}
