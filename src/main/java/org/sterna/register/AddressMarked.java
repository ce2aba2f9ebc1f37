package org.sterna.register;

/**
 * An address was found to take no mail and was not known as such before; published in the transaction that marks it.
 *
 * @param email the address, as {@link Addresses#key} has it
 */
public record AddressMarked(String email) {}
