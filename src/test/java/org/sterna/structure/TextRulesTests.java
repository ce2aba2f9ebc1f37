package org.sterna.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be seen in the text of the files; each failure names file and line. */
class TextRulesTests {

    private static final Pattern PROMISE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
    private static final Pattern NAMED_IN_BRACKETS = Pattern.compile("\\$\\{[^}]*\\w\\[[a-z]\\w*]");
    private static final Pattern QUERIED = Pattern.compile("\\.query\\((\\w+)\\.class\\)");
    private static final Pattern BREAKABLE = Pattern.compile(" [:;!?»]|« ");
    /** Where a query ends that stands in brackets: what it is limited to, or ordered by, is a parameter. */
    private static final Pattern LIMIT_WITHIN = Pattern.compile(
            "(?i)(?:\\b(?:fetch\\s+(?:first|next)|limit|offset)\\s+|\\border\\s+by\\b[^();]*?)(?::[a-zA-Z]\\w*|\\?(?!:))[^();]*\\)");

    private static final Pattern PIECES = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern WRITTEN =
            Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", Pattern.DOTALL);
    private static final Pattern PROCESS = Pattern.compile("<(?:\\w+:)?process\\s[^>]*>");

    @Test
    void nothingIsLeftForLater() {
        assertThat(lines(texts(), line -> PROMISE.matcher(line).find()))
                .as("promises in the text; do it, or leave it out and say so in docs/")
                .isEmpty();
    }

    @Test
    void linesEndWithoutCarriageReturn() {
        assertThat(texts().filter(file -> Sources.text(file).contains("\r")))
                .as("files with Windows line ends; .editorconfig asks for LF")
                .isEmpty();
    }

    @Test
    void everyProcessSaysHowLongItsHistoryIsKept() {
        assertThat(Sources.under("processes", ".bpmn").stream().filter(file -> PROCESS.matcher(Sources.text(file))
                        .results()
                        .anyMatch(process -> !process.group().contains("camunda:historyTimeToLive=\""))))
                .as("diagrams with a process that has no camunda:historyTimeToLive")
                .isEmpty();
    }

    @Test
    void noDiagramCarriesAScript() {
        assertThat(lines(
                        Sources.under("processes", ".bpmn").stream(),
                        line -> line.contains("scriptTask") || line.contains("camunda:script")))
                .as("scripts in diagrams; a missing word is a change to the vocabulary in org.sterna.engine")
                .isEmpty();
    }

    @Test
    void apostrophesInMessagesAreTypographic() {
        Stream<Path> bundles = Stream.of("src/main/resources/messages", "processes")
                .flatMap(folder -> Sources.under(folder, ".properties").stream());
        assertThat(lines(bundles, line -> !line.startsWith("#") && line.contains("'")))
                .as("straight apostrophes, which a message with arguments swallows; write ’")
                .isEmpty();
    }

    @Test
    void frenchSignsStandBesideNoBreakSpaces() {
        Stream<Path> bundles = Stream.of("src/main/resources", "processes")
                .flatMap(folder -> Sources.under(folder, "_fr.properties").stream());
        assertThat(lines(
                        bundles,
                        line -> !line.startsWith("#") && BREAKABLE.matcher(line).find()))
                .as("plain spaces before : ; ! ? » or behind «, where a line may break; write a no-break space, U+00A0")
                .isEmpty();
    }

