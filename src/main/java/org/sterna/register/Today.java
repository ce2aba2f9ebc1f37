package org.sterna.register;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Which day it is for somebody: on the Party's clock for its seats and accounts, on the Secretariat's for everybody else.
 * What people type is judged by their own day. The end of a deadline is not asked here, as it keeps the zone that its
 * rule names.
 */
@Component
public class Today {

    private final Parties parties;
    private final Clock clock;

    public Today(Parties parties, Clock clock) {
        this.parties = parties;
        this.clock = clock;
    }

    /** The day at the Secretariat. */
    public LocalDate ofSecretariat() {
        return LocalDate.ofInstant(clock.instant(), Party.BONN);
    }

    /**
     * The day where the Party is; asks the register once.
     *
     * @param code ISO 3166-1 alpha-3 code; the Secretariat's day if no Party has it
     */
    public LocalDate ofParty(String code) {
        return ofParty(code, clock.instant());
    }

    /** The day where the Party is at some moment; asks the register once. */
    public LocalDate ofParty(String code, Instant at) {
        return LocalDate.ofInstant(at, parties.find(code).map(Party::zone).orElse(Party.BONN));
    }

    /**
     * The day where a seat is; asks the register at most once.
     *
     * @param code for example {@code nfp-FJI}; the Secretariat's day for its own seat and for a region's
     */
    public LocalDate ofSeat(String code) {
        int dash = code.indexOf('-');
        return dash < 0 ? ofSecretariat() : ofParty(code.substring(dash + 1));
    }

    /**
     * On which clock an account reads the day.
     *
     * @param parties finds a Party by its code
     */
    public static ZoneId zone(Account account, Function<String, Optional<Party>> parties) {
        return Optional.ofNullable(account.partyCode())
                .flatMap(parties)
                .map(Party::zone)
                .orElse(Party.BONN);
    }
}
