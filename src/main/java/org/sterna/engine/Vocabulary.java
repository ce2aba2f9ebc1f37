package org.sterna.engine;

import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The closed vocabulary that diagrams speak: nothing else of the application can be reached by an expression. */
@Component
class Vocabulary {

    private final Map<String, Object> words;

    Vocabulary(
            SeatWord seat,
            MilestonesWord milestones,
            SendNoticeWord sendNotice,
            DeadlineWord deadline,
            ApplyToRegisterWord applyToRegister,
            MoneyWord money,
            OccasionsWord occasions,
            RowsWord rows,
            AddressWord address) {
        this.words = Map.of(
                "seat", seat,
                "milestones", milestones,
                "sendNotice", sendNotice,
                "deadline", deadline,
                "applyToRegister", applyToRegister,
                "money", money,
                "occasions", occasions,
                "rows", rows,
                "address", address);
    }

    /** The messages that the application sends to cases; no other one would ever reach a diagram. */
    Set<String> messages() {
        return Set.of(LedgerListeners.PARTY_ACTED, EngineAddressTasks.MENDED, SettledYears.MESSAGE);
    }

    /** The words by name. */
    Map<String, Object> words() {
        return words;
    }
}
