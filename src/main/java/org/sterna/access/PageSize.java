package org.sterna.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps page sizes within what the engine gives at once. The bundled pages ask for up to 2000 entries, or for all,
 * where there are never that many; the engine refuses such a question instead of answering it in part.
 */
final class PageSize {

    private static final Pattern ASKED = Pattern.compile("(?<=^|&)maxResults=([0-9]{1,18})(?=&|$)");

    private final long largest;

    /** @param largest entries that the engine gives at once */
    PageSize(int largest) {
        this.largest = largest;
    }

    /**
     * The request, asking for no more than there is to have at once.
     *
     * @param always whether a list that is asked for without a size gets the largest one
     */
    HttpServletRequest within(HttpServletRequest request, boolean always) {
        String asked = request.getQueryString();
        String within = within(asked == null ? "" : asked, always);
        return within.equals(asked == null ? "" : asked)
                ? request
                : new HttpServletRequestWrapper(request) {
                    @Override
                    public String getQueryString() {
                        return within;
                    }
                };
    }

    private String within(String query, boolean always) {
        if (always && !ASKED.matcher(query).find()) {
            return query + (query.isEmpty() ? "" : "&") + "maxResults=" + largest;
        }
        return ASKED.matcher(query)
                .replaceAll(size ->
                        Matcher.quoteReplacement("maxResults=" + Math.min(Long.parseLong(size.group(1)), largest)));
    }
}
