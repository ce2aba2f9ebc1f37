package org.sterna.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps documents in the database, in chunks, so that neither side ever holds a whole document in memory. */
@Component
class JdbcDocuments implements Documents, AutoCloseable {

    static final int CHUNK = 256 * 1024;

    private static final String SELECT = """
            select d.*, s.verdict,
              exists (select 1 from document_damage f where f.document_id = d.id) as damaged
            from document d
            join document_scan s on s.document_id = d.id
              and s.number = (select max(newest.number) from document_scan newest where newest.document_id = d.id)
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final long maxSize;
    private final ScanRound scan;
    private final CheckedContent content;

    JdbcDocuments(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            DocumentSettings settings,
            ObjectProvider<DocumentScan> scanners) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.maxSize = settings.maxSize().toBytes();
        this.scan = new ScanRound(scanners.orderedStream().toList(), settings.scanTimeout());
        this.content = new CheckedContent(jdbc, transactions, clock);
    }

    @Override
    public Document keep(
            String partyCode, String taskId, String slot, String name, InputStream content, String uploadedBy)
            throws IOException, RejectedDocument {
        Path file = Files.createTempFile("sterna-document-", ".upload");
        try {
            String sha256 = receive(content, file);
            PaperType type =
                    PaperType.of(file).orElseThrow(() -> new RejectedDocument(RejectedDocument.Reason.WRONG_TYPE));
            ScanRound.Verdict verdict = scan.of(() -> Files.newInputStream(file));
            Document document = new Document(
                    UUID.randomUUID(),
                    partyCode,
                    taskId,
                    slot,
                    SafeName.of(name, type),
                    type.mediaType(),
                    Files.size(file),
                    sha256,
                    uploadedBy,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    verdict.status());
            try (InputStream in = Files.newInputStream(file)) {
                insert(document, verdict, in);
            }
            return document;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Writes at most the limit to the file and gives its hash. */
    private String receive(InputStream content, Path file) throws IOException, RejectedDocument {
        MessageDigest digest = sha256();
        long size = 0;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            byte[] buffer = new byte[8192];
            int read;
            while ((read = content.read(buffer, 0, (int) Math.min(buffer.length, maxSize + 1 - size))) >= 0) {
                size += read;
                if (size > maxSize) {
                    throw new RejectedDocument(RejectedDocument.Reason.TOO_LARGE);
                }
                out.write(buffer, 0, read);
            }
        }
        if (size == 0) {
            throw new RejectedDocument(RejectedDocument.Reason.EMPTY);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void insert(Document document, ScanRound.Verdict verdict, InputStream content) throws IOException {
        IOException[] unreadable = new IOException[1];
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                            insert into document (id, party_code, task_id, slot, name, media_type, size_in_bytes, sha256,
                              uploaded_by, uploaded_at)
                            values (:id, :party, :task, :slot, :name, :type, :size, :sha256, :by, :at)
                            """)
                    .param("id", document.id())
                    .param("party", document.partyCode())
                    .param("task", document.taskId())
                    .param("slot", document.slot())
                    .param("name", document.name())
                    .param("type", document.mediaType())
                    .param("size", document.size())
                    .param("sha256", document.sha256())
                    .param("by", document.uploadedBy())
                    .param("at", utc(document.uploadedAt()))
                    .update();
            try {
                byte[] chunk = content.readNBytes(CHUNK);
                for (int number = 0; chunk.length > 0; number++) {
                    jdbc.sql("insert into document_chunk (document_id, number, bytes) values (:id, :number, :bytes)")
                            .param("id", document.id())
                            .param("number", number)
                            .param("bytes", chunk)
                            .update();
                    chunk = content.readNBytes(CHUNK);
                }
            } catch (IOException e) {
                unreadable[0] = e;
                status.setRollbackOnly();
                return;
            }
            DocumentWords.keep(
                    jdbc, List.of(new DocumentWords.Named(document.id(), document.name(), utc(document.uploadedAt()))));
            insertScan(document.id(), 1, verdict);
        });
        if (unreadable[0] != null) {
            throw unreadable[0];
        }
    }

    private void insertScan(UUID id, int number, ScanRound.Verdict verdict) {
        jdbc.sql("""
                        insert into document_scan (document_id, number, verdict, scanned_at)
                        values (:id, :number, :verdict, :at)
                        """)
                .param("id", id)
                .param("number", number)
                .param("verdict", verdict.name())
                .param("at", utc(clock.instant()))
                .update();
    }

    /** Scans what could not be scanned, or not yet because there was no scanner. */
    @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void scanAgain() {
        if (!scan.possible()) {
            return;
        }
        record Unscanned(UUID id, int scans) {}
        List<Unscanned> unscanned = jdbc.sql("""
                        select s.document_id, s.number
                        from document_scan s
                        where s.verdict in ('FAILED', 'UNSCANNED')
                          and not exists (
                            select 1 from document_scan newer
                            where newer.document_id = s.document_id and newer.number > s.number)
                        """)
                .query((row, at) -> new Unscanned(row.getObject(1, UUID.class), row.getInt(2)))
                .list();
        for (Unscanned document : unscanned) {
            ScanRound.Verdict verdict = scan.of(() -> content.open(kept(document.id())));
            if (verdict != ScanRound.Verdict.FAILED) {
                try {
                    insertScan(document.id(), document.scans() + 1, verdict);
                } catch (DuplicateKeyException otherNode) {
                    // somebody else scanned it meanwhile, and that counts
                }
            }
        }
    }

    @Override
    public Optional<Document> find(UUID id) {
        return jdbc.sql(SELECT + "where d.id = :id")
                .param("id", id)
                .query(JdbcDocuments::document)
                .optional();
    }

    @Override
    public List<Document> findAll(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "where d.id in (:ids)")
                        .param("ids", ids)
                        .query(JdbcDocuments::document)
                        .list();
    }

    @Override
    public List<Document> newestOf(String partyCode, int most) {
        return jdbc.sql(SELECT + "where d.party_code = :party order by d.uploaded_at desc, d.id"
                        + " fetch first :most rows only")
                .param("party", partyCode)
                .param("most", most)
                .query(JdbcDocuments::document)
                .list();
    }

    @Override
    public InputStream open(UUID id) throws IOException {
        CheckedContent.Kept kept = kept(id);
        if (!kept.document().readable()) {
            throw new IllegalStateException("The document " + id + " is quarantined");
        }
        return content.open(kept);
    }

    private CheckedContent.Kept kept(UUID id) {
        return jdbc.sql(SELECT + "where d.id = :id")
                .param("id", id)
                .query(JdbcDocuments::kept)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("There is no document with the id " + id));
    }

    @Override
    public List<Document> check(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : content.damaged(jdbc.sql(SELECT + "where d.id in (:ids)")
                        .param("ids", ids)
                        .query(JdbcDocuments::kept)
                        .list());
    }

    @Override
    public List<Damage> damaged(int most) {
        return jdbc.sql("""
                        select d.*, s.verdict, f.found_at
                        from document_damage f
                        join document d on d.id = f.document_id
                        join document_scan s on s.document_id = d.id
                          and s.number = (select max(newest.number) from document_scan newest where newest.document_id = d.id)
                        order by f.found_at, d.id
                        fetch first :most rows only
                        """)
                .param("most", most)
                .query((row, number) -> new Damage(
                        document(row, number),
                        row.getObject("found_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public void close() {
        scan.close();
    }

    private static CheckedContent.Kept kept(ResultSet row, int number) throws SQLException {
        return new CheckedContent.Kept(document(row, number), row.getBoolean("damaged"));
    }

    private static Document document(ResultSet row, int number) throws SQLException {
        return new Document(
                row.getObject("id", UUID.class),
                row.getString("party_code"),
                row.getString("task_id"),
                row.getString("slot"),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size_in_bytes"),
                row.getString("sha256"),
                row.getString("uploaded_by"),
                row.getObject("uploaded_at", OffsetDateTime.class).toInstant(),
                ScanRound.Verdict.valueOf(row.getString("verdict")).status());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
