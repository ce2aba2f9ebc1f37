package org.sterna.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import org.sterna.Databases;

class JdbcDocumentsTests {

    enum On {
        H2,
        POSTGRES;

        DataSource database() {
            return this == H2 ? Databases.h2() : Databases.postgres();
        }
    }

    private static final Instant NOW = Instant.parse("2027-01-15T10:00:00Z");
    private static final int LIMIT = 2 * 1024 * 1024;

    @ParameterizedTest
    @EnumSource
    void givesBackExactlyWhatItKept(On on) throws Exception {
        JdbcDocuments documents = documents(on.database());
        for (int size :
                List.of(100, JdbcDocuments.CHUNK - 1, JdbcDocuments.CHUNK, JdbcDocuments.CHUNK * 2 + 7, LIMIT)) {
            byte[] content = Papers.pdf(size);

            Document kept = keep(documents, "letter.pdf", content);

            assertThat(kept.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
            assertThat(content(documents, kept)).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatItKept(On on) throws Exception {
        JdbcDocuments documents = documents(on.database());

        Document kept = keep(documents, "../letter.doc", Papers.png());

        assertThat(kept)
                .isEqualTo(new Document(
                        kept.id(),
                        "CHE",
                        "task-1",
                        "letter",
                        "letter.png",
                        "image/png",
                        Papers.png().length,
                        kept.sha256(),
                        "anna",
                        NOW,
                        Document.Status.NOT_SCANNED));
        assertThat(documents.find(kept.id())).contains(kept);
        assertThat(documents.findAll(List.of(kept.id(), UUID.randomUUID()))).containsExactly(kept);
        assertThat(documents.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void rejectsWhatIsEmptyTooLargeOrOfAnotherType() {
        DataSource database = Databases.h2();
        JdbcDocuments documents = documents(database);

        assertThat(rejection(documents, new byte[0])).isEqualTo(RejectedDocument.Reason.EMPTY);
        assertThat(rejection(documents, Papers.pdf(LIMIT + 1))).isEqualTo(RejectedDocument.Reason.TOO_LARGE);
        assertThat(rejection(documents, Papers.zip())).isEqualTo(RejectedDocument.Reason.WRONG_TYPE);
        assertThat(JdbcClient.create(database)
                        .sql("select count(*) from document")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void readsNoMoreThanOneByteBeyondTheLimit() {
        JdbcDocuments documents = documents(Databases.h2());
        long[] read = new long[1];
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read[0]++;
                return '%';
            }
        };

        assertThatThrownBy(() -> documents.keep("CHE", "task-1", "letter", "a.pdf", endless, "anna"))
                .isInstanceOf(RejectedDocument.class);
        assertThat(read[0]).isEqualTo(LIMIT + 1);
    }

    @Test
    void keepsNothingOfAnUploadThatBreaksOff() {
        DataSource database = Databases.h2();
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatThrownBy(() -> documents(database).keep("CHE", "task-1", "letter", "a.pdf", broken, "anna"))
                .isInstanceOf(IOException.class);
        assertThat(JdbcClient.create(database)
                        .sql("select count(*) from document")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"infected", "down", "nonsense"})
    void quarantinesUnlessTheScanSaysClean(String scanner) throws Exception {
        JdbcDocuments documents = documents(Databases.h2(), content -> DocumentScan.Verdict.CLEAN, content -> {
            switch (scanner) {
                case "infected":
                    return DocumentScan.Verdict.INFECTED;
                case "down":
                    throw new IOException("connection refused");
                default:
                    return null;
            }
        });

        Document kept = keep(documents, "letter.pdf", Papers.pdf(1000));

        assertThat(documents.find(kept.id()).orElseThrow().status()).isEqualTo(Document.Status.QUARANTINED);
        assertThatThrownBy(() -> documents.open(kept.id())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void quarantinesWhenTheScanHangs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        JdbcDocuments documents = documents(Databases.h2(), content -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return DocumentScan.Verdict.CLEAN;
        });

        assertThat(keep(documents, "letter.pdf", Papers.pdf(1000)).status()).isEqualTo(Document.Status.QUARANTINED);
    }

    @ParameterizedTest
    @EnumSource
    void scansAgainWhatCouldNotBeScanned(On on) throws Exception {
        AtomicReference<byte[]> scanned = new AtomicReference<>();
        boolean[] up = {false};
        JdbcDocuments documents = documents(on.database(), content -> {
            if (!up[0]) {
                throw new IOException("connection refused");
            }
            scanned.set(content.readAllBytes());
            return DocumentScan.Verdict.CLEAN;
        });
        byte[] content = Papers.pdf(JdbcDocuments.CHUNK + 1);
        Document kept = keep(documents, "letter.pdf", content);
        up[0] = true;

        documents.scanAgain();

        assertThat(documents.find(kept.id()).orElseThrow().status()).isEqualTo(Document.Status.CLEAN);
        assertThat(scanned.get()).isEqualTo(content);
        assertThat(content(documents, kept)).isEqualTo(content);
    }

    @Test
    void neverScansAnInfectedDocumentFree() throws Exception {
        DocumentScan.Verdict[] verdict = {DocumentScan.Verdict.INFECTED};
        JdbcDocuments documents = documents(Databases.h2(), content -> verdict[0]);
        Document kept = keep(documents, "letter.pdf", Papers.pdf(1000));
        verdict[0] = DocumentScan.Verdict.CLEAN;

        documents.scanAgain();

        assertThat(documents.find(kept.id()).orElseThrow().status()).isEqualTo(Document.Status.QUARANTINED);
    }

    /** What somebody with a hand in the database may do to a paper of three chunks. */
    enum Change {
        A_BYTE("update document_chunk set bytes = :bytes where number = 2 and document_id = :id"),
        A_MISSING_END("delete from document_chunk where number = 2 and document_id = :id"),
        A_FURTHER_END("insert into document_chunk (document_id, number, bytes) values (:id, 3, :bytes)"),
        NOTHING_LEFT("delete from document_chunk where document_id = :id"),
        ANOTHER_HASH("update document set sha256 = '0' where id = :id");

        private final String sql;

        Change(String sql) {
            this.sql = sql;
        }

        void on(JdbcClient database, UUID id) {
            byte[] changed = database.sql("select bytes from document_chunk where document_id = :id and number = 2")
                    .param("id", id)
                    .query((row, number) -> row.getBytes(1))
                    .single();
            changed[changed.length / 2] ^= 1;
            JdbcClient.StatementSpec statement = database.sql(sql).param("id", id);
            (sql.contains(":bytes") ? statement.param("bytes", changed) : statement).update();
        }
    }

    static Stream<Arguments> changes() {
        return Stream.of(On.values()).flatMap(on -> Stream.of(Change.values()).map(change -> Arguments.of(on, change)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void givesOutNothingOfAPaperThatWasChanged(On on, Change change) throws Exception {
        DataSource source = on.database();
        JdbcDocuments documents = documents(source);
        Document paper = keep(documents, "letter.pdf", Papers.pdf(JdbcDocuments.CHUNK * 2 + 700));
        Document sound = keep(documents, "other.pdf", Papers.pdf(700));

        change.on(JdbcClient.create(source), paper.id());

        assertThatThrownBy(() -> documents.open(paper.id()))
                .isInstanceOfSatisfying(
                        DamagedDocument.class,
                        damaged -> assertThat(damaged.document().id()).isEqualTo(paper.id()));
        assertThat(content(documents, sound)).hasSize(700);
        assertThat(documents.check(List.of(sound.id(), paper.id(), UUID.randomUUID())))
                .extracting(Document::id)
                .containsExactly(paper.id());
        assertThat(documents.damaged(10)).singleElement().satisfies(damage -> {
            assertThat(damage.document().id()).isEqualTo(paper.id());
            assertThat(damage.foundAt()).isEqualTo(NOW);
        });
    }

    @ParameterizedTest
    @EnumSource
    void givesOutAgainWhatWasRestored(On on) throws Exception {
        DataSource source = on.database();
        JdbcClient database = JdbcClient.create(source);
        JdbcDocuments documents = documents(source);
        byte[] content = Papers.pdf(1000);
        Document paper = keep(documents, "letter.pdf", content);
        byte[] changed = content.clone();
        changed[500] ^= 1;
        chunk(database, paper, changed);
        documents.check(List.of(paper.id()));
        documents.check(List.of(paper.id()));
        assertThat(documents.damaged(10)).hasSize(1);

        chunk(database, paper, content);

        assertThat(documents.check(List.of(paper.id()))).isEmpty();
        assertThat(documents.damaged(10)).isEmpty();
        assertThat(content(documents, paper)).isEqualTo(content);
    }

    @Test
    void tellsOfADamagedPaperEvenIfWhoeverReadItIsRolledBack() throws Exception {
        DataSource source = Databases.h2();
        JdbcDocuments documents = documents(source);
        Document paper = keep(documents, "letter.pdf", Papers.pdf(1000));
        chunk(JdbcClient.create(source), paper, Papers.pdf(1001));

        new TransactionTemplate(new DataSourceTransactionManager(source)).executeWithoutResult(status -> {
            documents.check(List.of(paper.id()));
            status.setRollbackOnly();
        });

        assertThat(documents.damaged(10)).hasSize(1);
    }

    @Test
    void checksManyPapersTogetherAndLargeOnesApart() throws Exception {
        DataSource source = Databases.h2();
        JdbcDocuments documents = documents(source);
        List<UUID> papers = new ArrayList<>();
        for (int number = 0; number < 7; number++) {
            papers.add(
                    keep(documents, number + ".pdf", Papers.pdf(LIMIT - number)).id());
        }
        JdbcClient.create(source)
                .sql("update document set size_in_bytes = 5000000 where id = :id")
                .param("id", papers.get(3))
                .update();
        assertThat(documents.check(papers)).isEmpty();

        for (UUID paper : List.of(papers.get(1), papers.get(3), papers.get(6))) {
            JdbcClient.create(source)
                    .sql("delete from document_chunk where document_id = :id and number = 5")
                    .param("id", paper)
                    .update();
        }

        assertThat(documents.check(papers))
                .extracting(Document::id)
                .containsExactlyInAnyOrder(papers.get(1), papers.get(3), papers.get(6));
    }

    @Test
    void scansNothingThatWasChanged() throws Exception {
        DataSource source = Databases.h2();
        Document paper = keep(documents(source), "letter.pdf", Papers.pdf(1000));
        chunk(JdbcClient.create(source), paper, Papers.pdf(1001));
        JdbcDocuments scanning = documents(source, content -> DocumentScan.Verdict.CLEAN);

        scanning.scanAgain();

        assertThat(scanning.find(paper.id()).orElseThrow().status()).isEqualTo(Document.Status.NOT_SCANNED);
        assertThat(scanning.damaged(10)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void saysCleanOfNothingThatNoScannerSaw(On on) throws Exception {
        DataSource source = on.database();
        JdbcDocuments unscanned = documents(source);
        Document kept = keep(unscanned, "letter.pdf", Papers.pdf(1000));

        unscanned.scanAgain();
        assertThat(unscanned.find(kept.id()).orElseThrow().status()).isEqualTo(Document.Status.NOT_SCANNED);
        assertThat(content(unscanned, kept)).hasSize(1000);

        JdbcDocuments scanning = documents(source, content -> DocumentScan.Verdict.CLEAN);
        scanning.scanAgain();
        assertThat(scanning.find(kept.id()).orElseThrow().status()).isEqualTo(Document.Status.CLEAN);
    }

    @ParameterizedTest
    @CsvSource({"CLEAN, NOT_SCANNED", "FAILED CLEAN, NOT_SCANNED", "INFECTED, QUARANTINED", "FAILED, QUARANTINED"})
    void takesBackThatOldPapersWereCleanAsNobodyScannedThem(String verdicts, Document.Status status) {
        DataSource source = Databases.h2Until("280");
        JdbcClient database = JdbcClient.create(source);
        UUID id = UUID.randomUUID();
        database.sql("insert into document (id, party_code, task_id, slot, name, media_type, size_in_bytes, sha256,"
                        + " uploaded_by, uploaded_at)"
                        + " values (:id, 'CHE', 't', 's', 'a.pdf', 'application/pdf', 1, '0', 'anna', now())")
                .param("id", id)
                .update();
        int number = 0;
        for (String verdict : verdicts.split(" ")) {
            database.sql("insert into document_scan (document_id, number, verdict, scanned_at)"
                            + " values (:id, :number, :verdict, now())")
                    .param("id", id)
                    .param("number", ++number)
                    .param("verdict", verdict)
                    .update();
        }

        Databases.migrate(source);

        assertThat(documents(source).find(id).orElseThrow().status()).isEqualTo(status);
        assertThat(database.sql("select count(*) from document_scan where verdict <> 'UNSCANNED'")
                        .query(Integer.class)
                        .single())
                .as("what was noted stays")
                .isEqualTo(number);
    }

    private static void chunk(JdbcClient database, Document paper, byte[] bytes) {
        assertThat(database.sql("update document_chunk set bytes = :bytes where document_id = :id and number = 0")
                        .param("bytes", bytes)
                        .param("id", paper.id())
                        .update())
                .isEqualTo(1);
    }

    private static RejectedDocument.Reason rejection(JdbcDocuments documents, byte[] content) {
        try {
            keep(documents, "letter.pdf", content);
            throw new AssertionError("The document was kept");
        } catch (RejectedDocument rejected) {
            return rejected.reason();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Document keep(JdbcDocuments documents, String name, byte[] content)
            throws IOException, RejectedDocument {
        return documents.keep("CHE", "task-1", "letter", name, new ByteArrayInputStream(content), "anna");
    }

    private static byte[] content(JdbcDocuments documents, Document document) throws IOException {
        try (InputStream content = documents.open(document.id())) {
            return content.readAllBytes();
        }
    }

    private static JdbcDocuments documents(DataSource database, DocumentScan... scanners) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        for (int i = 0; i < scanners.length; i++) {
            beans.addBean("scan" + i, scanners[i]);
        }
        return new JdbcDocuments(
                JdbcClient.create(database),
                new DataSourceTransactionManager(database),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new DocumentSettings(DataSize.ofBytes(LIMIT), Duration.ofMillis(500)),
                beans.getBeanProvider(DocumentScan.class));
    }
}
