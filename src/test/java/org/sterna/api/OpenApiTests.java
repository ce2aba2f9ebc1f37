package org.sterna.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.MethodParameter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ApiSlice
class OpenApiTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    private JsonNode description;

    @BeforeEach
    void read() throws Exception {
        String text = mvc.get()
                .uri("/v3/api-docs")
                .exchange()
                .getMvcResult()
                .getResponse()
                .getContentAsString();
        description = new ObjectMapper().readTree(text);
    }

    @Test
    void listsEveryEndpointAndNoOther() {
        Set<String> described = new TreeSet<>();
        description.path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(described).isNotEmpty().isEqualTo(new TreeSet<>(endpoints().keySet()));
    }

    @Test
    void summarisesAndTagsEveryOperation() {
        SoftAssertions.assertSoftly(softly -> endpoints().keySet().forEach(endpoint -> {
            softly.assertThat(operation(endpoint).path("summary").asText())
                    .as(endpoint)
                    .isNotBlank();
            softly.assertThat(operation(endpoint).path("tags")).as(endpoint).hasSize(1);
        }));
    }

    @Test
    void describesEveryParameterAndAsksTheCallerForNoAccount() {
        SoftAssertions.assertSoftly(softly -> endpoints()
                .keySet()
                .forEach(endpoint -> operation(endpoint).path("parameters").forEach(parameter -> {
                    softly.assertThat(parameter.path("description").asText())
                            .as(endpoint + " " + parameter)
                            .isNotBlank();
                    softly.assertThat(parameter.path("name").asText())
                            .as(endpoint)
                            .isNotEqualTo("caller");
                })));
        assertThat(description.at("/components/schemas").has("Account")).isFalse();
    }

    @Test
    void documentsEveryRefusalThatCanOccur() {
        SoftAssertions.assertSoftly(softly -> endpoints().forEach((endpoint, method) -> {
            Set<String> expected = new TreeSet<>(Set.of("401", "500"));
            if (endpoint.matches(
                    "(POST .*/meetings|.*/decision$|.*/(campaigns|calendar|closing|deadline|schedule|imports|ladders|demo|moves|notified-dates|missed-openings|instrument)).*")) {
                expected.add("403");
            }
            if (endpoint.contains("{") || endpoint.endsWith("/notices")) {
                expected.add("404");
            }
            if (has(method, RequestParam.class) || has(method, RequestBody.class)) {
                expected.add("422");
            }
            if (endpoint.startsWith("POST") || endpoint.startsWith("PUT")) {
                expected.addAll(Set.of("400", "415", "422"));
            }
            if (endpoint.endsWith("/submission")) {
                expected.add("409");
            }
            if (endpoint.endsWith("/documents")) {
                expected.add("413");
            }
            JsonNode responses = operation(endpoint).path("responses");
            Set<String> refusals = new TreeSet<>();
            responses.fieldNames().forEachRemaining(code -> {
                if (code.charAt(0) >= '4') {
                    refusals.add(code);
                    softly.assertThat(responses
                                    .path(code)
                                    .at("/content/application~1problem+json/schema/$ref")
                                    .asText())
                            .as(endpoint + " " + code)
                            .isEqualTo("#/components/schemas/Problem");
                }
            });
            softly.assertThat(refusals).as(endpoint).isEqualTo(expected);
        }));
    }

    @Test
    void documentsTheOneGoodAnswerOfEachOperationWithItsSchema() {
        SoftAssertions.assertSoftly(softly -> endpoints().keySet().forEach(endpoint -> {
            JsonNode responses = operation(endpoint).path("responses");
            long good = StreamSupport.stream(((Iterable<String>) responses::fieldNames).spliterator(), false)
                    .filter(code -> code.startsWith("2"))
                    .peek(code -> softly.assertThat(responses
                                    .path(code)
                                    .at("/content/application~1json/schema")
                                    .isMissingNode())
                            .as(endpoint + " " + code)
                            .isFalse())
                    .count();
            softly.assertThat(good).as(endpoint).isEqualTo(1);
        }));
    }

    @Test
    void describesThePartsOfAnUpload() {
        JsonNode upload = operation("POST /api/v1/tasks/{id}/documents");

        assertThat(upload.at("/requestBody/content/multipart~1form-data/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Upload");
        assertThat(description
                        .at("/components/schemas/Upload/properties/file/format")
                        .asText())
                .isEqualTo("binary");
        assertThat(upload.path("parameters")).hasSize(1);
    }

    @Test
    void describesTheDetailsOfAnObligationBesideItsOwnProperties() {
        Set<String> names = new TreeSet<>();
        description
                .at("/components/schemas/ObligationFile/properties")
                .fieldNames()
                .forEachRemaining(names::add);

        assertThat(names).contains("state", "deadline", "events", "notices").doesNotContain("obligation");
    }

    @Test
    void hasTitleSecurityAndTheSchemaOfProblems() {
        assertThat(description.at("/info/title").asText()).isEqualTo("Sterna API");
        assertThat(description
                        .at("/components/securitySchemes/basicAuth/scheme")
                        .asText())
                .isEqualTo("basic");
        assertThat(description.at("/security/0").has("basicAuth")).isTrue();
        assertThat(description
                        .at("/components/schemas/Problem/properties/violations/items/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Violation");
        assertThat(description
                        .at("/components/schemas/Violation/properties/field")
                        .isMissingNode())
                .isFalse();
    }

    private JsonNode operation(String endpoint) {
        String[] parts = endpoint.split(" ");
        return description.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }

    private Map<String, HandlerMethod> endpoints() {
        Map<String, HandlerMethod> endpoints = new TreeMap<>();
        mapping.getHandlerMethods().forEach((info, method) -> info.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith("/api/"))
                .forEach(pattern -> info.getMethodsCondition()
                        .getMethods()
                        .forEach(verb -> endpoints.put(verb + " " + pattern, method))));
        return endpoints;
    }

    private static boolean has(HandlerMethod method, Class<? extends java.lang.annotation.Annotation> annotation) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch((MethodParameter parameter) -> parameter.hasParameterAnnotation(annotation));
    }
}
