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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.register.Account;
import org.sterna.time.TimeMachine;

/** Moves the clock of a demonstration, so that weeks of reminders can be watched in minutes. */
@RestController
@Profile("demo")
@Tag(name = OpenApi.DEMONSTRATION)
class DemoClockController {

    private static final Period FARTHEST = Period.ofYears(10);

    private final TimeMachine time;

    DemoClockController(TimeMachine time) {
        this.time = time;
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
            Instant now) {}

    @PostMapping(
            path = "/api/v1/demo/clock",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Refuses(Problem.Kind.FORBIDDEN)
    @Operation(
            summary = "Move the clock forward",
            description = "For the Secretariat, in demonstrations only. Everything that falls due on the way happens.")
    Now advance(@RequestBody Move move, @Caller Account caller) {
        Wall.secretariatOnly(caller);
        if (move.advance() == null) {
            throw Refusal.invalid("advance", "api.required");
        }
        return new Now(time.advance(amount(move.advance())).to());
    }

    private TemporalAmount amount(String text) {
        try {
            TemporalAmount amount = text.contains("T") ? Duration.parse(text) : Period.parse(text);
            var from = time.now().atZone(ZoneOffset.UTC);
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
