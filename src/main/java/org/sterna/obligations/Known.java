package org.sterna.obligations;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.sterna.calendar.Deadline;

/**
 * What the running transaction has read or written of obligations, so that the words of a diagram that speak in one
 * step do not ask for the same row again and again. Every write of the ledger forgets or renews it; nothing is kept
 * beyond the transaction, or without one.
 */
final class Known {

    /** The newest event of an obligation whose row this transaction has locked. */
    record Head(int count, String hash) {}

    private final Map<UUID, Obligation> obligations = new HashMap<>();
    private final Map<List<String>, UUID> ids = new HashMap<>();
    private final Map<UUID, FirstDue.Cell> cells = new HashMap<>();
    private final Map<UUID, Head> heads = new HashMap<>();
    private final Map<UUID, Map<String, Deadline>> deadlines = new HashMap<>();
    private final Set<UUID> locked = new HashSet<>();

    private Known() {}

    static Optional<Obligation> obligation(UUID id) {
        Known known = known();
        return known == null ? Optional.empty() : Optional.ofNullable(known.obligations.get(id));
    }

    static Optional<Obligation> obligation(UUID id, Supplier<Optional<Obligation>> read) {
        Known known = known();
        if (known == null) {
            return read.get();
        }
        Obligation before = known.obligations.get(id);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<Obligation> now = read.get();
        now.ifPresent(known::keep);
        return now;
    }

    static Optional<Obligation> obligation(
            String duty, String occasion, String partyCode, Supplier<Optional<Obligation>> read) {
        Known known = known();
        if (known == null) {
            return read.get();
        }
        UUID id = known.ids.get(List.of(duty, occasion, partyCode));
        Obligation before = id == null ? null : known.obligations.get(id);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<Obligation> now = read.get();
        now.ifPresent(known::keep);
        return now;
    }

    /** The Party and the duty of an obligation that this transaction has read or entered, whatever it changed since. */
    static Optional<FirstDue.Cell> cell(UUID id) {
        Known known = known();
        return known == null ? Optional.empty() : Optional.ofNullable(known.cells.get(id));
    }

    static void is(Obligation obligation) {
        Known known = known();
        if (known != null) {
            known.keep(obligation);
        }
    }

    /** The obligation as it stands if this transaction keeps it from changing and has not changed it itself. */
    static Optional<Obligation> locked(UUID id) {
        Known known = known();
        return known == null || !known.locked.contains(id)
                ? Optional.empty()
                : Optional.ofNullable(known.obligations.get(id));
    }

    /** The obligation is as read now, and its row locked. */
    static void isLocked(Obligation obligation, Head head) {
        Known known = known();
        if (known != null) {
            known.keep(obligation);
            known.locked.add(obligation.id());
            known.heads.put(obligation.id(), head);
        }
    }

    static void changed(UUID id) {
        Known known = known();
        if (known != null) {
            known.obligations.remove(id);
            known.deadlines.remove(id);
        }
    }

    /** What of several obligations' deadlines is known; without those that are not. */
    static Map<UUID, Map<String, Deadline>> deadlines(Collection<UUID> ids) {
        Known known = known();
        if (known == null) {
            return Map.of();
        }
        Map<UUID, Map<String, Deadline>> found = new HashMap<>();
        ids.forEach(id -> {
            Map<String, Deadline> before = known.deadlines.get(id);
            if (before != null) {
                found.put(id, before);
            }
        });
        return found;
    }

    /** The deadlines of a locked obligation by name; none, if it has only its own. */
    static void deadlines(UUID id, Map<String, Deadline> deadlines) {
        Known known = known();
        if (known != null && known.locked.contains(id)) {
            known.deadlines.put(id, deadlines);
        }
    }

    static Head head(UUID id, Supplier<Head> lockAndRead) {
        Known known = known();
        return known == null ? lockAndRead.get() : known.heads.computeIfAbsent(id, missing -> lockAndRead.get());
    }

    static void head(UUID id, Head head) {
        Known known = known();
        if (known != null) {
            known.heads.put(id, head);
        }
    }

    private void keep(Obligation obligation) {
        obligations.put(obligation.id(), obligation);
        cells.put(obligation.id(), new FirstDue.Cell(obligation.partyCode(), obligation.duty()));
        ids.put(List.of(obligation.duty(), obligation.occasion(), obligation.partyCode()), obligation.id());
    }

    private static @Nullable Known known() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return null;
        }
        Known bound = (Known) TransactionSynchronizationManager.getResource(Known.class);
        if (bound != null) {
            return bound;
        }
        Known fresh = new Known();
        TransactionSynchronizationManager.bindResource(Known.class, fresh);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            @Override
            public void suspend() {
                TransactionSynchronizationManager.unbindResource(Known.class);
            }

            @Override
            public void resume() {
                TransactionSynchronizationManager.bindResource(Known.class, fresh);
            }

            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(Known.class);
            }
        });
        return fresh;
    }
}
