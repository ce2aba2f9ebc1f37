package org.sterna.notices;

/**
 * The ladder of some obligations is another one now; published inside the transaction that changes it.
 *
 * @param scope whose ladder
 */
public record LadderChanged(Ladders.Scope scope) {}
