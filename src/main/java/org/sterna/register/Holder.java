package org.sterna.register;

import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a seat, from a date to a date.
 *
 * @param id identity of this term of office
 * @param seatCode the seat held
 * @param username the account that acts for the holder; null while no access was issued
 * @param name how the holder is addressed; an office's name until a nomination names a person
 * @param email where notices go
 * @param language the holder's language: English, French or Spanish
 * @param from first day in office
 * @param to last day in office; null while in office
 * @param confirmed whether an accepted letter stands behind the term
 * @param evidence the document that confirms the term; null while provisional, and for a confirmed term that the
 *     register began with
 */
public record Holder(
        UUID id,
        String seatCode,
        @Nullable String username,
        String name,
        String email,
        Locale language,
        LocalDate from,
        @Nullable LocalDate to,
        boolean confirmed,
        @Nullable UUID evidence) {}
