package org.sterna.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.Words;

/** Keeps {@code docs/duties.md} as the catalogue is; {@code -Dsterna.docs=write} writes it anew. */
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:scenarios;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "sterna.notices.sender.enabled=false"
        })
@ActiveProfiles("demo")
class DutiesDocumentTests {

    private static final Path DOCUMENT = Path.of("docs", "duties.md");

    @Autowired
    Duties duties;

    @Autowired
    Words words;

    @Test
    void saysWhatTheCatalogueSays() throws IOException {
        String wanted = document();
        if ("write".equals(System.getProperty("sterna.docs"))) {
            Files.writeString(DOCUMENT, wanted);
        }

        assertThat(Files.readString(DOCUMENT))
                .as("docs/duties.md is stale; run ./mvnw test -Dtest=DutiesDocumentTests -Dsterna.docs=write")
                .isEqualTo(wanted);
    }

    private String document() {
        return """
                # Duties

                Written from the catalogue in `processes/`; do not edit by hand. T is the day of the deadline. What is \
                marked “default, configurable” is assumed: no rule was found, and a date that is notified comes first.

                The groups, with the duties of the terms of reference that belong to each: nominations (D01, D03 to D09, \
                D13 to D15), reporting (D10, D21, D22, D32 to D35, D41), resources (D11, D12, D39, D44, D45), meetings \
                (D23 to D28, D30, D31, D36, D37), implementation (D16 to D20, D29, D38, D40, D42, D43) and region (D02, \
                D46 to D48).

                | Code | Duty | Group | Opens | For | Steps (seat) | Deadline | Basis | Ladder | Closed as not delivered |
                |---|---|---|---|---|---|---|---|---|---|
                """
                + duties.all().stream()
                        .filter(duty -> Files.isDirectory(Path.of("processes", duty.key())))
                        .map(this::row)
                        .collect(Collectors.joining());
    }

    private String row(Duty duty) {
        return "| %s | %s `%s` | %s | %s | %s | %s | %s%s | %s | %s%s | %s%s |%n"
                .formatted(
                        duty.code(),
                        words.text(duty.key() + ".title", Locale.ENGLISH),
                        duty.key(),
                        duty.group().code(),
                        opens(duty),
                        binds(duty.binds()),
                        duty.steps().stream()
                                .map(step -> words.text(duty.key() + "." + step.key() + ".name", Locale.ENGLISH) + " ("
                                        + step.seat() + ")")
                                .collect(Collectors.joining(", ")),
                        rule(duty.deadline(), duty.assumed()),
                        duty.further().stream()
                                .map(further ->
                                        "; %s: %s".formatted(further.name(), rule(further.rule(), further.assumed())))
                                .collect(Collectors.joining()),
                        Stream.concat(
                                        Stream.of(duty.basis()),
                                        duty.further().stream().map(Duty.Further::basis))
                                .distinct()
                                .collect(Collectors.joining(" ")),
                        ladder(duty.ladder()),
                        duty.further().stream()
                                .filter(further -> !further.ladder().isEmpty()
                                        && !further.ladder().equals(duty.ladder()))
                                .map(further -> "; %s: %s".formatted(further.name(), ladder(further.ladder())))
                                .collect(Collectors.joining()),
                        closing(duty.closes()),
                        duty.further().stream()
                                .flatMap(further -> Stream.ofNullable(further.closes())
                                        .map(closes -> "; %s: %s".formatted(further.name(), closing(closes))))
                                .collect(Collectors.joining()));
    }

    /** When nobody ever delivers; what is due by the deadline that stands is counted from that. */
    private static String closing(Duty.Closing closes) {
        String rule = closes.rule() == null ? "only by decision" : closes.rule().text();
        return rule + (closes.assumed() ? " (default, configurable). " : ". ") + closes.basis();
    }

    /** By itself on a day, or when the Secretariat opens it. */
    private static String opens(Duty duty) {
        String day = (duty.follows() == null ? "" : "once `" + duty.follows() + "` is done, or ")
                + (duty.opens() == null ? "by hand" : duty.opens().text());
        return duty.meetings().isEmpty()
                ? day
                : day
                        + duty.meetings().stream()
                                .sorted()
                                .map(Meeting.Kind::code)
                                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String binds(Duty.Binding binds) {
        return switch (binds.parties()) {
            case ALL -> "all Parties";
            case OF_REGION -> "Parties of the region " + binds.region();
            case OF_INSTRUMENT -> "Parties to " + binds.instrument();
            case WITH_SEAT -> "Parties whose seat " + binds.role() + " is held";
            case ELIGIBLE -> "Parties that the table `" + binds.decision() + "` finds eligible";
        };
    }

    private static String ladder(List<Rung> ladder) {
        return ladder.stream().map(DutiesDocumentTests::rung).collect(Collectors.joining(", "));
    }

    private static String rule(DueRule rule, boolean assumed) {
        return rule.text() + (assumed ? " (default, configurable)" : "");
    }

    private static String rung(Rung rung) {
        Period offset = rung.offset();
        String length =
                (offset.isNegative() ? offset.negated() : offset).toString().substring(1);
        return "T%s %s to %s"
                .formatted(
                        offset.isZero() ? "" : (offset.isNegative() ? "−" : "+") + length,
                        rung.kind().name().toLowerCase(Locale.ROOT),
                        String.join(", ", rung.to()));
    }
}
