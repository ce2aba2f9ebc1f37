package org.sterna.secretariat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.sterna.calendar.Meeting;
import org.sterna.campaigns.Campaigns;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.pages.Wording;
import org.sterna.register.Holder;
import org.sterna.register.Party;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

/** For whom a duty could be opened: the Parties its condition suggests, with who sits there now. */
@Component
class Openings {

    /** A duty to choose. */
    record Choice(String key, String title) {}

    /** A meeting to choose. */
    record Occasion(String code, String label) {}

    /** A Party that a duty could be opened for. */
    record Candidate(
            String code,
            String name,
            String region,
            String language,
            @Nullable String holder,
            Wording.Tag status,
            boolean chosen) {}

    private final Duties duties;
    private final Campaigns campaigns;
    private final Seats seats;
    private final MeetingDays days;
    private final Wording wording;

    Openings(Duties duties, Campaigns campaigns, Seats seats, MeetingDays days, Wording wording) {
        this.duties = duties;
        this.campaigns = campaigns;
        this.seats = seats;
        this.days = days;
        this.wording = wording;
    }

    /** Puts the duty's opening form into the model; the first duty's if none is named. */
    void fill(Model model, @Nullable String key, @Nullable String occasion, Collection<String> chosen, Locale reader) {
        List<Duty> all = duties.all();
        Optional<Duty> duty = Optional.ofNullable(key).flatMap(duties::find).or(() -> all.stream()
                .findFirst());
        model.addAttribute(
                "duties",
                all.stream()
                        .map(one -> new Choice(one.key(), wording.duty(one.key(), reader)))
                        .toList());
        model.addAttribute("duty", duty.map(Duty::key).orElse(null));
        model.addAttribute(
                "dutyTitle",
                duty.map(found -> wording.duty(found.key(), reader)).orElse(""));
        model.addAttribute(
                "dutySummary",
                duty.flatMap(found -> wording.summary(found.key(), reader)).orElse(null));
        model.addAttribute("assumed", duty.filter(Duty::assumed).isPresent());
        model.addAttribute(
                "unconfirmed",
                duty.filter(found -> found.binds().suggests() == Duty.Suggestion.UNCONFIRMED)
                        .isPresent());
        List<Meeting> meetings = duty.map(campaigns::meetings).orElse(List.of());
        boolean ofMeetings = duty.filter(found -> !found.meetings().isEmpty()).isPresent();
        String shown = ofMeetings
                ? meeting(meetings, occasion)
                : occasion == null ? duty.map(this::usual).orElse("") : occasion;
        model.addAttribute("ofMeetings", ofMeetings);
        LocalDate today = wording.today();
        model.addAttribute("ahead", labels(meetings, meeting -> !meeting.overOn(today), reader));
        model.addAttribute("over", labels(meetings, meeting -> meeting.overOn(today), reader));
        model.addAttribute("occasion", shown);
        model.addAttribute("occasionName", shown.isEmpty() ? null : wording.occasion(shown));
        model.addAttribute(
                "candidates",
                duty.filter(found -> !ofMeetings || !shown.isEmpty())
                        .map(found -> candidates(
                                found,
                                ofMeetings ? campaigns.suggested(found, shown) : campaigns.suggested(found),
                                Set.copyOf(chosen),
                                reader))
                        .orElse(List.of()));
    }

    /** The meeting asked for if the duty is for it, else the next one; the last one if none is ahead. */
    private String meeting(List<Meeting> meetings, @Nullable String asked) {
        LocalDate today = wording.today();
        return meetings.stream()
                .map(Meeting::code)
                .filter(code -> code.equals(asked))
                .findFirst()
                .or(() -> meetings.stream()
                        .filter(one -> one.opening() != null && !one.overOn(today))
                        .min(Comparator.comparing(
                                one -> Objects.requireNonNull(one.opening()).first()))
                        .map(Meeting::code))
                .or(() -> meetings.stream().map(Meeting::code).findFirst())
                .orElse("");
    }

    private List<Occasion> labels(List<Meeting> meetings, Predicate<Meeting> which, Locale reader) {
        return meetings.stream()
                .filter(which)
                .map(one -> new Occasion(one.code(), label(one, reader)))
                .toList();
    }

    private String label(Meeting meeting, Locale reader) {
        return Stream.of(
                        wording.occasion(meeting.code()),
                        Objects.toString(meeting.place(), ""),
                        meeting.opening() == null ? "" : days.opening(meeting.opening(), reader))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    /** The usual occasion: this year or half-year of a duty that is for one, else the month, for example {@code 2026-11}. */
    private String usual(Duty duty) {
        LocalDate today = wording.today();
        return switch (duty.deadline().fits()) {
            case YEAR -> Integer.toString(today.getYear());
            case HALF_YEAR -> today.getYear() + (today.getMonthValue() <= 6 ? "-h1" : "-h2");
            default -> month(today);
        };
    }

    /** The usual occasion of a duty that an event opens, for example {@code 2026-11}. */
    static String month(LocalDate today) {
        return DateTimeFormatter.ofPattern("uuuu-MM").format(today);
    }

    private List<Candidate> candidates(Duty duty, List<Party> parties, Set<String> chosen, Locale reader) {
        String role = duty.binds().role() == null ? duty.holder() : duty.binds().role();
        Optional<SeatRole> seatRole = SeatRole.of(role).filter(SeatRole::ofParty);
        Map<String, List<Holder>> inOffice = seats.inOffice(seatRole.stream()
                .flatMap(found -> parties.stream().map(party -> Seat.code(found, party.code())))
                .toList());
        List<Candidate> candidates = new ArrayList<>();
        for (Party party : parties) {
            Optional<Holder> holder =
                    seatRole.flatMap(found -> People.first(inOffice.get(Seat.code(found, party.code()))));
            candidates.add(new Candidate(
                    party.code(),
                    party.name(reader),
                    wording.text("region." + party.region().code(), reader),
                    wording.text("language." + party.language().getLanguage(), reader),
                    holder.map(Holder::name).orElse(null),
                    People.status(holder, wording, reader),
                    chosen.contains(party.code())));
        }
        return candidates;
    }
}
