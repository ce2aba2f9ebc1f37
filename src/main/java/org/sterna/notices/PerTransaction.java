package org.sterna.notices;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the running transaction has read already, so that the words of a diagram that speak in one step ask once.
 * Nothing is kept beyond the transaction, or without one; whoever writes forgets.
 */
final class PerTransaction {

    private final Map<Object, Object> read = new HashMap<>();

    private PerTransaction() {}

    @SuppressWarnings("unchecked")
    static <T> T once(Object key, Supplier<T> reading) {
        PerTransaction known = known();
        if (known == null) {
            return reading.get();
        }
        T value = (T) known.read.get(key);
        if (value == null) {
            value = reading.get();
            known.read.put(key, value);
        }
        return value;
    }

    /** What was read already; null if nothing was. */
    @SuppressWarnings("unchecked")
    static <T> @Nullable T read(Object key) {
        PerTransaction known = known();
        return known == null ? null : (T) known.read.get(key);
    }

    static void forget(Object key) {
        PerTransaction known = known();
        if (known != null) {
            known.read.remove(key);
        }
    }

    private static @Nullable PerTransaction known() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return null;
        }
        PerTransaction bound = (PerTransaction) TransactionSynchronizationManager.getResource(PerTransaction.class);
        if (bound != null) {
            return bound;
        }
        PerTransaction fresh = new PerTransaction();
        TransactionSynchronizationManager.bindResource(PerTransaction.class, fresh);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            @Override
            public void suspend() {
                TransactionSynchronizationManager.unbindResource(PerTransaction.class);
            }

            @Override
            public void resume() {
                TransactionSynchronizationManager.bindResource(PerTransaction.class, fresh);
            }

            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(PerTransaction.class);
            }
        });
        return fresh;
    }
}
