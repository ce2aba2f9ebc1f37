package org.sterna.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one way to a document's content: nothing of it is given out before all of it has the recorded hash. What is given
 * out is the copy that was checked, so that no change in between can slip in.
 */
final class CheckedContent {

    /**
     * A document to be checked.
     *
     * @param damaged whether its content was found not to be what was kept, and is noted so
     */
    record Kept(Document document, boolean damaged) {}

    private static final Logger LOG = LoggerFactory.getLogger(CheckedContent.class);

    /** As many bytes as are asked for in one statement, and held in memory by careless drivers. */
    private static final long AT_ONCE = 4 * 1024 * 1024;

    private static final int MOST_AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate apart;
    private final Clock clock;

    CheckedContent(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /**
     * The content, from a file that goes when the stream is closed.
     *
     * @throws DamagedDocument if it is not what was kept
     */
    InputStream open(Kept kept) throws IOException {
        Path file = Files.createTempFile("sterna-document-", ".download");
        try {
            try (OutputStream copy = Files.newOutputStream(file)) {
                if (!matches(kept, copy)) {
                    throw new DamagedDocument(kept.document());
                }
            }
            return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    /**
     * Those of the documents whose content is not what was kept. The number of statements depends on how many bytes there
     * are, not on how many documents.
     */
    List<Document> damaged(Collection<Kept> documents) {
        Map<UUID, MessageDigest> digests = new HashMap<>();
        List<UUID> small = new ArrayList<>();
        long bytes = 0;
        for (Kept kept : documents) {
            Document document = kept.document();
            digests.put(document.id(), JdbcDocuments.sha256());
            if (document.size() > AT_ONCE) {
                digest(document.id(), digests.get(document.id()));
                continue;
            }
            if (bytes + document.size() > AT_ONCE || small.size() == MOST_AT_ONCE) {
                digest(small, digests);
                small.clear();
                bytes = 0;
            }
            small.add(document.id());
            bytes += document.size();
        }
        digest(small, digests);
        List<Document> damaged = new ArrayList<>();
        for (Kept kept : documents) {
            if (!matches(kept, digests.get(kept.document().id()))) {
                damaged.add(kept.document());
            }
        }
        return damaged;
    }

    private void digest(UUID id, MessageDigest digest) {
        try (InputStream stored = new StoredContent(jdbc, id)) {
            stored.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void digest(List<UUID> small, Map<UUID, MessageDigest> digests) {
        if (!small.isEmpty()) {
            StoredContent.each(jdbc, small, (id, bytes) -> digests.get(id).update(bytes));
        }
    }

    private boolean matches(Kept kept, OutputStream copy) throws IOException {
        MessageDigest digest = JdbcDocuments.sha256();
        try (InputStream stored = new StoredContent(jdbc, kept.document().id())) {
            stored.transferTo(new DigestOutputStream(copy, digest));
        }
        return matches(kept, digest);
    }

    private boolean matches(Kept kept, MessageDigest content) {
        boolean matches = HexFormat.of()
                .formatHex(content.digest())
                .equals(kept.document().sha256());
        if (!matches) {
            damaged(kept.document());
        } else if (kept.damaged()) {
            sound(kept.document());
        }
        return matches;
    }

    /** What was put right, from a backup for example, is damaged no more. */
    private void sound(Document document) {
        apart.executeWithoutResult(status -> jdbc.sql("delete from document_damage where document_id = :id")
                .param("id", document.id())
                .update());
        LOG.info("The content of the document {} has the recorded hash again", document.id());
    }

    private void damaged(Document document) {
        LOG.error(
                "The content of the document {} of {}, task {}, does not have the recorded hash {}; it is not given out",
                document.id(),
                document.partyCode(),
                document.taskId(),
                document.sha256());
        try {
            // whatever becomes of the caller's transaction, the Secretariat is to know
            apart.executeWithoutResult(status -> jdbc.sql("insert into document_damage (document_id, found_at)"
                            + " select d.id, :at from document d where d.id = :id and not exists"
                            + " (select 1 from document_damage f where f.document_id = d.id)")
                    .param("id", document.id())
                    .param("at", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                    .update());
        } catch (DuplicateKeyException otherNode) {
            // somebody else noted it meanwhile, which is all that was wanted
        }
    }
}
