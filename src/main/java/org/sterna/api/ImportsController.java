package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.campaigns.BulkActs;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Account;
import org.sterna.register.Imports;

@RestController
@Tag(name = OpenApi.CATALOGUE)
class ImportsController {

    private final Imports imports;
    private final BulkActs acts;
    private final Obligations obligations;

    ImportsController(Imports imports, BulkActs acts, Obligations obligations) {
        this.imports = imports;
        this.acts = acts;
        this.obligations = obligations;
    }

    @Schema(name = "ImportLine", description = "A line that can be loaded, and what it does")
    record LineView(
            @Schema(description = "Its number in the file, from 1", example = "2")
            int line,

            @Schema(description = "Its values in the order of the columns")
            List<String> values,

            @Schema(description = "new, changed or same", example = "new")
            String change,

            @Schema(description = "The figures that the register has otherwise, which need a reason")
            List<DifferenceView> differences) {}

    @Schema(name = "ImportDifference", description = "A figure that the register has otherwise")
    record DifferenceView(
            @Schema(description = "The column", example = "assessed")
            String column,

            @Schema(description = "What the register has") String before,

            @Schema(description = "What the file says") String after) {}

    @Schema(
            name = "ImportSteps",
            description = "The steps of cases that wait for what a file said, and what came of each")
    record StepsView(
            @Schema(description = "Id of the loading") UUID id,

            @Schema(description = "The file’s name") String file,

            @Schema(description = "Whether some are still waiting to be completed")
            boolean running,

            int total,
            int done,
            int refused,
            int failed,

            @Schema(description = "One for each case, those that failed first")
            List<StepView> steps) {}

    @Schema(name = "ImportStep", description = "A case whose step waits for what a file said")
    record StepView(
            @Schema(description = "Id of the obligation") UUID obligation,

            @Schema(example = "annual-contribution/2027/KEN")
            String key,

            @Schema(allowableValues = {"waiting", "done", "refused", "failed"})
            String state,

            @Schema(description = "Why it was refused or failed", nullable = true) @Nullable
            String reason) {}

    @Schema(name = "ImportResult", description = "What a file does, or did")
    record ResultView(
            @Schema(description = "Id of the loading, under which the steps that it completes can be followed")
            UUID id,

            @Schema(example = "shares") String kind,

            @Schema(description = "Whether it was loaded, and not only checked")
            boolean written,

            @Schema(description = "The columns in the order of the values")
            List<String> columns,

            List<LineView> lines,

            @Schema(description = "How many steps of cases are being completed with it, in the background")
            int steps) {}

    @PostMapping(path = "/api/v1/imports/{kind}", consumes = "text/csv", produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Load figures from a file",
            description = "For the Secretariat: shares on the UN scale, contributions or memberships of instruments,"
                    + " as comma- or semicolon-separated values in UTF-8 with the columns’ names in the first line."
                    + " If any line is wrong, nothing is written and every violation names a line, from 1, and its column,"
                    + " such as line[3].percent. Where semicolons separate, decimals may follow a comma. A figure that the"
                    + " register has otherwise is only replaced with a reason, which is kept. Steps that wait for nothing"
                    + " but what an invoice says are completed in the background. Safe to repeat.")
    ResultView load(
            @Parameter(description = "shares, contributions or memberships", example = "shares") @PathVariable
                    String kind,
            @Parameter(description = "true: only say what the file would do") @RequestParam(defaultValue = "false")
                    boolean check,
            @Parameter(description = "The file’s name, told in the history", example = "invoices-2027.csv")
                    @RequestParam(defaultValue = "")
                    String name,
            @Parameter(description = "Why figures of the register are replaced: 10 to 1000 characters")
                    @RequestParam(defaultValue = "")
                    String reason,
            @RequestBody byte[] file,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Imports.Kind of = Imports.Kind.of(kind).orElseThrow(Refusal::notFound);
        Imports.Result result = check
                ? imports.check(of, file)
                : imports.load(of, file, new Imports.Loading(name, reason, caller.username()));
        if (!result.sound()) {
            throw new InvalidSubmission(result.faults().stream()
                    .map(fault -> new Violation("line[%d].%s".formatted(fault.line(), fault.field()), fault.message()))
                    .toList());
        }
        return new ResultView(
                result.id(),
                of.code(),
                !check,
                of.columns(),
                result.lines().stream()
                        .map(line -> new LineView(
                                line.number(),
                                line.cells(),
                                line.change().name().toLowerCase(Locale.ROOT),
                                line.differences().stream()
                                        .map(one -> new DifferenceView(one.column(), one.before(), one.after()))
                                        .toList()))
                        .toList(),
                check
                        ? 0
                        : acts.progress(result.id())
                                .map(BulkActs.Progress::total)
                                .orElse(0));
    }

    @GetMapping(path = "/api/v1/imports/{id}/steps", produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Follow the steps that a file completes",
            description = "For the Secretariat: how far it is, and what came of each case.")
    StepsView steps(@Parameter(description = "Id of the loading") @PathVariable UUID id, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        BulkActs.Progress progress = acts.progress(id)
                .filter(found -> found.act().kind() == BulkActs.Kind.COMPLETE)
                .orElseThrow(Refusal::notFound);
        List<BulkActs.Item> items = acts.items(id);
        Map<UUID, String> keys = obligations
                .findAll(items.stream().map(BulkActs.Item::obligationId).toList())
                .stream()
                .collect(Collectors.toMap(Obligation::id, Obligation::businessKey));
        return new StepsView(
                id,
                progress.act().reason(),
                progress.running(),
                progress.total(),
                progress.done(),
                progress.refused(),
                progress.failed(),
                items.stream()
                        .map(item -> new StepView(
                                item.obligationId(),
                                keys.getOrDefault(item.obligationId(), ""),
                                item.state().code(),
                                item.told()))
                        .toList());
    }
}
