package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duty;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.Wording;
import org.sterna.register.SeatRole;

/**
 * Compares the deadline that each notice of a story names with that of the step that its reader finds on the desk, or
 * with that of the rung that it is of; what only confirms or decides names none.
 */
final class DatesInNotices {

    private static final Set<String> CONFIRM_OR_DECIDE = Set.of("receipt", "accepted", "excused", "lapsed", "decision");
    private static final Set<String> RUNGS = Set.of("reminder", "overdue", "escalation", "list");

    /** A day in any of the three languages. */
    private static final Pattern DAY = Pattern.compile("\\d{1,2}(?:er)?(?: de)? \\p{L}+(?: de)? \\d{4}");

    private static final Pattern ISO = Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}\\b");

    private static final DateTimeFormatter ICAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    private final Obligations obligations;
    private final Notices notices;
    private final MessageSource words;
    private final Wording wording;
    private final Clock clock;
    private final Set<UUID> seen = new HashSet<>();

    DatesInNotices(Obligations obligations, Notices notices, MessageSource words, Wording wording, Clock clock) {
        this.obligations = obligations;
        this.notices = notices;
        this.words = words;
        this.wording = wording;
        this.clock = clock;
    }

    /** Looks at what was written about the obligation since the last look. */
    void check(String where, Obligation obligation) {
        for (Notice notice : notices.of(obligation.id())) {
            if (seen.add(notice.id())) {
                check("%s: %s to %s".formatted(where, notice.milestone(), notice.seatCode()), obligation, notice);
            }
        }
    }

    private void check(String where, Obligation obligation, Notice notice) {
        String label = words.getMessage("notice.fact.deadline", null, notice.language());
        List<String> told = notice.text()
                .lines()
                .filter(line -> line.matches(Pattern.quote(label) + "\\h*:.*"))
                .toList();
        assertThat(ISO.matcher(notice.text()).results().map(MatchResult::group))
                .as(where + ", days in the reader’s format")
                .isEmpty();
        if (CONFIRM_OR_DECIDE.contains(notice.kind().split("-", 2)[0])
                && !notice.kind().equals("decision")) {
            assertThat(told).as(where + ", a deadline where nothing is asked").isEmpty();
            return;
        }
        Map<String, Deadline> deadlines = obligations
                .deadlines(Set.of(obligation.id()))
                .getOrDefault(obligation.id(), Map.of(obligation.deadlineName(), obligation.deadline()));
        Set<Obligation> expected = expected(obligation, notice, deadlines);
        Set<String> days = expected.stream()
                .map(step -> wording.due(step, notice.language()).day())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).as(where + ", lines with a deadline").hasSize(1);
        assertThat(DAY.matcher(told.get(0)).results().map(MatchResult::group))
                .as(where + ", deadline in: " + told.get(0))
                .isSubsetOf(days)
                .isNotEmpty();
        assertThat(DAY.matcher(notice.subject()).results().map(MatchResult::group))
                .as(where + ", deadline in the subject: " + notice.subject())
                .isSubsetOf(days);
        if (notice.calendar() != null) {
            assertThat(expected.stream()
                            .map(step -> "DTEND:"
                                    + ICAL.format(
                                            step.deadline().at().plusSeconds(1).atZone(ZoneOffset.UTC))))
                    .as(where + ", deadline for the calendar")
                    .anySatisfy(end -> assertThat(notice.calendar()).contains(end));
        }
        if (!RUNGS.contains(notice.kind()) && !notice.copy()) {
            boolean past = expected.stream()
                    .allMatch(step -> clock.instant().isAfter(step.deadline().at()));
            String passed = words.getMessage("notice.moment.past", new Object[] {""}, notice.language());
            assertThat(told.get(0).contains(passed.strip()))
                    .as(where + ", says that the day has passed: " + told.get(0))
                    .isEqualTo(past);
        }
    }

    /** The obligation as each deadline has it that the notice may be about: of several steps at once, any. */
    private Set<Obligation> expected(Obligation obligation, Notice notice, Map<String, Deadline> deadlines) {
        if (RUNGS.contains(notice.kind())) {
            String name = Rung.deadlineName(notice.milestone().replaceFirst("^list\\.", ""))
                    .orElse(Duty.DUE);
            Deadline deadline = deadlines.get(name);
            return Set.of(deadline == null ? obligation : obligation.by(name, deadline));
        }
        if (notice.kind().equals("extended") || notice.kind().equals("decision")) {
            return Set.of(obligation);
        }
        List<OpenTask> open = obligations.tasks(obligation.id()).stream()
                .filter(task -> !task.seatCode().equals(SeatRole.SECRETARIAT.code()))
                .toList();
        List<OpenTask> own = open.stream()
                .filter(task -> task.seatCode().equals(notice.seatCode()))
                .toList();
        Set<Obligation> expected = (own.isEmpty() ? open : own)
                .stream().map(task -> task.by(obligation, deadlines)).collect(Collectors.toCollection(HashSet::new));
        return expected.isEmpty() ? Set.of(obligation) : expected;
    }
}
