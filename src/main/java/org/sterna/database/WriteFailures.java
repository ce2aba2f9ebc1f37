package org.sterna.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.transaction.TransactionSystemException;

/** Whether the database could not be written lately; a full disk is the usual reason. */
public final class WriteFailures {

    /** What H2 says when it cannot write, and when it closed its database for that. */
    private static final Set<Integer> OF_H2 = Set.of(50000, 90028, 90031, 90098);

    /** What PostgreSQL says of a full disk. */
    private static final String DISK_FULL = "53100";

    private static final long NEVER = Long.MIN_VALUE;
    private static final AtomicLong LATEST = new AtomicLong(NEVER);

    private WriteFailures() {}

    /** Notes what the database answered, if it could not write. */
    static void note(SQLException error) {
        if (tells(error)) {
            LATEST.set(System.nanoTime());
        }
    }

    /** Whether a write failed within the time that has just passed, on this node. */
    public static boolean within(Duration time) {
        long latest = LATEST.get();
        return latest != NEVER && System.nanoTime() - latest <= time.toNanos();
    }

    /** Whether something failed because the database could not be written. */
    public static boolean cause(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error && tells(error)) {
                return true;
            }
            // what failed first stands beside what failed when it was to be taken back
            if (cause instanceof TransactionSystemException rolledBack
                    && rolledBack.getApplicationException() != null
                    && cause(rolledBack.getApplicationException())) {
                return true;
            }
        }
        return false;
    }

    private static boolean tells(SQLException error) {
        return OF_H2.contains(error.getErrorCode()) || DISK_FULL.equals(error.getSQLState());
    }
}
