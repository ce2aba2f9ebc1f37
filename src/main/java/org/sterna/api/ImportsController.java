package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.register.Account;
import org.sterna.register.Imports;

@RestController
@Tag(name = OpenApi.CATALOGUE)
class ImportsController {

    private final Imports imports;

    ImportsController(Imports imports) {
        this.imports = imports;
    }

    @Schema(name = "ImportLine", description = "A line that can be loaded, and what it does")
    record LineView(
            @Schema(description = "Its number in the file, from 1", example = "2")
            int line,

            @Schema(description = "Its values in the order of the columns")
            List<String> values,

            @Schema(description = "new, changed or same", example = "new")
            String change) {}

    @Schema(name = "ImportResult", description = "What a file does, or did")
    record ResultView(
            @Schema(example = "shares") String kind,

            @Schema(description = "Whether it was loaded, and not only checked")
            boolean written,

            @Schema(description = "The columns in the order of the values")
            List<String> columns,

            List<LineView> lines) {}

    @PostMapping(path = "/api/v1/imports/{kind}", consumes = "text/csv", produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Load figures from a file",
            description = "For the Secretariat: shares on the UN scale, contributions or memberships of instruments,"
                    + " as comma- or semicolon-separated values in UTF-8 with the columns’ names in the first line."
                    + " If any line is wrong, nothing is written and every violation names a line, from 1, and its column,"
                    + " such as line[3].percent. Safe to repeat.")
    ResultView load(
            @Parameter(description = "shares, contributions or memberships", example = "shares") @PathVariable
                    String kind,
            @Parameter(description = "true: only say what the file would do") @RequestParam(defaultValue = "false")
                    boolean check,
            @RequestBody byte[] file,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Imports.Kind of = Imports.Kind.of(kind).orElseThrow(Refusal::notFound);
        Imports.Result result = check ? imports.check(of, file) : imports.load(of, file, caller.username());
        if (!result.sound()) {
            throw new InvalidSubmission(result.faults().stream()
                    .map(fault -> new Violation("line[%d].%s".formatted(fault.line(), fault.field()), fault.message()))
                    .toList());
        }
        return new ResultView(
                of.code(),
                !check,
                of.columns(),
                result.lines().stream()
                        .map(line -> new LineView(
                                line.number(),
                                line.cells(),
                                line.change().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }
}
