package org.sterna.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.campaigns.BulkActs;
import org.sterna.forms.Forms;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Contributions;
import org.sterna.register.InvoicesLoaded;

/** Has steps completed that come up after what they ask for was loaded from a file. */
@Component
class LoadedSteps {

    private final Forms forms;
    private final Obligations obligations;
    private final Contributions contributions;
    private final ObjectProvider<BulkActs> acts;

    LoadedSteps(Forms forms, Obligations obligations, Contributions contributions, ObjectProvider<BulkActs> acts) {
        this.forms = forms;
        this.obligations = obligations;
        this.contributions = contributions;
        this.acts = acts;
    }

    /** Steps of one duty and occasion came up as their cases started; in the running command. */
    void cameUp(Collection<OpenTask> tasks) {
        List<UUID> waiting = tasks.stream()
                .filter(task -> forms.find(task.duty(), task.step())
                        .filter(form -> form.answeredBy(InvoicesLoaded.FACTS))
                        .isPresent())
                .map(OpenTask::obligationId)
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        Map<String, UUID> parties = new HashMap<>();
        Map<Integer, List<Obligation>> years = obligations.findAll(waiting).stream()
                .collect(Collectors.groupingBy(obligation -> Integer.parseInt(obligation.occasion())));
        years.forEach((year, owed) -> {
            owed.forEach(one -> parties.put(one.partyCode(), one.id()));
            contributions.loaded(year, parties.keySet()).entrySet().stream()
                    .collect(Collectors.groupingBy(
                            Map.Entry::getValue,
                            Collectors.mapping(one -> parties.get(one.getKey()), Collectors.toList())))
                    .forEach((loaded, ids) -> acts.getObject()
                            .start(
                                    new BulkActs.Act(
                                            UUID.randomUUID(),
                                            BulkActs.Kind.COMPLETE,
                                            null,
                                            null,
                                            loaded.file(),
                                            loaded.by(),
                                            LocaleContextHolder.getLocale()),
                                    ids));
            parties.clear();
        });
    }
}
