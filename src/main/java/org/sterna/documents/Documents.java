package org.sterna.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Custody of official papers. */
public interface Documents {

    /**
     * Takes a paper into custody.
     *
     * @param partyCode the Party it belongs to
     * @param taskId the task it is for
     * @param slot key of the form field it is for
     * @param name file name as sent; made harmless before it is kept
     * @param content read once, never more than the limit plus one byte, in constant memory
     * @param uploadedBy user name
     * @throws RejectedDocument if it is empty, too large, or not a PDF, JPEG or PNG by its content
     * @throws IOException if the content cannot be read
     */
    Document keep(String partyCode, String taskId, String slot, String name, InputStream content, String uploadedBy)
            throws IOException, RejectedDocument;

    /** The document with that id. Says nothing about who may read it: that is for the caller to check. */
    Optional<Document> find(UUID id);

    /** The documents with those ids, in no order. */
    List<Document> findAll(Collection<UUID> ids);

    /**
     * The newest documents of a Party, the newest first; one statement.
     *
     * @param most how many at the most
     */
    List<Document> newestOf(String partyCode, int most);

    /**
     * Writes the content of a clean document.
     *
     * @throws IllegalStateException if the document is quarantined
     */
    void copy(UUID id, OutputStream target) throws IOException;
}
