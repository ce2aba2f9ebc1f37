package org.sterna.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.Words;
import org.sterna.engine.Cases;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;
import org.sterna.notices.Notices;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Account;
import org.sterna.register.Parties;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = OpenApi.LEDGER)
class ObligationsController {

    private static final int LARGEST_PAGE = 500;
    private static final int LAST_PAGE = 1_000_000;

    private final Obligations obligations;
    private final Notices notices;
    private final Duties duties;
    private final Words words;
    private final Parties parties;
    private final Cases cases;
    private final Clock clock;

    ObligationsController(
            Obligations obligations,
            Notices notices,
            Duties duties,
            Words words,
            Parties parties,
            Cases cases,
            Clock clock) {
        this.cases = cases;
        this.obligations = obligations;
        this.notices = notices;
        this.duties = duties;
        this.words = words;
        this.parties = parties;
        this.clock = clock;
    }

    @Schema(name = "Obligation", description = "A duty that a Party owes for an occasion")
    record ObligationView(
            UUID id,

            @Schema(example = "nomination-confirmation/2026-11/CHE")
            String businessKey,

            @Schema(example = "nomination-confirmation") String duty,

            @Schema(description = "Title of the duty in the reader’s language")
            String title,

            @Schema(example = "2026-11") String occasion,
            @Schema(example = "CHE") String party,
            @Schema(example = "with-party") String state,

            @Schema(description = "Whether the Party has to act and the deadline is past")
            boolean overdue,

            Views.DeadlineView deadline,
            @Schema(description = "UTC") Instant openedAt,

            @Schema(description = "UTC; null while open", nullable = true) @Nullable
            Instant closedAt,

            @Schema(description = "Whether the Party’s last submission came after the deadline")
            boolean late,

            @Schema(description = "Absent if nothing is planned") @JsonInclude(JsonInclude.Include.NON_NULL)
            Views.@Nullable NextActView nextAct) {}

    @Schema(name = "ObligationPage")
    record ObligationPage(
            List<ObligationView> items,

            @Schema(description = "How many there are on all pages; 10000 stands for more as well")
            long total,

            @Schema(description = "This page, from 0") int page,
            @Schema(description = "Most items on a page") int size) {}

    @Schema(name = "ObligationFile", description = "An obligation with all that happened")
    record ObligationFile(
            @JsonUnwrapped ObligationView obligation,
            @Schema(description = "The oldest first") List<Views.EventView> events,

            @Schema(description = "The oldest first; a Party reads its own seats’")
            List<Views.SubmissionView> submissions,

            @Schema(description = "The oldest first; a Party reads those to its own seats")
            List<Views.NoticeView> notices,

            @Schema(description = "Open steps; a Party reads those of its own seats")
            List<Views.TaskView> tasks) {}

