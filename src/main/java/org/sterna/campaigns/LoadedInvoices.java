package org.sterna.campaigns;

import java.util.List;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.register.InvoicesLoaded;

/**
 * Has the steps completed that wait for what a file said, as one act on several obligations: in the background, each in a
 * transaction of its own, with its result. The act belongs to the loading, so that neither is there without the other.
 */
@Component
class LoadedInvoices {

    private final CaseActs cases;
    private final BulkActs acts;

    LoadedInvoices(CaseActs cases, BulkActs acts) {
        this.cases = cases;
        this.acts = acts;
    }

    @EventListener
    void on(InvoicesLoaded loaded) {
        List<UUID> waiting = cases.answered(loaded.invoices());
        for (int from = 0; from < waiting.size(); from += BulkActs.MOST) {
            acts.start(
                    new BulkActs.Act(
                            from == 0 ? loaded.id() : UUID.randomUUID(),
                            BulkActs.Kind.COMPLETE,
                            null,
                            null,
                            loaded.file(),
                            loaded.username(),
                            LocaleContextHolder.getLocale()),
                    waiting.subList(from, Math.min(from + BulkActs.MOST, waiting.size())));
        }
    }
}
