package org.sterna.register;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The seats in the database. Nothing is remembered between calls: a change holds at once. */
@Component
class JdbcSeats implements Seats {

    private record Place(String code, @Nullable String partyCode) {}

    private final JdbcClient database;
    private final Terms terms;

    JdbcSeats(JdbcClient database, Terms terms) {
        this.database = database;
        this.terms = terms;
    }

    @Override
    public List<Holder> reachedBy(String seatCode) {
        return terms.in(Occupancy.line(seatCode)).reachedBy(seatCode);
    }

    @Override
    public List<Holder> mailedBy(String seatCode) {
        List<String> line = Occupancy.line(seatCode);
        List<Holder> mailed = terms.withUsableAddress(line).reachedBy(seatCode);
        return mailed.isEmpty() ? reachedBy(seatCode) : mailed;
    }

    @Override
    public Map<String, List<Holder>> reachedByEach(Collection<String> seatCodes) {
        if (seatCodes.isEmpty()) {
            return Map.of();
        }
        Occupancy today = terms.in(line(seatCodes));
        Map<String, List<Holder>> reached = new HashMap<>();
        seatCodes.forEach(seat -> reached.put(seat, today.reachedBy(seat)));
        return reached;
    }

    @Override
    public Map<String, List<Holder>> mailedByEach(Collection<String> seatCodes) {
        if (seatCodes.isEmpty()) {
            return Map.of();
        }
        Occupancy usable = terms.withUsableAddress(line(seatCodes));
        Map<String, List<Holder>> mailed = new HashMap<>();
        Set<String> unusable = new HashSet<>();
        for (String seat : seatCodes) {
            List<Holder> holders = usable.reachedBy(seat);
            if (holders.isEmpty()) {
                unusable.add(seat);
            } else {
                mailed.put(seat, holders);
            }
        }
        mailed.putAll(reachedByEach(unusable));
        return mailed;
    }

    /** Those seats, and those that stand in for them. */
    private static Set<String> line(Collection<String> seatCodes) {
        return seatCodes.stream().flatMap(seat -> Occupancy.line(seat).stream()).collect(Collectors.toSet());
    }

    @Override
    public List<Holder> terms(String seatCode) {
        return database.sql("select " + Terms.COLUMNS
                        + " from term_of_office t where t.seat_code = :seat order by t.first_day desc, t.id")
                .param("seat", seatCode)
                .query(Terms::holder)
                .list();
    }

    @Override
    public Map<String, List<Holder>> inOffice(Collection<String> seatCodes) {
        if (seatCodes.isEmpty()) {
            return Map.of();
        }
        Occupancy today = terms.in(seatCodes);
        Map<String, List<Holder>> held = new HashMap<>();
        for (String seat : seatCodes) {
            List<Holder> newestFirst = new ArrayList<>(today.inOffice(seat));
            Collections.reverse(newestFirst);
            if (!newestFirst.isEmpty()) {
                held.put(seat, List.copyOf(newestFirst));
            }
        }
        return held;
    }

    @Override
    public Set<String> heldBy(String username) {
        List<Place> own = database.sql("""
                        select s.code, s.party_code from term_of_office t join seat s on s.code = t.seat_code
                        where t.username = :username and %s
                        """.formatted(Terms.IN_OFFICE))
                .param("username", username)
                .param("today", terms.today())
                .query(Place.class)
                .list();
        if (own.isEmpty()) {
            return Set.of();
        }
        // only to the Secretariat fall seats of other Parties than those the account sits for
        if (own.stream().anyMatch(place -> place.code().equals(SeatRole.SECRETARIAT.code()))) {
            return byUsername(terms.everywhere(), database.sql("select code from seat"))
                    .getOrDefault(username, Set.of());
        }
        Set<String> reached = new HashSet<>();
        Set<String> parties = new HashSet<>();
        for (Place place : own) {
            if (place.partyCode() == null) {
                reached.add(place.code());
            } else {
                parties.add(place.partyCode());
            }
        }
        if (!parties.isEmpty()) {
            reached.addAll(byUsername(
                            terms.ofParties(parties),
                            database.sql("select code from seat where party_code in (:parties)")
                                    .param("parties", parties))
                    .getOrDefault(username, Set.of()));
        }
        return reached;
    }

    @Override
    public boolean held(String seatCode) {
        return !terms.in(List.of(seatCode)).inOffice(seatCode).isEmpty();
    }

    /** The seats that reach each account today, for all accounts. */
    Map<String, Set<String>> byUsername() {
        return byUsername(terms.everywhere(), database.sql("select code from seat"));
    }

    private static Map<String, Set<String>> byUsername(Occupancy occupancy, JdbcClient.StatementSpec seats) {
        return occupancy.seatsByUsername(seats.query(String.class).list());
    }
}
