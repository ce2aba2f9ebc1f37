package org.sterna.campaigns;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.duties.Duty;
import org.sterna.register.Holder;
import org.sterna.register.Instruments;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

/** Which Parties a duty binds: those its catalogue entry names, and of a meeting of Parties only those who belong to it. */
@Component
class Bound {

    private final Parties parties;
    private final Meetings meetings;
    private final Instruments instruments;
    private final Seats seats;
    private final Eligibility eligibility;

    Bound(Parties parties, Meetings meetings, Instruments instruments, Seats seats, Eligibility eligibility) {
        this.parties = parties;
        this.meetings = meetings;
        this.instruments = instruments;
        this.seats = seats;
        this.eligibility = eligibility;
    }

    /** Those it binds today, ordered by code. */
    List<Party> of(Duty duty) {
        return of(duty, parties.all());
    }

    /** Those it binds today for an occasion, ordered by code. */
    List<Party> of(Duty duty, String occasion) {
        return of(duty, occasion, parties.all());
    }

    /**
     * Those of the Parties that it binds today for an occasion, in their order: for a meeting of an Agreement or MOU only
     * those who belong to that, and nobody while it is not known whose meeting it is.
     */
    List<Party> of(Duty duty, String occasion, List<Party> all) {
        Optional<Meeting> meeting = duty.meetings().isEmpty() ? Optional.empty() : meetings.find(occasion);
        if (meeting.filter(Meeting::lacksInstrument).isPresent()) {
            return List.of();
        }
        return of(
                duty,
                meeting.map(Meeting::instrument)
                        .map(instrument -> among(all, instruments.parties(instrument)))
                        .orElse(all));
    }

    /** Those of the Parties that it binds today whatever the occasion, in their order. */
    List<Party> of(Duty duty, List<Party> all) {
        Duty.Binding binds = duty.binds();
        return switch (binds.parties()) {
            case ALL -> all;
            case OF_REGION ->
                all.stream()
                        .filter(party -> party.region().code().equals(binds.region()))
                        .toList();
            case OF_INSTRUMENT -> among(all, instruments.parties(Objects.requireNonNull(binds.instrument())));
            case WITH_SEAT -> {
                SeatRole role =
                        SeatRole.of(Objects.requireNonNull(binds.role())).orElseThrow();
                Map<String, List<Holder>> held = seats.inOffice(
                        all.stream().map(party -> Seat.code(role, party.code())).toList());
                yield all.stream()
                        .filter(party -> held.containsKey(Seat.code(role, party.code())))
                        .toList();
            }
            case ELIGIBLE ->
                among(
                        all,
                        eligibility.eligible(
                                Objects.requireNonNull(binds.decision()),
                                all.stream().map(Party::code).toList()));
        };
    }

    private static List<Party> among(List<Party> all, Set<String> codes) {
        return all.stream().filter(party -> codes.contains(party.code())).toList();
    }
}
