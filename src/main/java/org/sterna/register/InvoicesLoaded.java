package org.sterna.register;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Told, in the writer's transaction, when invoices were loaded from a file, whether or not the register had them before.
 *
 * @param id identity of the loading
 * @param file the file's name
 * @param username who loaded it
 * @param invoices the invoices, in the file's order
 */
public record InvoicesLoaded(UUID id, String file, String username, List<Of> invoices) {

    /** Names of the {@link Facts} about the year that such a file says. */
    public static final Set<String> FACTS = Set.of(MoneyFacts.INVOICE_NO, MoneyFacts.ASSESSED);

    /** An invoice: the Party's, for a year. */
    public record Of(String partyCode, int year) {}
}
