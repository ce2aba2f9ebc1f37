package org.sterna.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.calendar.Meetings;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.Occasions;
import org.sterna.register.Account;

/** A meeting's duties: when they open, opening them together, and setting the day on which they do by themselves. */
@RestController
@RequestMapping(path = "/api/v1/meetings/{code}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = OpenApi.CAMPAIGNS)
class OpeningsController {

    private final Meetings meetings;
    private final Campaigns campaigns;
    private final Occasions occasions;

    OpeningsController(Meetings meetings, Campaigns campaigns, Occasions occasions) {
        this.meetings = meetings;
        this.campaigns = campaigns;
        this.occasions = occasions;
    }

    @Schema(name = "MeetingDuty", description = "A duty that hangs on the meeting")
    record PlanView(
            @Schema(example = "national-report") String duty,

            @Schema(description = "Day on which it opens by itself", nullable = true) @Nullable
            LocalDate opensOn,

            @Schema(description = "Whether the Secretariat set that day")
            boolean scheduled,

            @Schema(description = "By name, due for the main one; none where problem says why")
            Map<String, Views.DeadlineView> deadlines,

            @Schema(description = "Why there are no deadlines", nullable = true) @Nullable
            String problem,

            @Schema(description = "Parties that have the obligation or are bound today")
            int bound,

            @Schema(description = "Parties that have the obligation")
            int opened,

            @Schema(description = "Those of them that have ended it")
            int ended) {

        static PlanView of(Occasions.Plan plan) {
            Map<String, Views.DeadlineView> deadlines = new LinkedHashMap<>();
            plan.deadlines().forEach((name, deadline) -> deadlines.put(name, Views.DeadlineView.of(deadline)));
            return new PlanView(
                    plan.duty().key(),
                    plan.opensOn(),
                    plan.scheduled(),
                    deadlines,
                    plan.problem(),
                    plan.bound(),
                    plan.opened(),
                    plan.ended());
        }
    }

    @Schema(name = "OpeningsRequest")
    record OpeningsRequest(
            @Schema(
                    description = "Keys of the duties; repeated keys count once",
                    example = "[\"credentials\", \"delegation-nomination\"]",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            List<@Nullable String> duties,

            @Schema(
                    description =
                            "Why they are opened although a preview says late, 10 to 1000 characters; kept with each"
                                    + " campaign",
                    nullable = true)
            @Nullable
            String lateReason) {}

    @Schema(name = "ScheduleRequest")
    record ScheduleRequest(
            @Schema(
                    description = "Keys of the duties; repeated keys count once",
                    example = "[\"credentials\", \"delegation-nomination\"]",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            List<@Nullable String> duties,

            @Schema(
                    description = "Day on which they open by themselves, today or later",
                    example = "2028-11-01",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String day) {}

    @GetMapping("/calendar")
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "List a meeting's duties",
            description =
                    "For the Secretariat. With the days on which they open and are due, ordered by main deadline.")
    List<PlanView> calendar(
            @Parameter(description = "Code of the meeting", example = "cop16") @PathVariable String code,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        known(code);
        return plans(code);
    }

    @PostMapping(path = "/openings/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "See what opening duties together would do",
            description = "For the Secretariat. Duty by duty, each for all Parties that it binds; writes nothing.")
    List<CampaignsController.PreviewView> preview(
            @Parameter(description = "Code of the meeting", example = "cop16") @PathVariable String code,
            @RequestBody OpeningsRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        known(code);
        check(request.duties(), new ArrayList<>());
        return Renamed.field("duty", "duties", () -> campaigns.previewTogether(request.duties(), code)).stream()
                .map(CampaignsController.PreviewView::of)
                .toList();
    }

    @PostMapping(path = "/openings", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @ApiResponse(responseCode = "202", description = "Entered in the ledger; the cases start in the background")
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Open duties of a meeting together",
            description = "For the Secretariat. Each for all Parties that it binds: all of the duties or none. Safe to"
                    + " repeat: a Party that has the obligation keeps it.")
    List<CampaignsController.CampaignView> open(
            @Parameter(description = "Code of the meeting", example = "cop16") @PathVariable String code,
            @RequestBody OpeningsRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        known(code);
        check(request.duties(), new ArrayList<>());
        return Renamed.field(
                        "duty",
                        "duties",
                        () -> campaigns.openTogether(request.duties(), code, request.lateReason(), caller.username()))
                .stream()
                .map(CampaignsController.CampaignView::of)
                .toList();
    }

    @PostMapping(path = "/schedule", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Have duties of a meeting opened on a day",
            description = "For the Secretariat. Replaces the day that was set before. Answers with all duties of the"
                    + " meeting.")
    List<PlanView> schedule(
            @Parameter(description = "Code of the meeting", example = "cop16") @PathVariable String code,
            @RequestBody ScheduleRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        known(code);
        List<Refusal.Fault> faults = new ArrayList<>();
        LocalDate day = day(request.day(), faults);
        check(request.duties(), faults);
        Renamed.field("duty", "duties", () -> {
            occasions.schedule(request.duties(), code, day, caller.username());
            return day;
        });
        return plans(code);
    }

    @DeleteMapping("/schedule/{duty}")
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Take the day back on which a duty was to open",
            description =
                    "For the Secretariat. The day of the duty's own rule then holds again. Answers with all duties"
                            + " of the meeting.")
    List<PlanView> cancel(
            @Parameter(description = "Code of the meeting", example = "cop16") @PathVariable String code,
            @Parameter(description = "Key of the duty", example = "credentials") @PathVariable String duty,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        known(code);
        occasions.cancel(duty, code, caller.username());
        return plans(code);
    }

    private void known(String code) {
        meetings.find(code).orElseThrow(Refusal::notFound);
    }

    private List<PlanView> plans(String code) {
        return occasions.of(code).stream().map(PlanView::of).toList();
    }

    private static @Nullable LocalDate day(@Nullable String given, List<Refusal.Fault> faults) {
        if (given == null) {
            faults.add(new Refusal.Fault("day", "api.required"));
            return null;
        }
        try {
            return LocalDate.parse(given);
        } catch (DateTimeParseException notADay) {
            faults.add(new Refusal.Fault("day", "api.day"));
            return null;
        }
    }

    /** Nothing that is missing is passed on. */
    private static void check(@Nullable List<@Nullable String> duties, List<Refusal.Fault> faults) {
        Refusal.requireEach("duties", duties, faults);
        Refusal.ifAny(faults);
    }
}
