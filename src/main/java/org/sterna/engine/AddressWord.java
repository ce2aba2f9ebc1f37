package org.sterna.engine;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.obligations.LedgerEvent;
import org.sterna.register.Addresses;

/**
 * {@code ${address.…}}: wrong addresses become tasks, and what the Secretariat finds out about one takes effect in the
 * register.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("address")
public class AddressWord {

    private final Addresses addresses;
    private final AddressFollowers followers;
    private final MessageSource messages;

    AddressWord(Addresses addresses, @Lazy AddressFollowers followers, MessageSource messages) {
        this.addresses = addresses;
        this.followers = followers;
        this.messages = messages;
    }

    /**
     * Opens the task of each address in use that was marked when there was no such task yet; usually there is none, as
     * each opens when its address is marked.
     */
    public void openMissing() {
        followers.openMissing(addresses.holdMarked());
    }

    /**
     * Replaces the address, or takes back that it takes no mail.
     *
     * @param outcome {@code corrected} or {@code right}
     * @param newAddress what replaces it; null where it is right
     */
    public void settle(DelegateExecution execution, String outcome, @Nullable String newAddress) {
        String email = (String) execution.getVariable(EngineAddressTasks.EMAIL);
        if (outcome.equals("corrected") && newAddress != null) {
            String user = Context.getCommandContext().getAuthenticatedUserId();
            try {
                addresses.correct(email, newAddress, user == null ? LedgerEvent.SYSTEM : user);
            } catch (IllegalArgumentException refused) {
                String field = refused.getMessage().startsWith("after: ") ? "after" : "before";
                throw new RefusedSubmission(new InvalidSubmission(List.of(new Violation(
                        "newAddress",
                        messages.getMessage(
                                "secretariat.addresses." + field + ".error", null, LocaleContextHolder.getLocale())))));
            }
        } else {
            addresses.clear(email);
        }
    }
}
