package org.sterna.obligations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

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
    private final Map<UUID, Head> heads = new HashMap<>();

    private Known() {}

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

    static void is(Obligation obligation) {
        Known known = known();
        if (known != null) {
            known.keep(obligation);
        }
    }

    static void changed(UUID id) {
        Known known = known();
        if (known != null) {
            known.obligations.remove(id);
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
