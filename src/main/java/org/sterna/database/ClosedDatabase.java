package org.sterna.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Tells the pool which connections lead nowhere any more. H2 closes its database when it cannot write, as on a full disk,
 * and opens the file again for a new connection; the connections from before call themselves valid for ever.
 */
public final class ClosedDatabase implements SQLExceptionOverride {

    /** What H2 says: a general error, of writing or reading; input or output failed; the database is closed. */
    private static final Set<Integer> ERRORS = Set.of(50000, 90028, 90031, 90067, 90098, 90121);

    /** Called by the pool, by the name of the class. */
    public ClosedDatabase() {}

    /** {@inheritDoc} What other databases say has states that the pool knows. */
    @java.lang.Override
    public Override adjudicate(SQLException error) {
        WriteFailures.note(error);
        return ERRORS.contains(error.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
