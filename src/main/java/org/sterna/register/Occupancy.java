package org.sterna.register;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who is in office on a day, and from that whom each seat's work reaches. Pure: the one place that knows the line of
 * fall-back and who acts for whom.
 */
final class Occupancy {

    /** Whose seats the work of all others of the Party falls back to in turn, before it falls to the Secretariat. */
    static final List<SeatRole> FALL_BACK = List.of(SeatRole.NFP, SeatRole.ALT);

    /** Whose decisions the focal point may record, as ministries seldom answer here themselves. */
    private static final Set<SeatRole> RECORDED_BY_FOCAL_POINT = Set.of(SeatRole.MIN, SeatRole.MFA);

    private final Map<String, List<Holder>> inOffice;
    private final Set<String> absent;

    /**
     * @param holders those in office on the day
     * @param absent codes of the seats whose holder is absent on the day
     */
    Occupancy(Collection<Holder> holders, Set<String> absent) {
        this.inOffice = holders.stream().collect(Collectors.groupingBy(Holder::seatCode));
        this.absent = absent;
    }

    /**
     * The seats to ask in turn for a seat's work: the seat itself, then where it falls back to.
     *
     * @throws IllegalArgumentException if the code is not that of a seat
     */
    static List<String> line(String seatCode) {
        SeatRole role = SeatRole.ofSeat(seatCode)
                .orElseThrow(() -> new IllegalArgumentException("There is no seat " + seatCode + "."));
        String secretariat = SeatRole.SECRETARIAT.code();
        if (role == SeatRole.SECRETARIAT) {
            return List.of(secretariat);
        }
        if (!role.ofParty()) {
            return List.of(seatCode, secretariat);
        }
        String party = seatCode.substring(role.code().length() + 1);
        Set<String> line = new LinkedHashSet<>();
        line.add(seatCode);
        FALL_BACK.forEach(next -> line.add(Seat.code(next, party)));
        line.add(secretariat);
        return List.copyOf(line);
    }

    List<Holder> inOffice(String seatCode) {
        return inOffice.getOrDefault(seatCode, List.of());
    }

    /** The seats that each account sits in itself, nobody acting or fallen back to, by user name. */
    Map<String, Set<String>> ownSeatsByUsername() {
        return inOffice.values().stream()
                .flatMap(List::stream)
                .filter(holder -> holder.username() != null)
                .collect(Collectors.groupingBy(
                        Holder::username, Collectors.mapping(Holder::seatCode, Collectors.toCollection(TreeSet::new))));
    }

    /**
     * The holders whom the seat's work reaches, the seat's own first; nobody twice. A ministry's reaches the focal point
     * too, or the alternate where that seat is vacant, who record what the ministry decided.
     */
    List<Holder> reachedBy(String seatCode) {
        Set<Holder> reached = new LinkedHashSet<>(addressedBy(seatCode));
        if (recordedByFocalPoint(seatCode)) {
            line(seatCode).stream()
                    .skip(1)
                    .filter(next -> !next.equals(SeatRole.SECRETARIAT.code())
                            && !inOffice(next).isEmpty())
                    .findFirst()
                    .ifPresent(next -> reached.addAll(addressedBy(next)));
        }
        return List.copyOf(reached);
    }

    /** Whether the seat is a ministry's, whose decisions the focal point may record. */
    static boolean recordedByFocalPoint(String seatCode) {
        return SeatRole.ofSeat(seatCode)
                .filter(RECORDED_BY_FOCAL_POINT::contains)
                .isPresent();
    }

    /** The holders to whom the seat's work is addressed, and who are written to about it; nobody twice. */
    List<Holder> addressedBy(String seatCode) {
        for (String candidate : line(seatCode)) {
            List<Holder> holders = inOffice(candidate);
            if (!holders.isEmpty()) {
                Set<Holder> reached = new LinkedHashSet<>(holders);
                if (absent.contains(candidate)) {
                    reached.addAll(inOffice(alternateOf(candidate)));
                }
                return List.copyOf(reached);
            }
        }
        return List.of();
    }

    /** Which of the seats reach each account, by user name. */
    Map<String, Set<String>> seatsByUsername(Collection<String> seatCodes) {
        record Reach(String username, String seatCode) {}
        return seatCodes.stream()
                .flatMap(seat -> reachedBy(seat).stream()
                        .filter(holder -> holder.username() != null)
                        .map(holder -> new Reach(holder.username(), seat)))
                .collect(Collectors.groupingBy(
                        Reach::username, Collectors.mapping(Reach::seatCode, Collectors.toCollection(TreeSet::new))));
    }

    private static String alternateOf(String focalPoint) {
        return SeatRole.ALT.code() + focalPoint.substring(SeatRole.NFP.code().length());
    }
}
