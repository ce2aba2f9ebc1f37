package org.sterna.register;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who sits where today. A seat's work reaches its holder in office; during a registered absence of the National Focal
 * Point also the alternate, who then acts; and where a Party's seat is vacant, the next seat of the line ministry →
 * focal point → alternate → Secretariat (every other Party seat falls back to the focal point first). The work of a
 * Party's ministries reaches its focal point as well, who records here what a ministry decided elsewhere; mail about it
 * goes to the ministry alone.
 */
public interface Seats {

    /**
     * Those whom a seat's work reaches today, acting and fallen back included, and with a ministry's seat the focal
     * point who may record its decision; those of the seat itself first. Never empty while the Secretariat's seat is
     * held.
     *
     * @param seatCode for example {@code nfp-CHE}
     */
    List<Holder> reachedBy(String seatCode);

    /**
     * Those whom mail to the seat reaches today: acting and fallen back included, on down the line of fall-back past
     * addresses that mail does not reach ({@link Addresses}), unless no address on the line takes mail.
     */
    List<Holder> mailedBy(String seatCode);

    /**
     * Those whom each seat's work reaches today, as {@link #reachedBy} tells it for one; one statement for all seats.
     *
     * @return by seat code, each of those given
     */
    Map<String, List<Holder>> reachedByEach(Collection<String> seatCodes);

    /**
     * Those whom mail to each seat reaches today, as {@link #mailedBy} tells it for one; two statements for all seats.
     *
     * @return by seat code, each of those given
     */
    Map<String, List<Holder>> mailedByEach(Collection<String> seatCodes);

    /** All terms of office of a seat, the newest first. */
    List<Holder> terms(String seatCode);

    /**
     * Those in office today in the seats themselves, nobody acting or fallen back to; one statement for all seats.
     *
     * @return by seat code, the newest in office first; without the seats that are vacant
     */
    Map<String, List<Holder>> inOffice(Collection<String> seatCodes);

    /** Codes of the seats whose work reaches the account today. */
    Set<String> heldBy(String username);

    /** Whether the focal point may record what the seat decided: a ministry's. */
    static boolean recordedByFocalPoint(String seatCode) {
        return Occupancy.recordedByFocalPoint(seatCode);
    }

    /** Whether somebody is in office in the seat itself today. */
    boolean held(String seatCode);
}
