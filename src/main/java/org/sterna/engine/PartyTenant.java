package org.sterna.engine;

import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/** Puts every case behind its Party's wall: tenant = Party, while the definitions are shared. */
class PartyTenant implements TenantIdProvider {

    private static final String PARTY = "partyCode";

    /** What a case of that Party is created with; the engine forgets it once the case has its tenant. */
    static VariableMap of(String partyCode) {
        return Variables.createVariables().putValueTyped(PARTY, Variables.stringValue(partyCode, true));
    }

    @Override
    public @Nullable String provideTenantIdForProcessInstance(TenantIdProviderProcessInstanceContext context) {
        return context.getSuperExecution() != null
                ? context.getSuperExecution().getTenantId()
                : (String) context.getVariables().get(PARTY);
    }

    @Override
    public @Nullable String provideTenantIdForCaseInstance(TenantIdProviderCaseInstanceContext context) {
        return null;
    }

    @Override
    public @Nullable String provideTenantIdForHistoricDecisionInstance(
            TenantIdProviderHistoricDecisionInstanceContext context) {
        return context.getExecution() == null ? null : context.getExecution().getTenantId();
    }
}