    /** H2 may answer such a query as it did for the number before, and rows are missing from then on. */
    @Test
    void queriesWithinQueriesHaveTheirLimitsWrittenIntoThem() {
        assertThat(Sources.under("src/main/java", ".java").stream()
                        .flatMap(file -> limitsWithin(Sources.text(file)).map(found -> file + ": " + found)))
                .as("limits or orders by a parameter in a query in brackets; write it with"
                        + " org.sterna.database.RowLimit, or move it to the end of the whole statement")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"select id from (select id from notice fetch first :most rows only) found\"",
                "\"select 1 from (\" + found + \" order by a offset :from rows\"\n + \" fetch first :size rows only) part\"",
                "\"(select id from t order by id limit ? offset ?) union all (select 1)\"",
                "\"\"\"\nselect * from (\n  select * from t\n  fetch first :most rows with ties\n) x\n\"\"\"",
                "\"(select id from t order by id = :id desc fetch first 5 rows only) union all (select 1)\"",
            })
    void findsLimitsWithinQueries(String source) {
        assertThat(limitsWithin(source)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"select id from (select id from t) found order by id offset :from rows fetch first :size rows only\"",
                "\"select id from t where a in (:ids) order by id fetch first :most rows only\" + \" for update\"",
                "\"select id from (select id from t order by id fetch first 8 rows only) x where x.id = :id and (1 = 1)\"",
                "\"select id from t fetch first :most rows only\"; f(x ? 1 : y)",
            })
    void leavesLimitsOfWholeStatementsAlone(String source) {
        assertThat(limitsWithin(source)).isEmpty();
    }

    /** Each text that a program has, with the pieces of which it is put together. */
    private static Stream<String> limitsWithin(String source) {
        return WRITTEN.matcher(PIECES.matcher(source).replaceAll(""))
                .results()
                .flatMap(text -> LIMIT_WITHIN.matcher(text.group()).results())
                .map(MatchResult::group);
    }

    /** Spring finds such a column by failing at the component's name first, and H2 writes that to a file of its own. */
    @Test
    void recordsThatSpringReadsByNameHaveComponentsOfOneWord() {
        List<String> found = Sources.under("src/main/java", ".java").stream()
                .flatMap(file -> QUERIED.matcher(Sources.text(file))
                        .results()
                        .map(query -> query.group(1))
                        .filter(name -> Pattern.compile("record " + name + "\\([^)]*\\b[a-z]+[A-Z]\\w*\\s*[,)]")
                                .matcher(Sources.text(file))
                                .find())
                        .map(name -> file + ": query(" + name + ".class)"))
                .toList();
        assertThat(found)
                .as("records read by name whose components have capitals; map them by a method")
                .isEmpty();
    }

    @Test
    void onlyOneClassReadsTheContentOfPapers() {
        assertThat(Sources.under("src/main", "").stream()
                        .filter(file -> !file.toString().endsWith(".sql"))
                        .filter(file -> file.toString().matches(".*\\.(java|html|properties|yaml|bpmn|form)"))
                        .filter(file -> Sources.text(file).matches("(?s).*(from|join)\\s+document_chunk\\b.*"))
                        .map(file -> file.getFileName().toString()))
                .as("files that read papers past the check of their hash; use Documents.open")
                .containsExactly("StoredContent.java");
    }

    @Test
    void noTemplateLooksSomethingUpByAVariableInBrackets() {
        assertThat(lines(
                        Sources.under("src/main/resources/templates", ".html").stream(),
                        line -> NAMED_IN_BRACKETS.matcher(line).find()))
                .as("errors[name] looks for the word name itself; write errors.get(name)")
                .isEmpty();
    }

    /** A parameter of the frame stands before what the page itself knows by that name. */
    @Test
    void noPageUsesTheNameOfAParameterOfTheFrame() {
        assertThat(Sources.text(Path.of("src/main/resources/templates/layout.html")))
                .contains("th:fragment=\"page(pageTitle, main)\"");
        assertThat(lines(
                        Sources.under("src/main/resources/templates", ".html").stream()
                                .filter(file -> !file.endsWith("layout.html")),
                        line -> line.contains("${pageTitle")))
                .as("pageTitle is the title of the window, put together already; give the value another name")
                .isEmpty();
    }

    private static Stream<Path> texts() {
        return Stream.of("src", "processes", "forms", "docs").flatMap(folder -> Stream.of(
                        ".java", ".bpmn", ".form", ".yaml", ".properties", ".html", ".css", ".js", ".sql", ".md")
                .flatMap(ending -> Sources.under(folder, ending).stream()));
    }

    private static List<String> lines(Stream<Path> files, Predicate<String> wanted) {
        return files.flatMap(file -> {
                    List<String> lines = Sources.text(file).lines().toList();
                    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                            .filter(i -> wanted.test(lines.get(i)))
                            .map(i -> "%s:%d %s"
                                    .formatted(file, i + 1, lines.get(i).strip()));
                })
                .toList();
    }
}
