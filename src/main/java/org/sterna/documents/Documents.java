package org.sterna.documents;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
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
     * Opens the content of a document, every byte of which was checked before: what is read has the hash that the
     * document was kept with. There is no other way to the content.
     *
     * @return the content; to be closed
     * @throws DamagedDocument if the content is not what was kept; the Secretariat is told of it under Operations
     * @throws IllegalStateException if the document is not {@link Document#readable() readable}
     */
    InputStream open(UUID id) throws IOException;

    /**
     * Compares the content of documents with the hashes that they were kept with; reads all of it. What does not match
     * is {@link #damaged damaged} from now on, and what matches no more.
     *
     * @return those whose content is not what was kept; unknown ids are passed over
     */
    List<Document> check(Collection<UUID> ids);

    /**
     * A document whose content is not what was kept.
     *
     * @param document the document
     * @param foundAt when that was found
     */
    record Damage(Document document, Instant foundAt) {}

    /**
     * The documents whose content was not what was kept when it was last read, the first found first; one statement.
     *
     * @param most how many at the most
     */
    List<Damage> damaged(int most);
}
