package org.sterna.obligations;

import java.util.List;

/**
 * Obligations were entered in the ledger; published inside the transaction that did it.
 *
 * @param obligations at least one
 */
public record ObligationsOpened(List<Obligation> obligations) {}
