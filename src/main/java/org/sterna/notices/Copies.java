package org.sterna.notices;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
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
    private final ListBook lists;
    private final String host;

    Copies(
            Outbox outbox,
            MailGate gate,
            Seats seats,
            Ledger ledger,
            ListBook lists,
            @Value("${sterna.base-url}") String baseUrl) {
        this.outbox = outbox;
        this.gate = gate;
        this.seats = seats;
        this.ledger = ledger;
        this.lists = lists;
        this.host = JdbcNotices.host(baseUrl);
    }

    /** The obligations that a notice is about; a list is about several. */
    private Collection<UUID> about(Notice notice) {
        return notice.kind().equals(NoticeKinds.LIST)
                ? lists.members(notice.id()).stream()
                        .map(ListBook.Member::obligationId)
                        .collect(Collectors.toCollection(TreeSet::new))
                : Set.of(notice.obligationId());
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
                String actor = username == null ? LedgerEvent.SYSTEM : username;
                Map<String, String> details =
                        Map.of("kind", original.kind(), "seat", holder.seatCode(), "milestone", milestone);
                about(original).forEach(id -> ledger.record(id, LedgerEvent.Kind.NOTICE_ISSUED, actor, details));
            }
        }
        return written;
    }
}
