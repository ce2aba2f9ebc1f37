package org.sterna.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.sterna.forms.Violation;

/**
 * The body of every refusal (RFC 9457). It never repeats ids of the request, so that a thing that does not exist and a
 * thing of somebody else answer with the same bytes.
 *
 * @param type what sort of problem it is, for programs
 * @param title what sort of problem it is, in the reader's language
 * @param status the HTTP status
 * @param detail what happened and what to do, in the reader's language
 * @param violations the wrong values; absent if no single value is to blame
 * @param by display name of who completed the step before; absent otherwise
 * @param at when the step was completed or withdrawn; absent otherwise
 * @param incident number under which the log tells more; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Why a request was not carried out (RFC 9457)")
record Problem(
        @Schema(
                description = "Sort of problem, for programs",
                example = "urn:sterna:problem:invalid",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String type,

        @Schema(
                description = "Sort of problem, in the reader’s language",
                example = "Values that cannot be accepted",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String title,

        @Schema(description = "HTTP status", example = "422", requiredMode = Schema.RequiredMode.REQUIRED)
        int status,

        @Schema(
                description = "What happened and what to do, in the reader’s language",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String detail,

        @Schema(description = "The wrong values, each with its remedy (422 only)") @Nullable
        List<Violation> violations,

        @Schema(description = "Who completed the step before (409 only)") @Nullable
        String by,

        @Schema(description = "When the step was completed or withdrawn, UTC (409 only)") @Nullable
        Instant at,

        @Schema(description = "Number to quote to the Secretariat; the log has the rest (500 only)") @Nullable
        String incident) {

    /** The sorts of problems; the code is the end of {@code type} and part of message keys. */
    enum Kind {
        MALFORMED(HttpStatus.BAD_REQUEST),
        UNAUTHENTICATED(HttpStatus.UNAUTHORIZED),
        FORBIDDEN(HttpStatus.FORBIDDEN),
        NOT_FOUND(HttpStatus.NOT_FOUND),
        METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
        NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
        ALREADY_DONE(HttpStatus.CONFLICT),
        CONFLICT(HttpStatus.CONFLICT),
        TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE),
        WRONG_CONTENT_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
        INVALID(HttpStatus.UNPROCESSABLE_ENTITY),
        DAMAGED(HttpStatus.INTERNAL_SERVER_ERROR),
        UNWRITABLE(HttpStatus.SERVICE_UNAVAILABLE),
        UNEXPECTED(HttpStatus.INTERNAL_SERVER_ERROR);

        private final HttpStatus status;

        Kind(HttpStatus status) {
            this.status = status;
        }

        HttpStatus status() {
            return status;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Problem withViolations(List<Violation> wrong) {
        return new Problem(type, title, status, detail, wrong, by, at, incident);
    }

    Problem withDone(@Nullable String doneBy, Instant doneAt) {
        return new Problem(type, title, status, detail, violations, doneBy, doneAt, incident);
    }

    Problem withIncident(String number) {
        return new Problem(type, title, status, detail, violations, by, at, number);
    }
}
