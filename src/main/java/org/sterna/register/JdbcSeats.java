package org.sterna.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The seats in the database. Nothing is remembered between calls: a change holds at once. */
@Component
class JdbcSeats implements Seats {

    private record Place(String code, @Nullable String partyCode) {}

    /**
     * What an account has today.
     *
     * @param seats codes of the seats whose work reaches it
     * @param parties codes of the Parties in whose seats it sits itself
     */
    record Held(Set<String> seats, SortedSet<String> parties) {

        static final Held NOTHING = new Held(Set.of(), Collections.emptySortedSet());
    }

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
        List<Holder> mailed = terms.withUsableAddress(line).addressedBy(seatCode);
        return mailed.isEmpty() ? terms.in(line).addressedBy(seatCode) : mailed;
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
            List<Holder> holders = usable.addressedBy(seat);
            if (holders.isEmpty()) {
                unusable.add(seat);
            } else {
                mailed.put(seat, holders);
            }
        }
        if (!unusable.isEmpty()) {
            Occupancy today = terms.in(line(unusable));
            unusable.forEach(seat -> mailed.put(seat, today.addressedBy(seat)));
        }
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
        return heldToday(username).seats();
    }

    /** What the account has today; as {@link #heldBy}, with the Parties. */
    Held heldToday(String username) {
        List<Place> own = database.sql("""
                        select s.code, s.party_code from term_of_office t join seat s on s.code = t.seat_code
                        where t.username = :username and %s
                        """.formatted(Terms.IN_OFFICE))
                .param("username", username)
                .param("today", terms.today())
                .query(JdbcSeats::place)
                .list();
        if (own.isEmpty()) {
            return Held.NOTHING;
        }
        List<Place> seats = placesThatMayReach(own);
        Set<String> held = own.stream()
                .filter(place -> place.partyCode() == null)
                .map(Place::code)
                .collect(Collectors.toCollection(HashSet::new));
        if (!seats.isEmpty()) {
            Occupancy theirs = terms.ofParties(seats.stream()
                    .map(Place::partyCode)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
            held.addAll(theirs.seatsByUsername(seats.stream().map(Place::code).toList())
                    .getOrDefault(username, Set.of()));
        }
        return new Held(held, parties(own));
    }

    private static SortedSet<String> parties(Collection<Place> places) {
        return places.stream()
                .map(Place::partyCode)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those among which all are whose work reaches somebody in those seats. */
    private List<Place> placesThatMayReach(List<Place> held) {
        // a list in SQL cannot be empty
        Set<String> parties = held.stream()
                .map(place -> Objects.requireNonNullElse(place.partyCode(), ""))
                .collect(Collectors.toSet());
        String ofThem = "select code, party_code from seat where party_code in (:parties)";
        // of other Parties than those that somebody sits for, seats fall only to the Secretariat
        JdbcClient.StatementSpec statement = held.stream()
                        .anyMatch(place -> place.code().equals(SeatRole.SECRETARIAT.code()))
                ? database.sql(ofThem + " or party_code is null or party_code in (" + Terms.PARTIES_WITHOUT_FALL_BACK
                                + ")")
                        .param(
                                "roles",
                                Occupancy.FALL_BACK.stream().map(SeatRole::code).toList())
                        .param("today", terms.today())
                : database.sql(ofThem);
        return statement.param("parties", parties).query(JdbcSeats::place).list();
    }

    private static Place place(ResultSet row, int number) throws SQLException {
        return new Place(row.getString("code"), row.getString("party_code"));
    }

    @Override
    public boolean held(String seatCode) {
        return !terms.in(List.of(seatCode)).inOffice(seatCode).isEmpty();
    }

    /** What each account has today, by user name; without those that have nothing. */
    Map<String, Held> byUsername() {
        Map<String, Place> places = database.sql("select code, party_code from seat").query(JdbcSeats::place).stream()
                .collect(Collectors.toMap(Place::code, place -> place));
        Occupancy today = terms.everywhere();
        Map<String, Set<String>> own = today.ownSeatsByUsername();
        Map<String, Held> held = new HashMap<>();
        today.seatsByUsername(places.keySet())
                .forEach((username, seats) -> held.put(
                        username,
                        new Held(
                                seats,
                                parties(own.getOrDefault(username, Set.of()).stream()
                                        .map(places::get)
                                        .toList()))));
        return held;
    }
}
