package org.sterna.calendar;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The meetings that are known. Those of the reference data are there from the start. */
public interface Meetings {

    /** All meetings, those without a date first, then the latest opening first. */
    List<Meeting> all();

    /** The meeting with that code. */
    Optional<Meeting> find(String code);

    /**
     * The zone with that name, for example {@code Africa/Nairobi}.
     *
     * @throws InvalidMeeting if there is none; mere offsets such as {@code +03:00} are none, as they know no summer
     */
    ZoneId zone(String name);

    /**
     * Adds a meeting.
     *
     * @throws InvalidMeeting if a value cannot be accepted, or there is a meeting with that code
     */
    void add(Meeting meeting);

    /**
     * Replaces what is known of the meeting with that code. Deadlines already set stay as they are: whoever calls this
     * sees to open obligations that hang on a date that moves.
     *
     * @throws InvalidMeeting if a value cannot be accepted, or there is no meeting with that code
     */
    void change(Meeting meeting);

    /**
     * Writes what was published, in place of what was known for the same subject and occasion. Deadlines already set
     * stay as they are: whoever calls this checks the date and sees to open obligations that hang on it.
     */
    void notify(NotifiedDate date);

    /** What has been published for a meeting or another occasion, ordered by date. */
    List<NotifiedDate> notified(String occasion);

    /** What has been published for each of these occasions, ordered by date; none for which nothing was. */
    Map<String, List<NotifiedDate>> notified(Collection<String> occasions);
}
