package org.sterna.register;

/**
 * An address is not marked any more, because it was corrected or works after all; published in the transaction that
 * says so.
 *
 * @param email the address, as {@link Addresses#key} has it
 */
public record AddressMended(String email) {}
