package org.sterna.register;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes to who holds a seat. */
public interface Appointments {

    /**
     * A nomination that the Secretariat accepted.
     *
     * @param seatCode the seat
     * @param username the account of the holder who sent the nomination, whose provisional term is confirmed; if there
     *     is none of its own, the seat's only provisional term is confirmed, else a new term of that account starts;
     *     null when it came from somebody who is not in the seat
     * @param person the person block of the nomination ({@code givenName}, {@code familyName}, {@code position},
     *     {@code organisation}, {@code workEmail}, {@code preferredLanguages} …)
     * @param from first day in office
     * @param evidence the accepted letter
     * @param by user name of who accepted it; null for nobody in person
     */
    record Nomination(
            String seatCode,
            @Nullable String username,
            Map<String, Object> person,
            LocalDate from,
            UUID evidence,
            @Nullable String by) {

        /** A nomination that nobody accepted in person. */
        public Nomination(
                String seatCode, @Nullable String username, Map<String, Object> person, LocalDate from, UUID evidence) {
            this(seatCode, username, person, from, evidence, null);
        }
    }

    /**
     * Makes the nominated person the confirmed holder, with the letter as evidence, and ends every other term of the
     * seat the day before. Confirming the same letter twice changes nothing.
     *
     * <p>The account stays with the person. Where somebody else is nominated than who used it ({@code replaces} is
     * {@code successor}, or the name is another than that of an earlier letter), the nominated person goes on with an
     * account that is theirs already, else gets one of their own and a link to it by mail; who was replaced keeps the
     * old one, which no longer holds the seat.
     *
     * @return the confirmed term
     */
    Holder confirm(Nomination nomination);

    /**
     * Registers an absence of the holder of a National Focal Point's seat, during which the alternate acts.
     *
     * @param seatCode a focal point's seat
     * @param from first day
     * @param to last day, at most 184 days after the first (default, configurable)
     * @throws IllegalArgumentException naming the field, if the days are out of order or the absence is too long
     */
    void absent(String seatCode, LocalDate from, LocalDate to);
}
