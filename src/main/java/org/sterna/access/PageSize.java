package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lowers a page size that exceeds what the engine gives. The bundled pages ask for up to 2000 entries where there are
 * never that many, and the engine refuses such a question instead of answering it in part.
 */
final class PageSize {

    private static final Pattern ASKED = Pattern.compile("(?<=^|&)maxResults=([0-9]{1,18})(?=&|$)");

    private final long largest;

    /** @param largest entries that the engine gives at once */
    PageSize(int largest) {
        this.largest = largest;
    }

    /** The request, asking for no more than there is to have at once. */
    HttpServletRequest lowered(HttpServletRequest request) {
        String asked = request.getQueryString();
        String lowered = lowered(asked);
        return lowered == null || lowered.equals(asked)
                ? request
                : new HttpServletRequestWrapper(request) {
                    @Override
                    public String getQueryString() {
                        return lowered;
                    }
                };
    }

    private @Nullable String lowered(@Nullable String query) {
        return query == null
                ? null
                : ASKED.matcher(query)
                        .replaceAll(size -> Matcher.quoteReplacement(
                                "maxResults=" + Math.min(Long.parseLong(size.group(1)), largest)));
    }
}
