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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.CalendarSettings;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.DueRule;
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

    /** Name of a duty's main deadline. */
    static final String MAIN = "due";

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
        Map<Sort, Deadline> computed = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (Obligation obligation : obligations.open(change.occasion())) {
            Optional<Duty> duty = duties.find(obligation.duty());
            if (duty.isEmpty()) {
                continue;
            }
            named(duty.get()).forEach((name, rule) -> {
                if (hangs(change, obligation.duty(), name, rule)) {
                    item(change, obligation, name, rule, now, computed).ifPresent(items::add);
                }
            });
        }
        items.sort(
                Comparator.comparing(Item::duty).thenComparing(Item::deadline).thenComparing(Item::partyCode));
        return items.stream().anyMatch(item -> item.fate() == Fate.MOVES || item.fate() == Fate.TOO_LATE)
                ? items
                : List.of();
    }

    /** The deadlines of an obligation by name. */
    static Map<String, Deadline> current(Obligation obligation, Obligations obligations) {
        return Map.of(MAIN, obligation.deadline());
    }

    /** The rules of a duty's deadlines by name. */
    static Map<String, DueRule> named(Duty duty) {
        return Map.of(MAIN, duty.deadline());
    }

    private static boolean hangs(Change change, String duty, String name, DueRule rule) {
        if (change instanceof Notification notification) {
            return notification.date().subject().equals(subject(duty, name));
        }
        return rule.fits() == DueRule.Fit.COP || rule.fits() == DueRule.Fit.STANDING_COMMITTEE;
    }

    /** What dates for the deadline are notified under. */
    static String subject(String duty, String name) {
        return name.equals(MAIN) ? duty : duty + "." + name;
    }

    private Optional<Item> item(
            Change change,
            Obligation obligation,
            String name,
            DueRule rule,
            Instant now,
            Map<Sort, Deadline> computed) {
        Deadline from = obligation.deadline();
        Fate stays =
                switch (from.origin()) {
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
        LocalDate opened = LocalDate.ofInstant(obligation.openedAt(), settings.zone());
        Sort sort = new Sort(
                obligation.duty(),
                name,
                obligation.occasion(),
                rule.dependsOnParty() ? obligation.partyCode() : null,
                rule.fits() == DueRule.Fit.ANY ? opened : null);
        Deadline to = computed.computeIfAbsent(
                sort,
                one -> deadlines.of(rule, obligation.duty(), obligation.occasion(), opened, obligation.partyCode()));
        if (to.equals(from)) {
            return Optional.empty();
        }
        return Optional.of(item(obligation, name, now.isAfter(to.at()) ? Fate.TOO_LATE : Fate.MOVES, from, to));
    }

    private static Item item(Obligation obligation, String name, Fate fate, Deadline from, @Nullable Deadline to) {
        return new Item(obligation.id(), obligation.partyCode(), obligation.duty(), name, fate, from, to);
    }
}
