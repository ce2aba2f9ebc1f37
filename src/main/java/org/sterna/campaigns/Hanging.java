package org.sterna.campaigns;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.CalendarSettings;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.InvalidOccasion;
import org.sterna.campaigns.MeetingMoves.Change;
import org.sterna.campaigns.MeetingMoves.Fate;
import org.sterna.campaigns.MeetingMoves.Item;
import org.sterna.campaigns.MeetingMoves.MeetingChange;
import org.sterna.campaigns.MeetingMoves.Notification;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;

/** The deadlines of open cases that hang on dates, and what becomes of them. */
@Component
class Hanging {

    /** What a deadline is the same for: everybody, unless Party or day of opening matter. */
    private record Sort(
            String duty,
            String deadline,
            String occasion,
            @Nullable String party,
            @Nullable LocalDate opened) {}

    private final Duties duties;
    private final Obligations obligations;
    private final Deadlines deadlines;
    private final CalendarSettings settings;
    private final Clock clock;

    Hanging(Duties duties, Obligations obligations, Deadlines deadlines, CalendarSettings settings, Clock clock) {
        this.duties = duties;
        this.obligations = obligations;
        this.deadlines = deadlines;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What becomes of them once the change is made, which it must be in the caller's transaction; nothing that stays if
     * nothing moves.
     *
     * @throws org.sterna.calendar.InvalidOccasion if a deadline cannot be computed from the dates as they are now
     */
    List<Item> on(Change change) {
        Instant now = clock.instant();
        Set<String> followers = change instanceof MeetingChange ? followersOfTheNextCop() : Set.of();
        Map<UUID, Map<String, Deadline>> several = obligations.openDeadlines(change.occasion(), followers);
        Map<Sort, Optional<Deadline>> computed = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (Obligation obligation : obligations.open(change.occasion(), followers)) {
            Duty duty = duties.find(obligation.duty()).orElse(null);
            if (duty == null) {
                continue;
            }
            Map<String, Deadline> all =
                    several.getOrDefault(obligation.id(), Map.of(obligation.deadlineName(), obligation.deadline()));
            all.forEach((name, from) -> {
                if (hangs(change, duty, name, obligation.occasion())) {
                    item(change, obligation, duty, name, from, setBy(duty, name, from, all), now, computed)
                            .ifPresent(items::add);
                }
            });
        }
        items.sort(
                Comparator.comparing(Item::duty).thenComparing(Item::deadline).thenComparing(Item::partyCode));
        return items.stream().anyMatch(item -> item.fate() == Fate.MOVES || item.fate() == Fate.TOO_LATE)
                ? items
                : List.of();
    }

    /** Duties of which a deadline is counted from the COP after their own. */
    private Set<String> followersOfTheNextCop() {
        return duties.all().stream()
                .filter(duty -> duty.further().stream().anyMatch(further -> followsNextCop(further.rule())))
                .map(Duty::key)
                .collect(Collectors.toSet());
    }

    private static boolean followsNextCop(DueRule rule) {
        return rule.start() == DueRule.Start.NEXT_COP_OPENING;
    }

    private static boolean hangs(Change change, Duty duty, String name, String occasion) {
        if (!name.equals(Duty.DUE) && duty.further(name).isEmpty()) {
            // of a duty that has changed since the case was opened
            return false;
        }
        DueRule rule = duty.rule(name);
        boolean followsMain = rule.start() == DueRule.Start.DUE;
        if (change instanceof Notification notification) {
            String subject = notification.date().subject();
            return subject.equals(duty.subject(name)) || followsMain && subject.equals(duty.subject(Duty.DUE));
        }
        return (followsMain ? duty.deadline() : rule).followsMeeting()
                && (occasion.equals(change.occasion()) || followsNextCop(rule));
    }

    /** What set a deadline; where it is counted from the main one and that was granted to the Party, it was too. */
    private static Deadline.Origin setBy(Duty duty, String name, Deadline from, Map<String, Deadline> all) {
        Deadline main = all.get(Duty.DUE);
        boolean granted = !name.equals(Duty.DUE)
                && duty.rule(name).start() == DueRule.Start.DUE
                && from.origin() == Deadline.Origin.RULE
                && main != null
                && (main.origin() == Deadline.Origin.EXTENSION || main.origin() == Deadline.Origin.CORRECTION);
        return granted ? main.origin() : from.origin();
    }

    private Optional<Item> item(
            Change change,
            Obligation obligation,
            Duty duty,
            String name,
            Deadline from,
            Deadline.Origin setBy,
            Instant now,
            Map<Sort, Optional<Deadline>> computed) {
        Fate stays =
                switch (setBy) {
                    case EXTENSION -> Fate.GRANTED;
                    case CORRECTION -> Fate.CORRECTING;
                    case NOTIFIED -> change instanceof MeetingChange ? Fate.NOTIFIED : null;
                    case RULE -> null;
                };
        if (stays == null && now.isAfter(from.at())) {
            stays = Fate.FROZEN;
        }
        if (stays != null) {
            return Optional.of(item(obligation, name, stays, from, null));
        }
        DueRule rule = duty.rule(name);
        LocalDate opened = LocalDate.ofInstant(obligation.openedAt(), settings.zone());
        Sort sort = new Sort(
                obligation.duty(),
                name,
                obligation.occasion(),
                rule.dependsOnParty() || duty.deadline().dependsOnParty() ? obligation.partyCode() : null,
                rule.fits() == DueRule.Fit.ANY ? opened : null);
        Optional<Deadline> to = computed.computeIfAbsent(sort, one -> compute(rule, duty, name, obligation, opened));
        return to.filter(found -> !found.equals(from))
                .map(found ->
                        item(obligation, name, now.isAfter(found.at()) ? Fate.TOO_LATE : Fate.MOVES, from, found));
    }

    /** Empty where the COP that it hangs on has no date any more: what was counted before stays. */
    private Optional<Deadline> compute(DueRule rule, Duty duty, String name, Obligation obligation, LocalDate opened) {
        try {
            String occasion = obligation.occasion();
            String party = obligation.partyCode();
            return Optional.of(
                    rule.start() == DueRule.Start.DUE
                            ? deadlines.fromDue(
                                    rule,
                                    duty.subject(name),
                                    occasion,
                                    deadlines.of(duty.deadline(), duty.key(), occasion, opened, party),
                                    party)
                            : deadlines.of(rule, duty.subject(name), occasion, opened, party));
        } catch (InvalidOccasion notComputable) {
            if (followsNextCop(rule)) {
                return Optional.empty();
            }
            throw notComputable;
        }
    }

    private static Item item(Obligation obligation, String name, Fate fate, Deadline from, @Nullable Deadline to) {
        return new Item(obligation.id(), obligation.partyCode(), obligation.duty(), name, fate, from, to);
    }
}
