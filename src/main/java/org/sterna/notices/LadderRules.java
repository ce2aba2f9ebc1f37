package org.sterna.notices;

import java.time.DateTimeException;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duty;
import org.sterna.register.SeatRole;

/** What makes rungs that somebody wrote a ladder; the same rules that hold for the catalogue's files. */
final class LadderRules {

    static final int MOST_RUNGS = 20;

    private static final int LONGEST_IN_DAYS = 3660;

    private final Duty duty;
    private final Set<String> texts;
    private final boolean interim;
    private final List<Rung> usual;
    private final List<InvalidLadder.Fault> faults = new ArrayList<>();

    /**
     * @param texts names of the texts that the duty has of its own
     * @param usual the ladder that counts otherwise: a rung that is in it keeps its id, so that nobody gets it twice
     */
    LadderRules(Duty duty, Set<String> texts, String deadline, List<Rung> usual) {
        this.duty = duty;
        this.texts = texts;
        this.interim = duty.further(deadline).filter(Duty.Further::interim).isPresent();
        this.usual = usual;
    }

    /** @throws InvalidLadder naming every fault */
    List<Rung> read(List<Ladders.Line> lines) {
        List<Rung> rungs = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            Optional<Rung> rung = rung(line, lines.get(line));
            if (rung.isPresent()) {
                rungs.add(rung.get());
                places.add(line);
            }
        }
        if (lines.size() > MOST_RUNGS) {
            fault(MOST_RUNGS, "kind", "ladder.fault.too-many", Integer.toString(MOST_RUNGS));
        }
        for (int one = 0; one < rungs.size(); one++) {
            for (int other = 0; other < one; other++) {
                if (days(rungs.get(one).offset()) == days(rungs.get(other).offset())) {
                    fault(places.get(one), "offset", "ladder.fault.same-day", "");
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidLadder(faults);
        }
        return rungs.stream()
                .sorted(Comparator.comparing(rung -> days(rung.offset())))
                .toList();
    }

    private Optional<Rung> rung(int line, Ladders.Line written) {
        Optional<Rung.Kind> kind = Arrays.stream(Rung.Kind.values())
                .filter(one -> code(one).equals(written.kind()))
                .findFirst();
        if (kind.isEmpty()) {
            fault(line, "kind", "ladder.fault.kind", written.kind());
        } else if (kind.get() == Rung.Kind.OVERDUE && duty.voluntary()) {
            fault(line, "kind", "ladder.fault.voluntary", "");
        } else if (kind.get() != Rung.Kind.REMINDER && interim) {
            fault(line, "kind", "ladder.fault.interim", "");
        }
        Optional<Period> offset = offset(line, written.offset());
        if (kind.isPresent() && offset.isPresent()) {
            long days = days(offset.get());
            if (kind.get() == Rung.Kind.REMINDER && days > 0) {
                fault(line, "offset", "ladder.fault.reminder-after", "");
            } else if (kind.get() != Rung.Kind.REMINDER && days <= 0) {
                fault(line, "offset", "ladder.fault.late-before", "");
            }
        }
        List<String> to = roles(line, "to", written.to());
        if (to.isEmpty()) {
            fault(line, "to", "ladder.fault.nobody", "");
        }
        List<String> copies = roles(line, "copies", written.copies());
        if (written.decide()
                && kind.filter(Predicate.isEqual(Rung.Kind.ESCALATION)).isEmpty()) {
            fault(line, "decide", "ladder.fault.decide", "");
        }
        String text = written.text().strip();
        if (!text.isEmpty() && !texts.contains(text)) {
            fault(line, "text", "ladder.fault.text", text);
        } else if (!text.isEmpty() && kind.filter(one -> !one.speaks(text)).isPresent()) {
            fault(line, "text", "ladder.fault.text-kind", text);
        }
        return kind.isEmpty() || offset.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rung(
                        id(kind.get(), offset.get()),
                        kind.get(),
                        offset.get(),
                        to,
                        copies,
                        written.decide(),
                        text.isEmpty() ? null : text));
    }

    private Optional<Period> offset(int line, String written) {
        try {
            Period offset = Period.parse(written.strip());
            if (Math.abs(days(offset)) <= LONGEST_IN_DAYS) {
                return Optional.of(offset);
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            // the same sentence as for a period that is too long
        }
        fault(line, "offset", "ladder.fault.offset", written);
        return Optional.empty();
    }

    private List<String> roles(int line, String field, String written) {
        List<String> roles = Arrays.stream(written.split("[,;\\s]+"))
                .map(role -> role.strip().toLowerCase(Locale.ROOT))
                .filter(role -> !role.isEmpty())
                .distinct()
                .toList();
        roles.stream()
                .filter(role -> SeatRole.of(role).isEmpty())
                .findFirst()
                .ifPresent(unknown -> fault(line, field, "ladder.fault.role", unknown));
        return roles;
    }

    /** Of the usual rung of that kind and day, or derived: a rung that moves to another day is another rung. */
    private String id(Rung.Kind kind, Period offset) {
        return usual.stream()
                .filter(rung -> rung.kind() == kind && days(rung.offset()) == days(offset))
                .map(Rung::id)
                .findFirst()
                .orElseGet(() -> code(kind) + "-" + Math.abs(days(offset)));
    }

    private void fault(int line, String field, String key, String argument) {
        faults.add(new InvalidLadder.Fault(line, field, key, argument));
    }

    static String code(Rung.Kind kind) {
        return kind.code();
    }

    /** Length for comparing offsets; a month counts as 31 days, as in the catalogue. */
    private static long days(Period period) {
        return period.toTotalMonths() * 31 + period.getDays();
    }
}
