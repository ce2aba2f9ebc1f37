package org.sterna.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.notices.Suspensions;
import org.sterna.obligations.Obligation;

/** Asks for many business keys at once, which the engine's own queries cannot. */
@Component
class EngineSuspensions implements Suspensions {

    private final JdbcClient database;

    EngineSuspensions(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<UUID> suspended(Collection<Obligation> obligations) {
        if (obligations.isEmpty()) {
            return Set.of();
        }
        Map<String, UUID> byKey = obligations.stream()
                .collect(Collectors.toMap(Obligation::businessKey, Obligation::id, (one, same) -> one));
        return new HashSet<>(database
                .sql("select business_key_ from act_ru_execution where business_key_ in (:keys)"
                        + " and suspension_state_ = :suspended")
                .param("keys", byKey.keySet())
                .param("suspended", SuspensionState.SUSPENDED.getStateCode())
                .query(String.class)
                .list()
                .stream()
                .map((Function<String, UUID>) byKey::get)
                .toList());
    }
}
