package org.sterna.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Keeps a form that came without a session, or with the token of an earlier one, and leads to the login and back to it.
 * Only forms from pages of ours are kept, which their token tells, and only for the account whose pages those were.
 */
class FormKeeper {

    /** Parameter that names the kept form which a page is filled in with; no field's key has a hyphen. */
    static final String KEPT = "kept-form";

    private static final int LONGEST_PATH = 1000;
    private static final int LONGEST_PAGE = 2000;
    private static final int LONGEST_FIELD = 200;
    private static final int LONGEST_NAME = 255;

    private final KeptForms forms;
    private final RequestMatcher never;

    /** @param never what is no form of a page */
    FormKeeper(KeptForms forms, RequestMatcher never) {
        this.forms = forms;
        this.never = never;
    }

    /** Keeps what was sent and leads to it, if it is a form of a page of ours. */
    boolean keep(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!HttpMethod.POST.matches(request.getMethod()) || Navigation.byScript(request) || never.matches(request)) {
            return false;
        }
        Optional<String> owner =
                PageTokens.unmasked(request.getParameter(PageTokens.PARAMETER)).flatMap(forms::owner);
        Map<String, List<String>> answers = answers(request);
        String path = path(request.getRequestURI(), request);
        if (owner.isEmpty() || path.length() > LONGEST_PATH || length(answers) > KeptForms.LONGEST) {
            return false;
        }
        UUID id = forms.keep(owner.get(), new KeptForms.Sent(path, page(request), answers, papers(request)));
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + KeptFormController.address(id));
        return true;
    }

    private static Map<String, List<String>> answers(HttpServletRequest request) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> answers.put(name, List.of(values)));
        answers.remove(PageTokens.PARAMETER);
        answers.remove(KEPT);
        return answers;
    }

    private static long length(Map<String, List<String>> answers) {
        return answers.entrySet().stream()
                .mapToLong(answer -> answer.getKey().length()
                        + answer.getValue().stream().mapToLong(String::length).sum())
                .sum();
    }

    private static List<KeptForms.Paper> papers(HttpServletRequest request) throws IOException {
        List<KeptForms.Paper> papers = new ArrayList<>();
        if (request.getContentType() == null || !request.getContentType().startsWith("multipart/form-data")) {
            return papers;
        }
        long room = KeptForms.LARGEST;
        try {
            for (Part part : request.getParts()) {
                String name = part.getSubmittedFileName();
                if (name == null || name.isBlank() || part.getName().length() > LONGEST_FIELD) {
                    continue;
                }
                byte[] content = null;
                if (part.getSize() <= room) {
                    try (InputStream stream = part.getInputStream()) {
                        content = stream.readAllBytes();
                    }
                    room -= content.length;
                }
                papers.add(new KeptForms.Paper(part.getName(), last(name), type(part.getContentType()), content));
            }
        } catch (ServletException | IllegalStateException unreadable) {
            throw new IOException(unreadable);
        }
        return papers;
    }

    private static String last(String name) {
        return name.substring(Math.max(0, name.length() - LONGEST_NAME));
    }

    private static String type(@Nullable String told) {
        return told == null || told.length() > LONGEST_FIELD ? MediaType.APPLICATION_OCTET_STREAM_VALUE : told;
    }

    /** The page that the form stood on, as the browser tells; else where the form was sent. */
    private static String page(HttpServletRequest request) {
        String path = path(request.getRequestURI(), request);
        String told = request.getHeader(HttpHeaders.REFERER);
        if (told == null) {
            return path;
        }
        try {
            URI uri = URI.create(told);
            String page = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String whole = path(page, request) + query;
            return sameHost(uri, request) && AskedPage.local(whole) && whole.length() <= LONGEST_PAGE ? whole : path;
        } catch (IllegalArgumentException unreadable) {
            return path;
        }
    }

    private static boolean sameHost(URI uri, HttpServletRequest request) {
        return request.getServerName().equalsIgnoreCase(uri.getHost());
    }

    /** Without the application's own prefix. */
    static String path(String uri, HttpServletRequest request) {
        return uri.startsWith(request.getContextPath() + "/")
                ? uri.substring(request.getContextPath().length())
                : uri;
    }
}
