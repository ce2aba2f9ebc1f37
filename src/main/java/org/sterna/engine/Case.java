package org.sterna.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Parties;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;

/** What the words of a diagram know about the case they are spoken in. */
@Component
class Case {

    private final Obligations obligations;
    private final Ledger ledger;
    private final Duties duties;
    private final Parties parties;

    Case(Obligations obligations, Ledger ledger, Duties duties, Parties parties) {
        this.obligations = obligations;
        this.ledger = ledger;
        this.duties = duties;
        this.parties = parties;
    }

    Obligation obligation(DelegateExecution execution) {
        // the key comes with the execution; the variables would be loaded for it
        String[] key = Objects.requireNonNull(
                        execution.getProcessBusinessKey(), () -> "a case without a key: " + execution.getId())
                .split("/", 3);
        return obligations.find(key[0], key[1], key[2]).orElseThrow();
    }

    /**
     * The same, kept from changing until the transaction ends: a task or timer that is made from a deadline while
     * somebody moves the deadline would else keep the old day.
     */
    Obligation locked(DelegateExecution execution) {
        return ledger.lock(obligation(execution).id()).orElseThrow();
    }

    Duty duty(Obligation obligation) {
        return duties.get(obligation.duty());
    }

    /**
     * The obligation's deadlines by name, the main one among them, as far as they are known; asks the ledger only
     * where the duty has several.
     */
    Map<String, Deadline> deadlines(Obligation obligation) {
        return duty(obligation).further().isEmpty()
                ? Map.of(obligation.deadlineName(), obligation.deadline())
                : obligations
                        .deadlines(Set.of(obligation.id()))
                        .getOrDefault(obligation.id(), Map.of(obligation.deadlineName(), obligation.deadline()));
    }

    /** Codes of the seats that the roles mean for the obligation's Party. */
    List<String> seats(Obligation obligation, List<String> roles) {
        return roles.stream().map(role -> seat(obligation.partyCode(), role)).toList();
    }

    List<String> seats(Obligation obligation, String roles) {
        return seats(
                obligation,
                Arrays.stream(roles.split(","))
                        .map(String::trim)
                        .filter(role -> !role.isEmpty())
                        .toList());
    }

    private String seat(String partyCode, String role) {
        SeatRole known = SeatRole.of(role).orElseThrow(() -> new IllegalArgumentException("No seat is a " + role));
        // only a region has to be looked up
        return known == SeatRole.REP
                ? Seat.code(known, Together.party(partyCode, parties).orElseThrow())
                : Seat.code(known, partyCode);
    }

    /** The code of the seat of that role in the case being executed. */
    String seat(String role) {
        // the tenant is fixed when the case starts; variables are not trusted with deciding whose task it is
        String partyCode = Context.getBpmnExecutionContext().getExecution().getTenantId();
        return seat(partyCode, role);
    }
}
