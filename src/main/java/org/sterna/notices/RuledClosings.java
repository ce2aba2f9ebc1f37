package org.sterna.notices;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.InvalidOccasion;
import org.sterna.duties.Duties;
import org.sterna.obligations.Obligation;

@Component
class RuledClosings implements Closings {

    /** What a day depends on; null parts where it does not. */
    private record Key(
            String duty,
            DueRule rule,
            String occasion,
            @Nullable LocalDate opened,
            @Nullable String partyCode) {}

    private final Duties duties;
    private final Deadlines deadlines;

    RuledClosings(Duties duties, Deadlines deadlines) {
        this.duties = duties;
        this.deadlines = deadlines;
    }

    @Override
    public Optional<Deadline> of(Obligation obligation) {
        return of(obligation, key -> PerTransaction.once(key, () -> computed(key)));
    }

    @Override
    public Map<UUID, Deadline> of(Collection<Obligation> obligations) {
        Map<Key, Optional<Deadline>> known = new HashMap<>();
        Map<UUID, Deadline> closings = new HashMap<>();
        obligations.forEach(obligation -> of(obligation, key -> known.computeIfAbsent(key, this::computed))
                .ifPresent(closing -> closings.put(obligation.id(), closing)));
        return closings;
    }

    private Optional<Deadline> of(Obligation obligation, Function<Key, Optional<Deadline>> days) {
        Deadline stands = obligation.deadline();
        return rule(obligation)
                .flatMap(rule -> rule.start() == DueRule.Start.DUE
                        ? Optional.of(fromStanding(rule, obligation))
                        : days.apply(key(rule, obligation)))
                .map(closing -> closing.at().isBefore(stands.at()) ? stands : closing);
    }

    @Override
    public Optional<LocalDate> lastDay(Obligation obligation) {
        return rule(obligation)
                .filter(rule -> rule.start() != DueRule.Start.DUE)
                .flatMap(rule -> computed(key(rule, obligation)))
                .map(Deadline::on)
                .filter(day -> !obligation.deadline().on().isAfter(day));
    }

    private Optional<DueRule> rule(Obligation obligation) {
        return duties.find(obligation.duty())
                .map(duty -> duty.closing(obligation.deadlineName()).rule());
    }

    private static Key key(DueRule rule, Obligation obligation) {
        return new Key(
                obligation.duty(),
                rule,
                obligation.occasion(),
                rule.start() == DueRule.Start.OPENED
                        ? LocalDate.ofInstant(
                                obligation.openedAt(), obligation.deadline().zone())
                        : null,
                rule.dependsOnParty() ? obligation.partyCode() : null);
    }

    private Deadline fromStanding(DueRule rule, Obligation obligation) {
        return deadlines.fromDue(
                rule, subject(obligation.duty()), obligation.occasion(), obligation.deadline(), obligation.partyCode());
    }

    private Optional<Deadline> computed(Key key) {
        try {
            return Optional.of(deadlines.of(
                    key.rule(),
                    subject(key.duty()),
                    key.occasion(),
                    key.opened() == null ? LocalDate.EPOCH : key.opened(),
                    key.partyCode() == null ? "" : key.partyCode()));
        } catch (InvalidOccasion undated) {
            return Optional.empty();
        }
    }

    private static String subject(String duty) {
        return duty + "." + CLOSING;
    }
}
