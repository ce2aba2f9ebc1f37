package org.sterna.register;

/**
 * Told, in the writer's transaction, when a contribution that was open has nothing left to pay.
 *
 * @param partyCode the Party
 * @param year the year
 */
public record YearSettled(String partyCode, int year) {}
