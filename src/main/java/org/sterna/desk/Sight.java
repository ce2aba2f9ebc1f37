package org.sterna.desk;

import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.obligations.DoneTask;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.Callers;
import org.sterna.pages.National;
import org.sterna.register.Account;
import org.sterna.register.Accounts;

/**
 * What a caller may see: tasks of own seats, obligations and papers of the own Party; the Secretariat all obligations
 * and papers, but nothing of what stays within a Party. Everything else is not there.
 */
@Component
class Sight {

    private final Accounts accounts;
    private final Obligations obligations;
    private final Documents documents;
    private final National national;

    Sight(Accounts accounts, Obligations obligations, Documents documents, National national) {
        this.accounts = accounts;
        this.obligations = obligations;
        this.documents = documents;
        this.national = national;
    }

    Account caller(@Nullable Principal principal) {
        return Callers.account(principal, accounts).orElseThrow(NothingHere::new);
    }

    Obligation obligation(UUID id, Account caller) {
        return obligations
                .find(id)
                .filter(found -> sees(caller, found.partyCode()))
                .orElseThrow(NothingHere::new);
    }

    OpenTask task(String id, Account caller) {
        return obligations
                .task(id)
                .filter(task -> caller.seats().contains(task.seatCode()))
                // a seat of a Party that fell to the Secretariat takes no national answers along
                .filter(task -> !caller.secretariat()
                        || obligations
                                .find(task.obligationId())
                                .filter(owed -> national.hides(task, owed, caller))
                                .isEmpty())
                .orElseThrow(NothingHere::new);
    }

    /** How a task ended that is open no more. */
    DoneTask doneTask(String id, Account caller) {
        DoneTask done = obligations.doneTask(id).orElseThrow(NothingHere::new);
        obligation(done.obligationId(), caller);
        return done;
    }

    /** A paper that may be read. */
    Document paper(UUID id, Account caller) {
        return documents
                .find(id)
                .filter(paper -> sees(caller, paper.partyCode()))
                .filter(paper -> paper.readable())
                .filter(paper -> !national.shown(List.of(paper), caller).isEmpty())
                .orElseThrow(NothingHere::new);
    }

    private static boolean sees(Account caller, String partyCode) {
        return caller.secretariat() || partyCode.equals(caller.partyCode());
    }
}
