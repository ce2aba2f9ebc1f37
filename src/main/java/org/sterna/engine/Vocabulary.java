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
            AddressWord address,
            ClosingsWord closings) {
        this.words = Map.ofEntries(
                Map.entry("seat", seat),
                Map.entry("milestones", milestones),
                Map.entry("sendNotice", sendNotice),
                Map.entry("deadline", deadline),
                Map.entry("applyToRegister", applyToRegister),
                Map.entry("money", money),
                Map.entry("occasions", occasions),
                Map.entry("rows", rows),
                Map.entry("address", address),
                Map.entry("closings", closings));
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
