package org.sterna.secretariat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many have answered, beside how many had on the same day of the round before: as many days before or after the
 * deadline as it is today.
 *
 * @param asked from how many an answer is expected, or was
 * @param answered how many of them have answered
 * @param before the same of the rounds before; null where there was none
 */
record Rate(int asked, int answered, @Nullable Before before) {

    /**
     * The rounds before.
     *
     * @param asked from how many an answer was expected
     * @param answered how many of them had answered by the same day
     * @param since how many more of a hundred have answered now; counts only duties that had a round before
     */
    record Before(int asked, int answered, int since) {}

    /** Whole percents; 0 where nobody was asked. */
    int percent() {
        return percent(answered, asked);
    }

    private static int percent(int part, int whole) {
        return whole == 0 ? 0 : Math.round(100f * part / whole);
    }

    /** The rate of each group of answers; what belongs to no round 1 is left out. */
    static Map<String, Rate> by(
            Function<Standings.Answer, String> group, Collection<Standings.Answer> answers, LocalDate today) {
        Map<String, Long> left = daysLeft(answers, today);
        return answers.stream()
                .filter(Standings.Answer::asked)
                .filter(answer -> answer.place() <= 2 && left.containsKey(answer.duty()))
                .collect(Collectors.groupingBy(
                        group, Collectors.collectingAndThen(Collectors.toList(), grouped -> of(grouped, left))));
    }

    /** How many days it is, in the newest round of each duty, from today to the deadline that most have. */
    private static Map<String, Long> daysLeft(Collection<Standings.Answer> answers, LocalDate today) {
        Map<String, Map<LocalDate, Long>> deadlines = answers.stream()
                .filter(answer -> answer.place() == 1)
                .collect(Collectors.groupingBy(
                        Standings.Answer::duty, Collectors.groupingBy(Standings.Answer::dueOn, Collectors.counting())));
        return deadlines.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> ChronoUnit.DAYS.between(
                                today,
                                entry.getValue().entrySet().stream()
                                        .max(Map.Entry.<LocalDate, Long>comparingByValue()
                                                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                                        .orElseThrow()
                                        .getKey())));
    }

    private static Rate of(List<Standings.Answer> answers, Map<String, Long> left) {
        List<Standings.Answer> now =
                answers.stream().filter(answer -> answer.place() == 1).toList();
        List<Standings.Answer> before =
                answers.stream().filter(answer -> answer.place() == 2).toList();
        int answered = answered(now);
        if (before.isEmpty()) {
            return new Rate(now.size(), answered, null);
        }
        int earlier = (int) before.stream()
                .filter(answer -> answer.answeredOn() != null
                        && !answer.answeredOn().isAfter(answer.dueOn().minusDays(left.get(answer.duty()))))
                .count();
        var compared = before.stream().map(Standings.Answer::duty).collect(Collectors.toSet());
        List<Standings.Answer> comparable =
                now.stream().filter(answer -> compared.contains(answer.duty())).toList();
        return new Rate(
                now.size(),
                answered,
                new Before(
                        before.size(),
                        earlier,
                        percent(answered(comparable), comparable.size()) - percent(earlier, before.size())));
    }

    private static int answered(List<Standings.Answer> answers) {
        return (int)
                answers.stream().filter(answer -> answer.answeredOn() != null).count();
    }
}
