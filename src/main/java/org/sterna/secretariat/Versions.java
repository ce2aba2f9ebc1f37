package org.sterna.secretariat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sterna.pages.CaseFile;

/**
 * The versions of what was sent in one step, side by side.
 *
 * @param stepKey the step's key
 * @param step the step's name
 * @param versions the oldest first
 * @param rows the questions, in the order of the newest version
 */
record Versions(String stepKey, String step, List<CaseFile.Sent> versions, List<Row> rows) {

    /** Versions that stand side by side; of more, the newest. */
    private static final int MOST = 4;

    /** What became of an answer since the version before. */
    enum Change {
        NONE,
        ADDED,
        CHANGED,
        REMOVED;

        /** The code in message keys {@code versions.<code>} and style classes. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A question with the answers of each version. */
    record Row(String question, List<Cell> cells) {

        /** Whether any version differs from the one before. */
        public boolean changed() {
            return cells.stream().anyMatch(cell -> cell.change() != Change.NONE);
        }
    }

    /**
     * An answer in one version.
     *
     * @param answer null where there is none
     * @param change against the version before; none in the first
     */
    record Cell(CaseFile.@Nullable Answer answer, Change change) {}

    /** Of each step that was sent more than once, in the order in which they were sent first. */
    static List<Versions> of(List<CaseFile.Sent> newestFirst) {
        List<CaseFile.Sent> sent = new ArrayList<>(newestFirst);
        Collections.reverse(sent);
        Map<String, List<CaseFile.Sent>> bySteps = new LinkedHashMap<>();
        sent.forEach(one -> bySteps.computeIfAbsent(one.stepKey(), unseen -> new ArrayList<>())
                .add(one));
        return bySteps.values().stream()
                .filter(versions -> versions.size() > 1)
                .map(versions -> sideBySide(versions.subList(Math.max(0, versions.size() - MOST), versions.size())))
                .toList();
    }

    /** How many questions were answered differently. */
    public long differing() {
        return rows.stream().filter(Row::changed).count();
    }

    private static Versions sideBySide(List<CaseFile.Sent> versions) {
        Map<String, String> questions = new LinkedHashMap<>();
        for (int i = versions.size() - 1; i >= 0; i--) {
            versions.get(i).answers().forEach(answer -> questions.putIfAbsent(answer.key(), answer.question()));
        }
        List<Row> rows = new ArrayList<>();
        questions.forEach((key, question) -> {
            List<Cell> cells = new ArrayList<>();
            CaseFile.Answer before = null;
            for (int i = 0; i < versions.size(); i++) {
                CaseFile.Answer answer = answer(versions.get(i), key).orElse(null);
                cells.add(new Cell(answer, i == 0 ? Change.NONE : change(before, answer)));
                before = answer;
            }
            rows.add(new Row(question, cells));
        });
        CaseFile.Sent newest = versions.get(versions.size() - 1);
        return new Versions(newest.stepKey(), newest.step(), List.copyOf(versions), rows);
    }

    private static Optional<CaseFile.Answer> answer(CaseFile.Sent sent, String key) {
        return sent.answers().stream()
                .filter(answer -> answer.key().equals(key))
                .findFirst();
    }

    private static Change change(CaseFile.@Nullable Answer before, CaseFile.@Nullable Answer now) {
        if (before == null) {
            return now == null ? Change.NONE : Change.ADDED;
        }
        if (now == null) {
            return Change.REMOVED;
        }
        return now.parts().equals(before.parts()) && now.rows().equals(before.rows()) ? Change.NONE : Change.CHANGED;
    }
}
