package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.Words;

@RestController
@Tag(name = OpenApi.CATALOGUE)
class DutiesController {

    private final Duties duties;
    private final Words words;

    DutiesController(Duties duties, Words words) {
        this.duties = duties;
        this.words = words;
    }

    @Schema(name = "Duty", description = "An entry of the catalogue of duties")
    record DutyEntry(
            @Schema(description = "Name in paths and parameters", example = "nomination-confirmation")
            String key,

            @Schema(description = "Number in the terms of reference", example = "D01")
            String code,

            @Schema(description = "Title in the three languages")
            Texts title,

            @Schema(
                    description = "What it is about: nominations, reporting, resources, meetings, implementation or"
                            + " region",
                    example = "nominations")
            String group,

            @Schema(description = "What opens it", example = "event")
            String kind,

            @Schema(description = "Role of the seat that carries it", example = "nfp")
            String holder,

            @Schema(description = "Rule of the deadline", example = "opened+30D")
            String deadline,

            @Schema(description = "Whether the deadline is a default that nobody has notified")
            boolean assumed,

            @Schema(description = "Whether silence is never called overdue")
            boolean voluntary,

            @Schema(description = "Where the rule comes from")
            String basis,

            @Schema(description = "Steps in the order of the diagram")
            List<StepEntry> steps) {}

    @Schema(name = "Step")
    record StepEntry(
            @Schema(example = "submit-nomination") String key,

            @Schema(description = "Role of the seat whose step it is", example = "nfp")
            String seat) {}

    @GetMapping(path = "/api/v1/duties", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List the duties", description = "The whole catalogue, ordered by code.")
    List<DutyEntry> list() {
        return duties.all().stream().map(this::entry).toList();
    }

    private DutyEntry entry(Duty duty) {
        return new DutyEntry(
                duty.key(),
                duty.code(),
                Texts.of(words, duty.key() + ".title"),
                duty.group().code(),
                duty.kind().name().toLowerCase(Locale.ROOT),
                duty.holder(),
                duty.deadline().text(),
                duty.assumed(),
                duty.voluntary(),
                duty.basis(),
                duty.steps().stream()
                        .map(step -> new StepEntry(step.key(), step.seat()))
                        .toList());
    }
}
