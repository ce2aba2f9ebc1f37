package org.sterna.secretariat;

import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.campaigns.Occasions;

/**
 * Where the marks of a meeting's calendar stand in its drawing. The table beside it says the same in words.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param months where months begin
 * @param today where today is; null if it is not in the drawing
 * @param from where the meeting begins
 * @param length how long it is drawn
 * @param lines one for each duty
 */
record Timeline(
        int width, int height, List<Tick> months, @Nullable Integer today, int from, int length, List<Line> lines) {

    private static final int WIDTH = 960;
    private static final int MARGIN = 24;
    private static final int TOP = 56;
    private static final int ROW = 46;
    private static final int MOST_TICKS = 16;

    /** The beginning of a month. */
    record Tick(int x, String label) {}

    /**
     * A duty.
     *
     * @param y where its line is
     * @param title its title
     * @param titleX where the title begins, or ends if {@code atEnd}
     * @param atEnd whether the title ends there, because it would run out of the drawing
     * @param from where the line begins
     * @param to where it ends
     * @param opens where its opening day is; null if it has none
     * @param deadlines where its deadlines are
     */
    record Line(
            int y,
            String title,
            int titleX,
            boolean atEnd,
            int from,
            int to,
            @Nullable Integer opens,
            List<Integer> deadlines) {}

    /** The drawing; null while the meeting has no date or no duty has a deadline. */
    static @Nullable Timeline of(
            Meeting meeting,
            List<Occasions.Plan> plans,
            LocalDate today,
            Function<Occasions.Plan, String> title,
            Locale reader) {
        List<Occasions.Plan> dated =
                plans.stream().filter(plan -> !plan.deadlines().isEmpty()).toList();
        if (meeting.opening() == null || dated.isEmpty()) {
            return null;
        }
        LocalDate opening = meeting.opening().first();
        LocalDate closing = meeting.closing() == null ? opening : meeting.closing();
        List<LocalDate> days = Stream.concat(
                        Stream.of(opening, closing),
                        dated.stream()
                                .flatMap(plan -> Stream.concat(
                                        Stream.ofNullable(plan.opensOn()),
                                        plan.deadlines().values().stream().map(Deadline::on))))
                .sorted()
                .toList();
        LocalDate first = days.get(0).minusDays(10);
        LocalDate last = days.get(days.size() - 1).plusDays(10);
        Scale scale = new Scale(first, last);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < dated.size(); i++) {
            lines.add(line(dated.get(i), TOP + i * ROW, title.apply(dated.get(i)), scale));
        }
        return new Timeline(
                WIDTH,
                TOP + dated.size() * ROW + 4,
                ticks(first, last, scale, reader),
                today.isBefore(first) || today.isAfter(last) ? null : scale.x(today),
                scale.x(opening),
                Math.max(3, scale.x(closing.plusDays(1)) - scale.x(opening)),
                lines);
    }

    private static Line line(Occasions.Plan plan, int y, String title, Scale scale) {
        List<Integer> deadlines = plan.deadlines().values().stream()
                .map(deadline -> scale.x(deadline.on()))
                .sorted()
                .toList();
        Integer opens = plan.opensOn() == null ? null : scale.x(plan.opensOn());
        int from = opens == null ? deadlines.get(0) : Math.min(opens, deadlines.get(0));
        int to = deadlines.get(deadlines.size() - 1);
        boolean atEnd = from > WIDTH / 2;
        return new Line(y + 26, title, atEnd ? Math.min(WIDTH - MARGIN, to) : from, atEnd, from, to, opens, deadlines);
    }

    private static List<Tick> ticks(LocalDate first, LocalDate last, Scale scale, Locale reader) {
        long months = ChronoUnit.MONTHS.between(first, last) + 1;
        Period step = Period.ofMonths((int) Math.max(1, (months + MOST_TICKS - 1) / MOST_TICKS));
        List<Tick> ticks = new ArrayList<>();
        for (LocalDate month = YearMonth.from(first).plusMonths(1).atDay(1);
                !month.isAfter(last);
                month = month.plus(step)) {
            String name = month.getMonth().getDisplayName(TextStyle.SHORT_STANDALONE, reader);
            boolean year = ticks.isEmpty() || month.getMonthValue() <= step.getMonths();
            ticks.add(new Tick(scale.x(month), year ? name + " " + month.getYear() : name));
        }
        return ticks;
    }

    /** Days to places. */
    private record Scale(LocalDate first, LocalDate last) {

        int x(LocalDate day) {
            long all = Math.max(1, ChronoUnit.DAYS.between(first, last));
            return (int) (MARGIN + (WIDTH - 2L * MARGIN) * ChronoUnit.DAYS.between(first, day) / all);
        }
    }
}
