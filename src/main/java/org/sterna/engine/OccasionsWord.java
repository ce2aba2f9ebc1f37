package org.sterna.engine;

import java.util.concurrent.CompletableFuture;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.stereotype.Component;
import org.sterna.campaigns.Occasions;

/**
 * {@code ${occasions.…}}: opens the occasions whose day has come.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("occasions")
public class OccasionsWord {

    private final Occasions occasions;

    OccasionsWord(Occasions occasions) {
        this.occasions = occasions;
    }

    /**
     * Opens what is due. On a thread of its own: within this command the cases would be written with the command's
     * transaction, and their obligations with that of the occasion.
     *
     * @throws ProcessEngineException naming what could not be opened; all else is open
     */
    public void openDue() {
        Occasions.Round round =
                CompletableFuture.supplyAsync(occasions::openDue).join();
        if (!round.failed().isEmpty()) {
            throw new ProcessEngineException("Could not be opened: " + round.failed());
        }
    }
}
