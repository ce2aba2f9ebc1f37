package org.sterna.campaigns;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duty;
import org.sterna.register.Holder;
import org.sterna.register.Party;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

/** Works out what opening a duty would do; everything is asked for all Parties at once. */
@Component
class Previews {

    private final JdbcClient jdbc;
    private final Fit fit;
    private final Bound bound;
    private final Exemptions exemptions;
    private final CampaignCases cases;
    private final Seats seats;

    Previews(JdbcClient jdbc, Fit fit, Bound bound, Exemptions exemptions, CampaignCases cases, Seats seats) {
        this.jdbc = jdbc;
        this.fit = fit;
        this.bound = bound;
        this.exemptions = exemptions;
        this.cases = cases;
        this.seats = seats;
    }

    Preview of(Duty duty, String occasion, List<Party> asked) {
        Map<String, String> reasons = exemptions.of(duty.key(), occasion).stream()
                .collect(Collectors.toMap(Exemption::partyCode, Exemption::reason));
        Set<String> already =
                new HashSet<>(jdbc.sql("select party_code from obligation where duty = :duty and occasion = :occasion")
                        .param("duty", duty.key())
                        .param("occasion", occasion)
                        .query(String.class)
                        .list());
        Set<String> binds =
                bound.of(duty, occasion, asked).stream().map(Party::code).collect(Collectors.toSet());
        List<Party> opening = asked.stream()
                .filter(party -> binds.contains(party.code()))
                .filter(party -> !reasons.containsKey(party.code()) && !already.contains(party.code()))
                .toList();
        // an occasion that fits nothing is refused even where nobody is left to open it for
        Map<Map<String, Deadline>, List<String>> dates =
                fit.deadlines(duty, occasion, codes(opening.isEmpty() ? asked : opening));
        Map<String, Map<String, Deadline>> deadlines = deadlines(dates);

        CampaignCases.Announcement announcement = cases.announcement(duty.key());
        Set<String> working = new LinkedHashSet<>();
        Stream.concat(announcement.to().stream(), duty.steps().stream().map(Duty.Step::seat))
                .filter(role -> SeatRole.of(role).filter(SeatRole::ofParty).isPresent())
                .forEach(working::add);
        Set<String> wanted = new LinkedHashSet<>();
        for (Party party : opening) {
            Stream.of(working, announcement.to(), announcement.copies())
                    .flatMap(Collection::stream)
                    .forEach(role -> wanted.add(seat(role, party)));
        }
        Map<String, List<Holder>> reached = seats.reachedByEach(wanted);
        Map<String, List<Holder>> mailed = seats.mailedByEach(wanted);
        Map<String, List<Holder>> inOffice = seats.inOffice(wanted);

        List<Preview.Line> lines = new ArrayList<>();
        for (Party party : asked) {
            if (already.contains(party.code())) {
                lines.add(left(party, Preview.Fate.ALREADY, null));
            } else if (!binds.contains(party.code())) {
                lines.add(left(party, Preview.Fate.NOT_BOUND, null));
            } else if (reasons.containsKey(party.code())) {
                lines.add(left(party, Preview.Fate.EXEMPTED, reasons.get(party.code())));
            } else {
                lines.add(new Preview.Line(
                        party,
                        Preview.Fate.OPENS,
                        null,
                        deadlines.getOrDefault(party.code(), Map.of()),
                        mails(announcement, party, reached, mailed),
                        working.stream()
                                .map(role -> seat(role, party))
                                .filter(seat -> !inOffice.containsKey(seat))
                                .map(seat -> new Preview.Vacancy(seat, reached.getOrDefault(seat, List.of())))
                                .toList()));
            }
        }
        Preview.Late late = opening.isEmpty()
                ? null
                : fit.late(duty, occasion, dates.keySet(), fit.today()).orElse(null);
        return new Preview(duty.key(), occasion, List.copyOf(lines), late);
    }

    private static Preview.Line left(Party party, Preview.Fate fate, @Nullable String reason) {
        return new Preview.Line(party, fate, reason, Map.of(), List.of(), List.of());
    }

    private static List<String> codes(List<Party> some) {
        return some.stream().map(Party::code).toList();
    }

    private static Map<String, Map<String, Deadline>> deadlines(Map<Map<String, Deadline>, List<String>> parties) {
        Map<String, Map<String, Deadline>> found = new HashMap<>();
        parties.forEach((dates, some) -> some.forEach(party -> found.put(party, dates)));
        return found;
    }

    /** Each address once, as the notices do it; nobody is lost who has no address or one that mail came back from. */
    private static List<Preview.Mail> mails(
            CampaignCases.Announcement announcement,
            Party party,
            Map<String, List<Holder>> reached,
            Map<String, List<Holder>> mailed) {
        Map<String, Preview.Mail> byAddress = new LinkedHashMap<>();
        Set<Preview.Mail> without = new LinkedHashSet<>();
        for (boolean copy : new boolean[] {false, true}) {
            for (String role : copy ? announcement.copies() : announcement.to()) {
                String seat = seat(role, party);
                List<Holder> past = mailed.getOrDefault(seat, List.of());
                reached.getOrDefault(seat, List.of()).stream()
                        .filter(holder -> !past.contains(holder))
                        .forEach(holder -> without.add(new Preview.Mail(seat, holder, copy, true)));
                for (Holder holder : past) {
                    Preview.Mail mail = new Preview.Mail(seat, holder, copy);
                    if (mail.reachable()) {
                        byAddress.putIfAbsent(holder.email().strip().toLowerCase(Locale.ROOT), mail);
                    } else {
                        without.add(mail);
                    }
                }
            }
        }
        return Stream.concat(byAddress.values().stream(), without.stream()).toList();
    }

    private static String seat(String role, Party party) {
        SeatRole known = SeatRole.of(role).orElseThrow(() -> new IllegalStateException("No seat is a " + role));
        return known == SeatRole.REP ? Seat.representative(party.region()) : Seat.code(known, party.code());
    }
}
