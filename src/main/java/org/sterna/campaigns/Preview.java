package org.sterna.campaigns;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;
import org.sterna.register.Holder;
import org.sterna.register.Party;

/**
 * What opening a duty would do now; nothing was written. Whoever is told later, by reminders and escalations, is not in
 * it.
 *
 * @param duty the duty's key
 * @param occasion the occasion
 * @param lines one for each Party asked for, ordered by code
 * @param late why a reason has to be given for opening it; null if none is needed
 */
public record Preview(
        String duty,
        String occasion,
        List<Line> lines,
        @Nullable Late late) {

    /** What opening a duty in time would do. */
    public Preview(String duty, String occasion, List<Line> lines) {
        this(duty, occasion, lines, null);
    }

    /**
     * That it is late for opening the duty.
     *
     * @param kind what is over
     * @param since the last day of the meeting, or of the last deadline
     */
    public record Late(Kind kind, LocalDate since) {

        /** What is over. */
        public enum Kind {
            /** The meeting before which the duty was owed. */
            MEETING_OVER,
            /** Every deadline of the occasion. */
            DEADLINES_PAST;

            /** For example {@code meeting-over}. */
            public String code() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }

    /** What happens to a Party. */
    public enum Fate {
        /** Its case would be opened. */
        OPENS,
        /** It has the obligation already and keeps it as it is. */
        ALREADY,
        /** It is exempted and left out. */
        EXEMPTED,
        /** The duty does not bind it, so it is left out. */
        NOT_BOUND;

        /** For example {@code opens}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A Party.
     *
     * @param party the Party
     * @param fate what happens to it
     * @param reason why it is exempted; null otherwise
     * @param deadlines by name, the main one ({@link org.sterna.duties.Duty#DUE}) first; without further ones that cannot be known yet; empty unless opened
     * @param mails who would get the first notice, each address once; empty unless opened
     * @param vacancies seats of the Party that have work in this duty and nobody in office; empty unless opened
     */
    public record Line(
            Party party,
            Fate fate,
            @Nullable String reason,
            Map<String, Deadline> deadlines,
            List<Mail> mails,
            List<Vacancy> vacancies) {

        /** Whether nobody at all could be told, as no address would be written to. */
        public boolean unreachable() {
            return fate == Fate.OPENS && mails.stream().noneMatch(Mail::reachable);
        }
    }

    /**
     * A notice that would be written.
     *
     * @param seatCode the seat that it is written to
     * @param holder whom it would reach: in office in that seat, acting for it, or next on the line of fall-back
     * @param copy whether it is a copy
     * @param returned whether mail to the address came back, so that it goes to the next on the line
     */
    public record Mail(String seatCode, Holder holder, boolean copy, boolean returned) {

        /** A notice to an address from which nothing came back. */
        public Mail(String seatCode, Holder holder, boolean copy) {
            this(seatCode, holder, copy, false);
        }

        /** Whether the holder has an address that mail can be sent to. */
        public boolean reachable() {
            return !returned && holder.email().strip().indexOf('@') > 0;
        }

        /** Whether it reaches somebody who is not in office in the seat itself. */
        public boolean elsewhere() {
            return !holder.seatCode().equals(seatCode);
        }
    }

    /**
     * A seat in which nobody is in office.
     *
     * @param seatCode the seat
     * @param workGoesTo whom its work reaches instead; empty if nobody
     */
    public record Vacancy(String seatCode, List<Holder> workGoesTo) {}

    /** The Parties with that fate. */
    public List<Line> with(Fate fate) {
        return lines.stream().filter(line -> line.fate() == fate).toList();
    }

    /** The different deadlines with that name, the earliest first; several where they depend on the Party. */
    public List<Deadline> deadlines(String name) {
        return lines.stream()
                .flatMap(line -> Stream.ofNullable(line.deadlines().get(name)))
                .distinct()
                .sorted(java.util.Comparator.comparing(Deadline::on))
                .toList();
    }

    /** The names of the deadlines, the main one first. */
    public List<String> deadlineNames() {
        return lines.stream()
                .map(line -> line.deadlines().keySet())
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }

    /** How many notices would be written in each language, in the order of the languages' codes. */
    public Map<String, Long> mailsByLanguage() {
        return mails().filter(Mail::reachable)
                .collect(Collectors.groupingBy(
                        mail -> mail.holder().language().getLanguage(), TreeMap::new, Collectors.counting()));
    }

    /** How many notices would be written. */
    public long mailCount() {
        return mails().filter(Mail::reachable).count();
    }

    /** Holders who would have to be told and have no address, or one that mail came back from. */
    public List<Mail> unreachable() {
        return mails().filter(mail -> !mail.reachable()).toList();
    }

    /** Seats that have work in this duty and nobody in office. */
    public List<Vacancy> vacancies() {
        return lines.stream().flatMap(line -> line.vacancies().stream()).toList();
    }

    private Stream<Mail> mails() {
        return lines.stream().flatMap(line -> line.mails().stream());
    }
}
