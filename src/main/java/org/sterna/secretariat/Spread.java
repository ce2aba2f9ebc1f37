package org.sterna.secretariat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many answers came in which week before or after the deadline, and how they are drawn. The weeks are also the rows
 * of the table behind the drawing.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param base where the bars stand
 * @param deadline where the deadline is
 * @param weeks from the first in which there was an answer to the last, without gaps
 */
record Spread(int width, int height, int base, int deadline, List<Week> weeks) {

    /** Weeks before and after the deadline beyond which all are put together. */
    private static final int FARTHEST = 26;

    private static final int WIDTH = 720;
    private static final int MARGIN = 12;
    private static final int TALLEST = 150;
    private static final int TOP = 34;

    /**
     * A week.
     *
     * @param first its first day, counted from the deadline's; negative before it; null if it and all before are meant
     * @param last its last day; null if it and all after are meant
     * @param count how many answers came
     * @param late whether it is after the deadline
     * @param x where its bar begins
     * @param y where its bar ends
     * @param wide how wide its bar is
     * @param high how high its bar is
     */
    record Week(
            @Nullable Integer first,
            @Nullable Integer last,
            int count,
            boolean late,
            int x,
            int y,
            int wide,
            int high) {}

    /**
     * The drawing; null without answers.
     *
     * @param days of each answer, counted from its deadline; negative before it
     */
    static @Nullable Spread of(Collection<Long> days) {
        if (days.isEmpty()) {
            return null;
        }
        TreeMap<Integer, Long> counted = new TreeMap<>(days.stream()
                .map(Spread::week)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
        // the deadline itself is always in the drawing
        int from = Math.min(0, counted.firstKey());
        int to = Math.max(1, counted.lastKey());
        int wide = Math.min(56, (WIDTH - 2 * MARGIN) / (to - from + 1));
        long most = counted.values().stream().mapToLong(Long::longValue).max().orElse(1);
        List<Week> weeks = new ArrayList<>();
        for (int week = from; week <= to; week++) {
            int count = counted.getOrDefault(week, 0L).intValue();
            int high = (int) Math.ceil((double) TALLEST * count / most);
            weeks.add(new Week(
                    week == -FARTHEST ? null : week * 7 - 6,
                    week == FARTHEST ? null : week * 7,
                    count,
                    week > 0,
                    MARGIN + (week - from) * wide,
                    TOP + TALLEST - high,
                    wide - 3,
                    high));
        }
        return new Spread(
                2 * MARGIN + (to - from + 1) * wide,
                TOP + TALLEST + 26,
                TOP + TALLEST,
                MARGIN + (1 - from) * wide - 2,
                weeks);
    }

    /** 0 for the week that ends with the deadline, 1 for the one after it. */
    private static int week(long days) {
        return (int) Math.max(-FARTHEST, Math.min(FARTHEST, Math.floorDiv(days + 6, 7)));
    }

    /** The answers of one round, counted from their deadlines. */
    static List<Long> days(Collection<Standings.Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.answeredOn() != null)
                .map(answer -> answer.answeredOn().toEpochDay() - answer.dueOn().toEpochDay())
                .toList();
    }

    /** The middle one; null without any. */
    static @Nullable Long median(Collection<Long> days) {
        List<Long> sorted = days.stream().sorted().toList();
        return sorted.isEmpty() ? null : sorted.get((sorted.size() - 1) / 2);
    }

    /** How many answered in each week, for whoever checks the drawing. */
    Map<Integer, Integer> counts() {
        return weeks.stream()
                .filter(week -> week.last() != null)
                .collect(Collectors.toMap(week -> week.last(), Week::count));
    }
}
