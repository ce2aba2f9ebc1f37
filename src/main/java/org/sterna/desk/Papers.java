package org.sterna.desk;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.sterna.documents.Document;
import org.sterna.documents.Documents;
import org.sterna.documents.RejectedDocument;
import org.sterna.forms.Form;
import org.sterna.forms.Violation;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.OpenTask;
import org.sterna.pages.Wording;
import org.sterna.register.Account;

/** The papers that come with a form. */
@Component
class Papers {

    private final Documents documents;
    private final Wording wording;
    private final MessageSource messages;

    Papers(Documents documents, Wording wording, MessageSource messages) {
        this.documents = documents;
        this.wording = wording;
        this.messages = messages;
    }

    /** Takes the papers into custody and puts their ids into the values. */
    List<Violation> keep(
            Map<String, MultipartFile> files,
            Map<String, Object> values,
            Form form,
            OpenTask task,
            Obligation obligation,
            Account caller,
            Locale reader)
            throws IOException {
        List<Violation> rejected = new ArrayList<>();
        for (Map.Entry<String, MultipartFile> entry : files.entrySet()) {
            MultipartFile file = entry.getValue();
            String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
            try (InputStream content = file.getInputStream()) {
                Document kept = documents.keep(
                        obligation.partyCode(),
                        task.taskId(),
                        Typed.slot(entry.getKey()),
                        name,
                        content,
                        caller.username());
                Typed.attach(values, entry.getKey(), kept.id().toString());
            } catch (RejectedDocument refused) {
                String sentence = TaskController.sentence(refused, messages, reader);
                rejected.add(new Violation(
                        entry.getKey(),
                        form.cell(entry.getKey())
                                .map(cell -> wording.inRow(form, cell, sentence, reader))
                                .orElse(sentence)));
            }
        }
        return rejected;
    }
}
