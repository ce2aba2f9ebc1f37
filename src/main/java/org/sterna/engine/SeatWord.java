package org.sterna.engine;

import static org.sterna.engine.Argument.Kind.ROLE;

import org.springframework.stereotype.Component;

/**
 * {@code ${seat.of('nfp')}}: the seat of that role at the case's Party, as a candidate group.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("seat")
public class SeatWord {

    private final Case theCase;

    SeatWord(Case theCase) {
        this.theCase = theCase;
    }

    /** The code of the seat, for example {@code nfp-CHE}. */
    public String of(@Argument(ROLE) String role) {
        return theCase.seat(role);
    }
}
