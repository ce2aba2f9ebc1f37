package org.sterna.api;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.sterna.register.Account;

/** The description of the interface at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
class OpenApi {

    static final String CATALOGUE = "Catalogue";
    static final String LEDGER = "Ledger";
    static final String STEPS = "Tasks";
    static final String CAMPAIGNS = "Campaigns";
    static final String DEMONSTRATION = "Demonstration";

    private static final String BASIC = "basicAuth";
    private static final String PROBLEM = "Problem";

    private static final Map<Problem.Kind, String> REASONS = Map.of(
            Problem.Kind.MALFORMED, "The body cannot be read",
            Problem.Kind.UNAUTHENTICATED, "User name or password missing or wrong",
            Problem.Kind.FORBIDDEN, "For the Secretariat only",
            Problem.Kind.NOT_FOUND, "There is no such thing for the caller",
            Problem.Kind.ALREADY_DONE, "Somebody was faster, or the step was withdrawn",
            Problem.Kind.TOO_LARGE, "The file is too large",
            Problem.Kind.WRONG_CONTENT_TYPE, "The body has another content type than expected",
            Problem.Kind.INVALID, "Values that cannot be accepted, each with its remedy",
            Problem.Kind.UNEXPECTED, "Something went wrong here; quote the incident");

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Account.class);
    }

    @Bean
    OpenAPI description() {
        Components components = new Components()
                .addSecuritySchemes(
                        BASIC,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("basic")
                                .description("User name and password of an account"));
        ModelConverters.getInstance().readAll(Problem.class).forEach(components::addSchemas);
        return new OpenAPI()
                .info(new Info()
                        .title("Sterna API")
                        .version("1")
                        .description("Duties, obligations and tasks of national focal points of the Convention on"
                                + " Migratory Species. Instants are ISO 8601 in UTC, dates ISO 8601. Accept-Language"
                                + " (en, fr, es) chooses the language of texts. Problems follow RFC 9457."))
                .components(components)
                .addSecurityItem(new SecurityRequirement().addList(BASIC))
                .tags(List.of(
                        tag(CATALOGUE, "What can be owed, and by whom"),
                        tag(LEDGER, "What is owed, what happened, what was written to whom"),
                        tag(STEPS, "What waits for the caller, and answering it"),
                        tag(CAMPAIGNS, "Opening duties for Parties (Secretariat)"),
                        tag(DEMONSTRATION, "Only where the application runs as a demonstration")));
    }

    /** Adds the problems that an operation can answer with. */
    @Bean
    OperationCustomizer refusals() {
        return (operation, method) -> {
            kinds(operation, method).forEach(kind -> operation
                    .getResponses()
                    .addApiResponse(String.valueOf(kind.status().value()), refusal(kind)));
            return operation;
        };
    }

    private static Set<Problem.Kind> kinds(Operation operation, HandlerMethod method) {
        Set<Problem.Kind> kinds = EnumSet.of(Problem.Kind.UNAUTHENTICATED, Problem.Kind.UNEXPECTED);
        Refuses refuses = method.getMethodAnnotation(Refuses.class);
        if (refuses != null) {
            kinds.addAll(List.of(refuses.value()));
        }
        if (operation.getRequestBody() != null) {
            kinds.addAll(List.of(Problem.Kind.MALFORMED, Problem.Kind.WRONG_CONTENT_TYPE, Problem.Kind.INVALID));
        }
        return kinds;
    }

    private static ApiResponse refusal(Problem.Kind kind) {
        return new ApiResponse()
                .description(REASONS.get(kind))
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new MediaType().schema(new Schema<>().$ref(PROBLEM))));
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }
}
