package org.sterna.engine;

import static org.sterna.engine.Argument.Kind.FIELD;
import static org.sterna.engine.Argument.Kind.ROLE;
import static org.sterna.engine.Argument.Kind.STEP;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.stereotype.Component;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.Submission;
import org.sterna.register.Appointments;
import org.sterna.register.Holder;

/**
 * {@code ${applyToRegister.…}}: accepted answers take effect in the register.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("applyToRegister")
public class ApplyToRegisterWord {

    private final Case theCase;
    private final Obligations obligations;
    private final Appointments appointments;
    private final Ledger ledger;

    ApplyToRegisterWord(Case theCase, Obligations obligations, Appointments appointments, Ledger ledger) {
        this.theCase = theCase;
        this.obligations = obligations;
        this.appointments = appointments;
        this.ledger = ledger;
    }

    /**
     * Confirms the person named in the last submission of a step as holder of a seat.
     *
     * @param role role of the seat
     * @param step the step whose form has the person block
     * @param evidence field with the accepted letter
     * @param from field with the first day in office
     */
    public void confirm(
            DelegateExecution execution,
            @Argument(ROLE) String role,
            @Argument(STEP) String step,
            @Argument(FIELD) String evidence,
            @Argument(FIELD) String from) {
        Obligation obligation = theCase.obligation(execution);
        Submission nomination = obligations.submissions(obligation.id()).stream()
                .filter(submission -> submission.step().equals(step))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        Map<String, Object> values = nomination.values();
        String user = Context.getCommandContext().getAuthenticatedUserId();
        Holder holder = appointments.confirm(new Appointments.Nomination(
                theCase.seats(obligation, role).get(0),
                nomination.acting() ? null : nomination.submittedBy(),
                values,
                LocalDate.parse((String) values.get(from)),
                UUID.fromString((String) values.get(evidence)),
                user));
        ledger.record(
                obligation.id(),
                LedgerEvent.Kind.REGISTER_CHANGED,
                user == null ? LedgerEvent.SYSTEM : user,
                Map.of(
                        "seat", holder.seatCode(),
                        "holder", holder.name(),
                        "from", holder.from().toString(),
                        "document", (String) values.get(evidence)));
    }
}
