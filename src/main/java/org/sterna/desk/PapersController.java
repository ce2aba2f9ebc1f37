package org.sterna.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.documents.DownloadHeaders;
import org.sterna.documents.RejectedDocument;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Account;

/** Handing in and reading papers. */
@RestController
class PapersController {

    private final Sight sight;
    private final Obligations obligations;
    private final Documents documents;
    private final StepForm stepForm;
    private final MessageSource messages;

    PapersController(
            Sight sight, Obligations obligations, Documents documents, StepForm stepForm, MessageSource messages) {
        this.sight = sight;
        this.obligations = obligations;
        this.documents = documents;
        this.stepForm = stepForm;
        this.messages = messages;
    }

    /** From Tasklist, by script. */
    @PostMapping("/documents")
    ResponseEntity<Map<String, String>> keep(
            @RequestParam MultipartFile file,
            @RequestParam String taskId,
            @RequestParam String slot,
            Principal principal,
            Locale reader)
            throws IOException {
        Account caller = sight.caller(principal);
        OpenTask task = sight.task(taskId, caller);
        if (!Typed.isDocument(stepForm.of(task), slot)) {
            throw new NothingHere();
        }
        Obligation obligation = obligations.find(task.obligationId()).orElseThrow(NothingHere::new);
        String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
        try (InputStream content = file.getInputStream()) {
            Document kept = documents.keep(obligation.partyCode(), taskId, slot, name, content, caller.username());
            return ResponseEntity.status(HttpStatus.CREATED)
                    .body(Map.of("id", kept.id().toString(), "name", kept.name()));
        } catch (RejectedDocument refused) {
            return ResponseEntity.unprocessableEntity()
                    .body(Map.of("message", TaskController.sentence(refused, messages, reader)));
        }
    }

    @GetMapping("/documents/{id}")
    void read(@PathVariable UUID id, Principal principal, HttpServletResponse response) throws IOException {
        Document paper = sight.paper(id, sight.caller(principal));
        try (InputStream content = documents.open(id)) {
            DownloadHeaders.of(paper)
                    .forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
            content.transferTo(response.getOutputStream());
        }
    }
}
