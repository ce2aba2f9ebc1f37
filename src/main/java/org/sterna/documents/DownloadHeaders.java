package org.sterna.documents;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The headers under which a document leaves the house: saved as a file, never shown or run inside our pages. */
public final class DownloadHeaders {

    private static final String UNESCAPED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private DownloadHeaders() {}

    /** The headers for the document's content; the type is from our own list, else {@code application/octet-stream}. */
    public static HttpHeaders of(Document document) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(Arrays.stream(PaperType.values())
                .filter(type -> type.mediaType().equals(document.mediaType()))
                .findFirst()
                .map(type -> MediaType.parseMediaType(type.mediaType()))
                .orElse(MediaType.APPLICATION_OCTET_STREAM));
        headers.setContentLength(document.size());
        headers.set(HttpHeaders.CONTENT_DISPOSITION, disposition(SafeName.of(document.name())));
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "sandbox; default-src 'none'");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.setCacheControl("no-store");
        return headers;
    }

    /** RFC 6266: the name in ASCII for old readers, and as it is in the form of RFC 8187. */
    private static String disposition(String name) {
        StringBuilder ascii = new StringBuilder();
        name.codePoints()
                .forEach(character -> ascii.appendCodePoint(
                        character < 0x20 || character > 0x7e || "\"\\%;".indexOf(character) >= 0 ? '_' : character));
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (UNESCAPED.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append("%%%02X".formatted(octet));
            }
        }
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
