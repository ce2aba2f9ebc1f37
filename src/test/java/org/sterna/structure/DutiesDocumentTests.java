package org.sterna.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.calendar.DueRule;
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

                Written from the catalogue in `processes/`; do not edit by hand.

                | Code | Duty | Steps (seat) | Deadline | Basis | Ladder |
                |---|---|---|---|---|---|
                """
                + duties.all().stream()
                        .filter(duty -> Files.isDirectory(Path.of("processes", duty.key())))
                        .map(this::row)
                        .collect(Collectors.joining());
    }

    private String row(Duty duty) {
        return "| %s | %s `%s` | %s | %s%s | %s | %s |%n"
                .formatted(
                        duty.code(),
                        words.text(duty.key() + ".title", Locale.ENGLISH),
                        duty.key(),
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
                        duty.ladder().stream().map(DutiesDocumentTests::rung).collect(Collectors.joining(", ")));
    }

    private static String rule(DueRule rule, boolean assumed) {
        return rule.text() + (assumed ? " (default, configurable)" : "");
    }

    private static String rung(Rung rung) {
        int days = rung.offset().getDays();
        return "T%s%dD %s to %s"
                .formatted(
                        days < 0 ? "−" : "+",
                        Math.abs(days),
                        rung.kind().name().toLowerCase(Locale.ROOT),
                        String.join(", ", rung.to()));
    }
}
