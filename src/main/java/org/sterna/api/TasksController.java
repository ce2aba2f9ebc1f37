package org.sterna.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.documents.RejectedDocument;
import org.sterna.duties.Duties;
import org.sterna.duties.Words;
import org.sterna.engine.Tasks;
import org.sterna.forms.Form;
import org.sterna.forms.FormGate;
import org.sterna.forms.Forms;
import org.sterna.obligations.Drafts;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.obligations.Submission;
import org.sterna.register.Account;
import org.sterna.sources.Opening;
import org.sterna.sources.Sources;

@RestController
@RequestMapping(path = "/api/v1/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = OpenApi.STEPS)
class TasksController {

    private final Tasks tasks;
    private final Obligations obligations;
    private final Drafts drafts;
    private final Forms forms;
    private final FormGate gate;
    private final Documents documents;
    private final Sources sources;
    private final Words words;
    private final Duties duties;

    TasksController(
            Tasks tasks,
            Obligations obligations,
            Drafts drafts,
            Forms forms,
            FormGate gate,
            Documents documents,
            Sources sources,
            Words words,
            Duties duties) {
        this.tasks = tasks;
        this.obligations = obligations;
        this.drafts = drafts;
        this.forms = forms;
        this.gate = gate;
        this.documents = documents;
        this.sources = sources;
        this.words = words;
        this.duties = duties;
    }

    @Schema(name = "Task", description = "A step with what it asks for")
    record TaskFile(
            @JsonUnwrapped Views.TaskView task,
            Views.DeadlineView deadline,

            @Schema(description = "JSON schema (2020-12) of values, in the reader’s language", nullable = true)
            @Nullable
            Map<String, Object> schema,

            @Schema(description = "What was typed or sent before; absent if nothing was")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Answers answers,

            Beforehand known) {}

    @Schema(name = "Beforehand", description = "What is known before the step is done")
    record Beforehand(
            @Schema(description = "What the form opens with where nothing was typed yet")
            Map<String, Object> offered,

            @Schema(description = "Values of read-only fields; they stand, whatever is sent")
            Map<String, Object> readOnly,

            @Schema(description = "Absent if nothing was") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            CarriedOver carriedOver) {

        static Beforehand of(Opening opening) {
            Opening.CarriedOver from = opening.carriedOver();
            return new Beforehand(
                    opening.values(),
                    opening.known().fixed(),
                    from == null
                            ? null
                            : new CarriedOver(
                                    from.occasion(),
                                    from.sentAt(),
                                    opening.known().carriedOver()));
        }
    }

    @Schema(
            name = "CarriedOver",
            description =
                    "Answers of an earlier occasion; while one of them is sent unchanged, carriedOverRead has to be"
                            + " sent as true")
    record CarriedOver(
            @Schema(example = "cop15") String occasion,

            @Schema(description = "When they were sent, UTC")
            Instant sentAt,

            Map<String, Object> values) {}

    @Schema(name = "Answers", description = "The draft, or without one what was sent in this step last")
    record Answers(
            @Schema(allowableValues = {"draft", "previous"}) String origin,

            @Schema(description = "Counts the saves of a draft, or the submissions of the step")
            int version,

            @Schema(description = "User name of who saved or sent last")
            String by,

            @Schema(description = "UTC") Instant at,
            Map<String, Object> values) {

        static Answers of(Drafts.Draft draft) {
            return new Answers("draft", draft.version(), draft.savedBy(), draft.savedAt(), draft.values());
        }

        static Answers of(Submission last) {
            return new Answers("previous", last.version(), last.submittedBy(), last.submittedAt(), last.values());
        }
    }

    @Schema(name = "SubmissionRequest")
    record SubmissionRequest(
            @Schema(
                    description = "Answers by field, as the task’s JSON schema says",
                    example = "{\"remarks\": \"None\"}",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            Map<String, Object> values) {}

    @Schema(name = "Receipt", description = "Proof that a submission was filed")
    record Receipt(
            @Schema(example = "S-2026-000123") String receipt,

            @Schema(description = "1 for the first submission of the step")
            int version,

            @Schema(description = "Whether it came after the deadline")
            boolean late,

            @Schema(description = "When it was received, UTC")
            Instant submittedAt,

            @Schema(description = "Rules of the form that only warn and did not hold; they are filed with the answers")
            List<WarningView> warnings) {}

    @Schema(name = "Warning", description = "What to mind about an answer, which was accepted all the same")
    record WarningView(
            @Schema(description = "Key of the field; list.row.field in a list, rows from 0", example = "application")
            String field,

            @Schema(description = "In the reader’s language")
            String message) {}

    /** How the parts of an upload are described; they are read one by one. */
    @Schema(name = "Upload")
    record Upload(
            @Schema(
                    description = "The file",
                    type = "string",
                    format = "binary",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String file,

            @Schema(
                    description = "Key of a document field of the task; list.field for the rows of a list",
                    example = "letter",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String slot) {}

    @Schema(name = "Document", description = "A paper in custody")
    record DocumentView(
            @Schema(description = "The value to send for the document’s field")
            UUID id,

            String name,

            @Schema(description = "Of the content, hexadecimal")
            String sha256,

            @Schema(description = "In bytes") long size,

            @Schema(description = "Found by looking at the content", example = "application/pdf")
            String mediaType,

            @Schema(
                    description = "What the scan for malware said; not-scanned while no scanner is configured",
                    allowableValues = {"clean", "not-scanned", "quarantined"})
            String status) {

        static DocumentView of(Document document) {
            return new DocumentView(
                    document.id(),
                    document.name(),
                    document.sha256(),
                    document.size(),
                    document.mediaType(),
                    document.status().code());
        }
    }

    @GetMapping
    @Operation(
            summary = "List my open tasks",
            description = "Those of the seats whose work reaches the caller now, the earliest due first.")
    List<Views.TaskView> list(@Caller Account caller) {
        List<OpenTask> open = obligations.tasksOf(caller.seats());
        Map<UUID, Obligation> theirs = obligations
                .findAll(open.stream().map(OpenTask::obligationId).toList())
                .stream()
                .collect(Collectors.toMap(Obligation::id, obligation -> obligation));
        return open.stream()
                .filter(task -> !Wall.withholds(task.seatCode(), theirs.get(task.obligationId()), duties, caller))
                .map(task -> view(task, theirs.get(task.obligationId())))
                .toList();
    }

    @GetMapping("/{id}")
    @Refuses(Problem.Kind.NOT_FOUND)
    @Operation(
            summary = "Read one of my open tasks",
            description =
                    "With the JSON schema of what to send and, if there is one, the draft or what was sent before."
                            + " Accept-Language chooses the language of titles and descriptions.")
    TaskFile read(@Parameter(description = "Id of the task") @PathVariable String id, @Caller Account caller) {
        OpenTask task = mine(id, caller);
        Obligation obligation = obligation(task);
        return new TaskFile(
                view(task, obligation),
                Views.DeadlineView.of(obligation.deadline()),
                forms.find(task.duty(), task.step())
                        .map(form -> forms.schema(form, Readers.language()))
                        .orElse(null),
                answers(task),
                Beforehand.of(sources.opening(task, obligation, caller, Readers.language())));
    }

    @PostMapping(path = "/{id}/submission", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201", description = "Filed; Location leads to the obligation")
    @Refuses({Problem.Kind.NOT_FOUND, Problem.Kind.ALREADY_DONE})
    @Operation(
            summary = "Submit the answers of a task",
            description = "Completes the step. Nothing is written unless every answer is accepted. Rules that only warn"
                    + " hold nothing up; what they say is in the answer. A step that somebody"
                    + " completed before answers 409 with by and at.")
    ResponseEntity<Receipt> submit(
            @Parameter(description = "Id of the task") @PathVariable String id,
            @RequestBody SubmissionRequest request,
            @Caller Account caller) {
        if (request.values() == null) {
            throw Refusal.invalid("values", "api.required");
        }
        Submission filed = tasks.submit(id, caller.username(), request.values(), Readers.language());
        return ResponseEntity.created(URI.create("/api/v1/obligations/" + filed.obligationId()))
                .body(new Receipt(
                        filed.receipt(), filed.version(), filed.late(), filed.submittedAt(), warnings(filed)));
    }

    @PostMapping(path = "/{id}/documents", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201", description = "In custody; send its id as the value of the field")
    @Refuses({Problem.Kind.NOT_FOUND, Problem.Kind.TOO_LARGE})
    @Operation(
            summary = "Upload a document for a task",
            description = "A PDF, JPEG or PNG for one document field.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = Upload.class))))
    DocumentView upload(
            @Parameter(description = "Id of the task") @PathVariable String id,
            @Parameter(hidden = true) @RequestPart("file") MultipartFile file,
            @Parameter(hidden = true) @RequestParam("slot") String slot,
            @Caller Account caller)
            throws IOException, RejectedDocument {
        OpenTask task = mine(id, caller);
        List<String> slots = slots(task);
        if (!slots.contains(slot)) {
            throw slots.isEmpty()
                    ? Refusal.invalid("slot", "api.no-slots")
                    : Refusal.invalid("slot", "api.unknown-slot", slot, String.join(", ", slots));
        }
        try (InputStream content = file.getInputStream()) {
            return DocumentView.of(documents.keep(
                    obligation(task).partyCode(),
                    task.taskId(),
                    slot,
                    Objects.requireNonNullElse(file.getOriginalFilename(), ""),
                    content,
                    caller.username()));
        }
    }

    private List<WarningView> warnings(Submission filed) {
        return obligations.events(filed.obligationId()).stream()
                .map(LedgerEvent::details)
                .filter(details -> filed.receipt().equals(details.get("receipt")))
                .filter(details -> details.containsKey(LedgerEvent.WARNINGS))
                .flatMap(details -> forms.find(details.get("process"), filed.step()).stream()
                        .flatMap(form -> Stream.of(
                                        details.get(LedgerEvent.WARNINGS).split(" "))
                                .flatMap(mark -> gate.said(form, mark, Readers.language()).stream())))
                .map(warning -> new WarningView(warning.field(), warning.message()))
                .toList();
    }

    private OpenTask mine(String id, Account caller) {
        return obligations
                .task(id)
                .filter(task -> caller.seats().contains(task.seatCode()))
                .filter(task -> !Wall.withholds(task.seatCode(), obligation(task), duties, caller))
                .orElseThrow(Refusal::notFound);
    }

    private Obligation obligation(OpenTask task) {
        return obligations.find(task.obligationId()).orElseThrow();
    }

    private Views.TaskView view(OpenTask task, Obligation obligation) {
        return Views.TaskView.of(task, obligation, Names.step(words, task.duty(), task.step()));
    }

    private @Nullable Answers answers(OpenTask task) {
        return drafts.find(task.taskId())
                .map(Answers::of)
                .or(() -> obligations.submissions(task.obligationId()).stream()
                        .filter(submission -> submission.step().equals(task.step()))
                        .reduce((earlier, later) -> later)
                        .map(Answers::of))
                .orElse(null);
    }

    private List<String> slots(OpenTask task) {
        return forms.find(task.duty(), task.step()).map(Form::slots).orElse(Set.of()).stream()
                .toList();
    }
}
