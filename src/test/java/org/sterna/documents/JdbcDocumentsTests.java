package org.sterna.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
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
                        Document.Status.CLEAN));
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
        assertThatThrownBy(() -> documents.copy(kept.id(), new ByteArrayOutputStream()))
                .isInstanceOf(IllegalStateException.class);
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
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        documents.copy(document.id(), target);
        return target.toByteArray();
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
