package org.sterna.campaigns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.ObligationEnded;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/**
 * Opens, for a Party that has done a duty, the duties that follow it on the same occasion, in the transaction in which it
 * was done. The rest of the Parties wait for the day of the duty itself, which leaves out whoever has it already.
 */
@Component
class Following {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private final Duties duties;
    private final Parties parties;
    private final Bound bound;
    private final Exemptions exemptions;
    private final Fit fit;
    private final Ledger ledger;

    Following(Duties duties, Parties parties, Bound bound, Exemptions exemptions, Fit fit, Ledger ledger) {
        this.duties = duties;
        this.parties = parties;
        this.bound = bound;
        this.exemptions = exemptions;
        this.fit = fit;
        this.ledger = ledger;
    }

    @EventListener
    void on(ObligationEnded ended) {
        if (ended.done()) {
            duties.all().stream()
                    .filter(duty -> ended.obligation().duty().equals(duty.follows()))
                    .forEach(duty -> open(duty, ended.obligation()));
        }
    }

    private void open(Duty duty, Obligation done) {
        String occasion = done.occasion();
        List<Party> party = parties.find(done.partyCode()).stream().toList();
        if (bound.of(duty, occasion, party).isEmpty()) {
            return;
        }
        Map<String, Deadline> dates;
        try {
            fit.duty(duty.key(), occasion);
            dates = fit.deadlines(duty, occasion, List.of(done.partyCode()))
                    .keySet()
                    .iterator()
                    .next();
        } catch (InvalidCampaign misfit) {
            // for example a meeting of a kind that only the first of the two is for
            LOG.debug("{} does not follow for {}: {}", duty.key(), occasion, misfit.getMessage());
            return;
        }
        // what is over is not opened any more
        if (fit.late(duty, occasion, List.of(dates), fit.today()).isPresent()) {
            return;
        }
        Map<String, Deadline> further = new LinkedHashMap<>(dates);
        Deadline main = Objects.requireNonNull(further.remove(Duty.DUE));
        ledger.lockOccasion(duty.key(), occasion);
        if (exemptions.of(duty.key(), occasion).stream()
                .noneMatch(exemption -> exemption.partyCode().equals(done.partyCode()))) {
            ledger.open(duty.key(), occasion, List.of(done.partyCode()), main, further, LedgerEvent.SYSTEM);
        }
    }
}
