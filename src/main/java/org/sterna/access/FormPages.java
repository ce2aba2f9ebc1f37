package org.sterna.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodParameter;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The pages on which a form may be found again: the one that it stood on, and what stands there under the address that
 * it was sent to and those above, since the page that answered a form, as after an error, cannot be asked for again.
 */
@Component
class FormPages {

    private static final int LONGEST_PARAMETER = 200;

    private record Page(PathPattern pattern, HandlerMethod handler) {}

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    FormPages(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** Path and query of the pages to try, in this order. */
    List<String> of(UUID id, KeptForms.Sent sent) {
        Map<String, String> queries = new LinkedHashMap<>();
        String[] stood = sent.page().split("\\?", 2);
        queries.put(stood[0], stood.length < 2 ? "" : stood[1]);
        for (String path = sent.path(); path.length() > 1; path = path.substring(0, path.lastIndexOf('/'))) {
            queries.putIfAbsent(path, "");
        }
        List<String> pages = new ArrayList<>();
        queries.forEach((path, query) -> page(path).ifPresent(page -> {
            UriComponentsBuilder address = UriComponentsBuilder.fromPath("").query(query);
            Map<String, ?> asked = address.build().getQueryParams();
            Map<String, Object> given = new LinkedHashMap<>();
            parameters(page.handler())
                    .filter(name -> !name.equals(FormKeeper.KEPT) && !asked.containsKey(name))
                    .forEach(name -> value(sent, name).ifPresent(value -> given.put(name, value)));
            given.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
            address.replaceQueryParam(FormKeeper.KEPT, id);
            pages.add(path + address.build().expand(given).encode().toUriString());
        }));
        return pages;
    }

    private Optional<Page> page(String path) {
        PathContainer asked = PathContainer.parsePath(path);
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(entry -> readable(entry.getKey()))
                .flatMap(entry -> entry.getKey().getPathPatternsCondition().getPatterns().stream()
                        .map(pattern -> new Page(pattern, entry.getValue())))
                .filter(page -> page.pattern().matches(asked))
                .min(Comparator.comparing(Page::pattern));
    }

    private static boolean readable(RequestMappingInfo mapping) {
        return mapping.getPathPatternsCondition() != null
                && (mapping.getMethodsCondition().getMethods().isEmpty()
                        || mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET));
    }

    private static Stream<String> parameters(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(FormPages::name)
                .filter(name -> !name.isEmpty());
    }

    private static String name(MethodParameter parameter) {
        String named = Optional.ofNullable(parameter.getParameterAnnotation(RequestParam.class))
                .map(RequestParam::name)
                .orElse("");
        return named.isEmpty()
                ? Optional.ofNullable(parameter.getParameter().getName()).orElse("")
                : named;
    }

    private static Optional<String> value(KeptForms.Sent sent, String name) {
        List<String> values = sent.answers().getOrDefault(name, List.of());
        return values.size() == 1 && !values.get(0).isBlank() && values.get(0).length() <= LONGEST_PARAMETER
                ? Optional.of(values.get(0))
                : Optional.empty();
    }
}
