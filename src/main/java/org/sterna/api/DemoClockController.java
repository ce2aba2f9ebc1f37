package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.register.Account;
import org.sterna.time.TimeLapse;

/** Moves the clock of a demonstration, so that weeks of reminders can be watched in minutes. */
@RestController
@Profile("demo")
@Tag(name = OpenApi.DEMONSTRATION)
class DemoClockController {

    private static final Period FARTHEST = Period.ofYears(10);

    private final TimeLapse lapse;

    DemoClockController(TimeLapse lapse) {
        this.lapse = lapse;
    }

    @Schema(name = "ClockMove")
    record Move(
            @Schema(
                    description = "ISO 8601 period or duration that leads forward, at most ten years",
                    example = "P31D",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String advance) {}

    @Schema(name = "Clock")
    record Now(
            @Schema(description = "What the clock shows, UTC")
            Instant now,

            @Schema(description = "Where it is on its way to, day by day; none while it runs as usual", nullable = true)
            @Nullable
            Instant target) {

        static Now of(TimeLapse.Progress progress) {
            return new Now(progress.now(), progress.target());
        }
    }

    @PostMapping(
            path = "/api/v1/demo/clock",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(
            summary = "Move the clock forward",
            description =
                    "For the Secretariat, in demonstrations only. Answers at once; the clock then goes from one day"
                            + " on which something is due to the next, in the background, so that everything on the way happens on"
                            + " its day. While it is on its way, it goes so much further.")
    Now advance(@RequestBody Move move, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        if (move.advance() == null) {
            throw Refusal.invalid("advance", "api.required");
        }
        return Now.of(lapse.start(amount(move.advance())));
    }

    @GetMapping(path = "/api/v1/demo/clock", produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(summary = "Read the clock", description = "For the Secretariat, in demonstrations only.")
    Now read(@Caller Account caller) {
        Wall.secretariatOnly(caller);
        return Now.of(lapse.progress());
    }

    private TemporalAmount amount(String text) {
        try {
            TemporalAmount amount = text.contains("T") ? Duration.parse(text) : Period.parse(text);
            var from = lapse.progress().now().atZone(ZoneOffset.UTC);
            var to = from.plus(amount);
            if (to.isAfter(from) && !to.isAfter(from.plus(FARTHEST))) {
                return amount;
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            // answered below, like an amount that does not lead forward
        }
        throw Refusal.invalid("advance", "api.advance");
    }
}
