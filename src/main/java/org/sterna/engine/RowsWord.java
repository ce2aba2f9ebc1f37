package org.sterna.engine;

import static org.sterna.engine.Argument.Kind.LIST;
import static org.sterna.engine.Argument.Kind.ROW_FIELD;
import static org.sterna.engine.Argument.Kind.ROW_FIELDS;
import static org.sterna.engine.Argument.Kind.ROW_OPTIONS;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.springframework.stereotype.Component;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Today;

/**
 * {@code ${rows.…}}: the rows of a list as they were last sent in a case.
 * Public because expressions reach public classes only; for diagrams, not for other modules.
 */
@Component("rows")
public class RowsWord {

    /** Longest text told of rows; the engine keeps a text variable of up to 4000 characters. */
    private static final int LONGEST = 3500;

    private static final int LONGEST_CELL = 160;

    private final Case theCase;
    private final Obligations obligations;
    private final Today today;

    RowsWord(Case theCase, Obligations obligations, Today today) {
        this.theCase = theCase;
        this.obligations = obligations;
        this.today = today;
    }

    /**
     * Whether every row has one of the values in the field; so it is where there are no rows.
     *
     * @param list {@code <step>.<list>}
     * @param values separated by commas
     */
    public boolean all(
            DelegateExecution execution,
            @Argument(LIST) String list,
            @Argument(ROW_FIELD) String field,
            @Argument(ROW_OPTIONS) String values) {
        Set<String> wanted = words(values);
        return rows(theCase.obligation(execution), list).allMatch(row -> wanted.contains(cell(row, field)));
    }

    /**
     * The rows whose day is past where the Party is and whose state is none of those that end them, to be told in a
     * notice: a line for each row; empty if there are none.
     *
     * @param list {@code <step>.<list>}
     * @param day the field with the day, ISO 8601; rows without one are never overdue
     * @param state the field with the state
     * @param ended states of rows that are no longer waited for, separated by commas
     * @param told the fields that are told of each row, separated by commas
     */
    public TypedValue overdue(
            DelegateExecution execution,
            @Argument(LIST) String list,
            @Argument(ROW_FIELD) String day,
            @Argument(ROW_FIELD) String state,
            @Argument(ROW_OPTIONS) String ended,
            @Argument(ROW_FIELDS) String told) {
        // gone with the transaction: what Parties answer is kept in the ledger alone
        return Variables.stringValue(overdueText(execution, list, day, state, ended, told), true);
    }

    private String overdueText(
            DelegateExecution execution, String list, String day, String state, String ended, String told) {
        Obligation obligation = theCase.obligation(execution);
        LocalDate here = today.ofParty(obligation.partyCode());
        Set<String> over = words(ended);
        List<String> lines = rows(obligation, list)
                .filter(row -> !over.contains(cell(row, state)))
                .filter(row -> !cell(row, day).isEmpty()
                        && LocalDate.parse(cell(row, day)).isBefore(here))
                .map(row -> Stream.of(told.split(","))
                        .map(field -> shortened(cell(row, field.strip())))
                        .filter(cell -> !cell.isEmpty())
                        .collect(Collectors.joining(" · ")))
                .toList();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            if (text.length() + lines.get(i).length() > LONGEST) {
                return text + "… (+" + (lines.size() - i) + ")";
            }
            text.append(i == 0 ? "" : "\n").append(lines.get(i));
        }
        return text.toString();
    }

    private Stream<Map<?, ?>> rows(Obligation obligation, String list) {
        String[] path = list.split("\\.", 2);
        return obligations.submissions(obligation.id()).stream()
                .filter(sent -> sent.step().equals(path[0]))
                .reduce((earlier, later) -> later)
                .map(sent -> sent.values().get(path[1]))
                .filter(List.class::isInstance)
                .stream()
                .flatMap(found -> ((List<?>) found).stream())
                .map(row -> (Map<?, ?>) row);
    }

    private static String cell(Map<?, ?> row, String field) {
        return Objects.toString(row.get(field), "");
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_CELL
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_CELL - 1)) + "…";
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split(",")).map(String::strip).collect(Collectors.toSet());
    }
}
