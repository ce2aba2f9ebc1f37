package org.sterna.calendar;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a transaction that only reads has read already: a page that computes the deadlines of all duties of a meeting
 * asks for the meeting once. In a transaction that may write, and without one, everything is read anew.
 */
final class ReadOnce {

    private final Map<Object, Object> read = new HashMap<>();

    private ReadOnce() {}

    @SuppressWarnings("unchecked")
    static <T> T of(Object key, Supplier<T> reading) {
        ReadOnce known = known();
        return known == null ? reading.get() : (T) known.read.computeIfAbsent(key, missing -> reading.get());
    }

    private static @Nullable ReadOnce known() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            return null;
        }
        ReadOnce bound = (ReadOnce) TransactionSynchronizationManager.getResource(ReadOnce.class);
        if (bound != null) {
            return bound;
        }
        ReadOnce fresh = new ReadOnce();
        TransactionSynchronizationManager.bindResource(ReadOnce.class, fresh);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            @Override
            public void suspend() {
                TransactionSynchronizationManager.unbindResource(ReadOnce.class);
            }

            @Override
            public void resume() {
                TransactionSynchronizationManager.bindResource(ReadOnce.class, fresh);
            }

            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(ReadOnce.class);
            }
        });
        return fresh;
    }
}