    @GetMapping("/obligations")
    @Refuses(Problem.Kind.INVALID)
    @Operation(
            summary = "List obligations",
            description = "Open ones first, then by deadline. Accounts of a Party get only their Party’s, whatever they"
                    + " ask; asking for another Party gives an empty list.")
    ObligationPage list(
            @Parameter(description = "Key of a duty", example = "nomination-confirmation")
                    @RequestParam(required = false)
                    @Nullable
                    String duty,
            @Parameter(description = "Code of a Party", example = "CHE") @RequestParam(required = false) @Nullable
                    String party,
            @Parameter(description = "Occasion", example = "2026-11") @RequestParam(required = false) @Nullable
                    String occasion,
            @Parameter(
                            description = "States, one or more",
                            array =
                                    @ArraySchema(
                                            schema =
                                                    @Schema(
                                                            allowableValues = {
                                                                "opening",
                                                                "with-party",
                                                                "with-secretariat",
                                                                "discharged",
                                                                "nil-return",
                                                                "excused",
                                                                "lapsed"
                                                            })))
                    @RequestParam(required = false)
                    @Nullable
                    List<String> state,
            @Parameter(description = "Only those whose Party has to act and whose deadline is past")
                    @RequestParam(defaultValue = "false")
                    boolean overdue,
            @Parameter(
                            description = "Page, from 0",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "0",
                                            maximum = "" + LAST_PAGE,
                                            defaultValue = "0"))
                    @RequestParam(defaultValue = "0")
                    int page,
            @Parameter(
                            description = "Most items on a page",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "1",
                                            maximum = "" + LARGEST_PAGE,
                                            defaultValue = "50"))
                    @RequestParam(defaultValue = "50")
                    int size,
            @Caller Account caller) {
        List<Refusal.Fault> faults = new ArrayList<>();
        if (duty != null && duties.find(duty).isEmpty()) {
            faults.add(new Refusal.Fault("duty", "api.unknown-duty", duty));
        }
        if (party != null && parties.find(party).isEmpty()) {
            faults.add(new Refusal.Fault("party", "api.unknown-party", party));
        }
        Set<Obligation.State> states = states(state == null ? List.of() : state, faults);
        if (page < 0 || page > LAST_PAGE) {
            faults.add(new Refusal.Fault("page", "api.range", "0", String.valueOf(LAST_PAGE)));
        }
        if (size < 1 || size > LARGEST_PAGE) {
            faults.add(new Refusal.Fault("size", "api.range", "1", String.valueOf(LARGEST_PAGE)));
        }
        if (!faults.isEmpty()) {
            throw Refusal.invalid(faults);
        }
        String visible = caller.secretariat() ? party : caller.partyCode();
        if (!caller.secretariat() && (visible == null || (party != null && !party.equals(visible)))) {
            return new ObligationPage(List.of(), 0, page, size);
        }
        Obligations.Page<Obligation> found =
                obligations.list(new Obligations.Filter(duty, visible, occasion, states, overdue), page, size);
        return new ObligationPage(found.items().stream().map(this::view).toList(), found.total(), page, size);
    }

    @GetMapping("/obligations/{id}")
    @Refuses(Problem.Kind.NOT_FOUND)
    @Operation(
            summary = "Read an obligation",
            description = "With its events, submissions, notices and open steps. Accounts of a Party read what was"
                    + " written by or to their own Party’s seats; the Secretariat does not read what a Party answers to"
                    + " a duty whose answers are national.")
    ObligationFile read(
            @Parameter(description = "Id of the obligation") @PathVariable UUID id, @Caller Account caller) {
        Obligation obligation = visible(id, caller);
        return new ObligationFile(
                view(obligation),
                obligations.events(id).stream()
                        .filter(event -> caller.secretariat() || event.kind().ofParty())
                        .map(Views.EventView::of)
                        .toList(),
                obligations.submissions(id).stream()
                        .filter(submission -> Wall.shows(submission.seatCode(), caller))
                        .map(submission -> Views.SubmissionView.of(
                                submission, Wall.withholds(submission.seatCode(), obligation, duties, caller)))
                        .toList(),
                noticesOf(obligation, caller),
                obligations.tasks(id).stream()
                        .filter(task -> Wall.shows(task.seatCode(), caller))
                        .map(task -> Views.TaskView.of(task, obligation, Names.step(words, task.duty(), task.step())))
                        .toList());
    }

    @Schema(name = "Extension", description = "Another last day for one Party")
    record ExtensionRequest(
            @Schema(
                    description = "The new last day, today or later",
                    example = "2027-01-15",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String on,

            @Schema(
                    description = "10 to 1000 characters; kept in the ledger",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String reason) {}

    @PostMapping(path = "/obligations/{id}/deadline", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Give a Party more time",
            description = "For the Secretariat. Moves the deadline that stands, with its tasks and reminders, and tells"
                    + " the Party.")
    ObligationView extend(
            @Parameter(description = "Id of the obligation") @PathVariable UUID id,
            @RequestBody ExtensionRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        Obligation obligation = obligations.find(id).orElseThrow(Refusal::notFound);
        List<Refusal.Fault> faults = new ArrayList<>();
        LocalDate day = day(request.on(), obligation.deadline(), faults);
        String reason = request.reason() == null ? "" : request.reason().strip();
        if (reason.length() < Cases.SHORTEST_REASON || reason.length() > Cases.LONGEST_REASON) {
            faults.add(new Refusal.Fault("reason", "secretariat.reason.error"));
        }
        if (!faults.isEmpty()) {
            throw Refusal.invalid(faults);
        }
        try {
            cases.moveDeadline(
                    id, obligation.deadline().movedTo(day, Deadline.Origin.EXTENSION, reason), caller.username());
        } catch (IllegalArgumentException refused) {
            throw new InvalidSubmission(List.of(new Violation("on", String.valueOf(refused.getMessage()))));
        }
        return view(obligations.find(id).orElseThrow(Refusal::notFound));
    }

    @Schema(name = "Closing", description = "That nothing will be delivered any more")
    record ClosingRequest(
            @Schema(
                    description = "10 to 1000 characters; kept in the ledger",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String reason) {}

    @PostMapping(path = "/obligations/{id}/closing", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Refuses({Problem.Kind.FORBIDDEN, Problem.Kind.NOT_FOUND})
    @Operation(
            summary = "Close an obligation as not delivered",
            description =
                    "For the Secretariat. Ends the case with its tasks and reminders, and tells the Party once. What"
                            + " waits for the Secretariat is refused: it is reviewed, or sent back to the Party first.")
    ObligationView close(
            @Parameter(description = "Id of the obligation") @PathVariable UUID id,
            @RequestBody ClosingRequest request,
            @Caller Account caller) {
        Wall.secretariatOnly(caller);
        obligations.find(id).orElseThrow(Refusal::notFound);
        String reason = request.reason() == null ? "" : request.reason().strip();
        if (reason.length() < Cases.SHORTEST_REASON || reason.length() > Cases.LONGEST_REASON) {
            throw Refusal.invalid("reason", "secretariat.reason.error");
        }
        try {
            cases.closeAsNotDelivered(id, reason, caller.username());
        } catch (IllegalArgumentException refused) {
            throw new InvalidSubmission(List.of(new Violation("state", String.valueOf(refused.getMessage()))));
        }
        return view(obligations.find(id).orElseThrow(Refusal::notFound));
    }

    /** The new last day; any day but the present one, from today on. */
    private LocalDate day(@Nullable String given, Deadline present, List<Refusal.Fault> faults) {
        LocalDate today = LocalDate.now(clock.withZone(present.zone()));
        String fault;
        try {
            LocalDate day = LocalDate.parse(given == null ? "" : given);
            if (!day.isBefore(today) && !day.equals(present.on())) {
                return day;
            }
            fault = day.isBefore(today) ? "secretariat.move.past.error" : "secretariat.move.same.error";
        } catch (DateTimeParseException notADay) {
            fault = given == null ? "api.required" : "secretariat.move.on.error";
        }
        faults.add(new Refusal.Fault("on", fault));
        return today;
    }

    @GetMapping("/notices")
    @Refuses({Problem.Kind.NOT_FOUND, Problem.Kind.INVALID})
    @Operation(
            summary = "List the notices of an obligation",
            description = "The oldest first. Accounts of a Party read those to their own Party’s seats.")
    List<Views.NoticeView> notices(
            @Parameter(description = "Id of the obligation") @RequestParam("obligation") UUID obligation,
            @Caller Account caller) {
        return noticesOf(visible(obligation, caller), caller);
    }

    private List<Views.NoticeView> noticesOf(Obligation obligation, Account caller) {
        return notices.of(obligation.id()).stream()
                .filter(notice -> Wall.shows(notice.seatCode(), caller))
                .map(notice ->
                        Views.NoticeView.of(notice, Wall.withholds(notice.seatCode(), obligation, duties, caller)))
                .toList();
    }

    private Obligation visible(UUID id, Account caller) {
        return obligations
                .find(id)
                .filter(obligation -> Wall.shows(obligation, caller))
                .orElseThrow(Refusal::notFound);
    }

    private ObligationView view(Obligation obligation) {
        boolean voluntary = duties.find(obligation.duty()).map(Duty::voluntary).orElse(false);
        return new ObligationView(
                obligation.id(),
                obligation.businessKey(),
                obligation.duty(),
                Names.duty(words, obligation.duty()),
                obligation.occasion(),
                obligation.partyCode(),
                obligation.state().code(),
                !voluntary && obligation.overdue(clock.instant()),
                Views.DeadlineView.of(obligation.deadline()),
                obligation.openedAt(),
                obligation.closedAt(),
                obligation.late(),
                Views.NextActView.of(obligation.nextAct()));
    }

    private static Set<Obligation.State> states(List<String> codes, List<Refusal.Fault> faults) {
        Set<Obligation.State> states = EnumSet.noneOf(Obligation.State.class);
        for (String code : codes) {
            Arrays.stream(Obligation.State.values())
                    .filter(state -> state.code().equals(code))
                    .findFirst()
                    .ifPresentOrElse(
                            states::add,
                            () -> faults.add(new Refusal.Fault("state", "api.unknown-state", code, known())));
        }
        return states;
    }

    private static String known() {
        return Arrays.stream(Obligation.State.values())
                .map(Obligation.State::code)
                .collect(Collectors.joining(", "));
    }
}
