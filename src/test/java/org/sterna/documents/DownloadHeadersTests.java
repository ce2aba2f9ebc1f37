package org.sterna.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

class DownloadHeadersTests {

    @Test
    void savesInsteadOfShowing() {
        HttpHeaders headers = DownloadHeaders.of(document("letter.pdf", "application/pdf"));

        assertThat(headers.toSingleValueMap())
                .containsEntry(
                        "Content-Disposition", "attachment; filename=\"letter.pdf\"; filename*=UTF-8''letter.pdf")
                .containsEntry("Content-Type", "application/pdf")
                .containsEntry("Content-Length", "12")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Content-Security-Policy", "sandbox; default-src 'none'")
                .containsEntry("Cache-Control", "no-store");
    }

    @Test
    void carriesNamesInAnyScript() {
        HttpHeaders headers = DownloadHeaders.of(document("Désignation €.pdf", "application/pdf"));

        assertThat(headers.getFirst("Content-Disposition"))
                .isEqualTo(
                        "attachment; filename=\"D_signation _.pdf\"; filename*=UTF-8''D%C3%A9signation%20%E2%82%AC.pdf");
        assertThat(ContentDisposition.parse(headers.getFirst("Content-Disposition"))
                        .getFilename())
                .isEqualTo("Désignation €.pdf");
    }

    @Test
    void cannotBeBrokenOutOfByAName() {
        HttpHeaders headers = DownloadHeaders.of(document("a\"; x=\"\r\nSet-Cookie: b=c.pdf", "application/pdf"));

        assertThat(headers.getFirst("Content-Disposition"))
                .doesNotContain("\r", "\n")
                .doesNotContain("x=\"");
    }

    @Test
    void announcesNoTypeThatIsNotOnTheList() {
        assertThat(DownloadHeaders.of(document("a.html", "text/html")).getFirst("Content-Type"))
                .isEqualTo("application/octet-stream");
    }

    private static Document document(String name, String type) {
        return new Document(
                UUID.randomUUID(),
                "CHE",
                "t",
                "letter",
                name,
                type,
                12,
                "00",
                "u",
                Instant.EPOCH,
                Document.Status.CLEAN);
    }
}
