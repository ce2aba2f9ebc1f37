package org.sterna.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.sterna.calendar.InvalidMeeting;
import org.sterna.campaigns.InvalidCampaign;
import org.sterna.campaigns.InvalidMove;
import org.sterna.database.WriteFailures;
import org.sterna.documents.DamagedDocument;
import org.sterna.documents.RejectedDocument;
import org.sterna.engine.Tasks;
import org.sterna.forms.InvalidSubmission;
import org.sterna.forms.Violation;

/** Turns everything that goes wrong under {@code /api/v1} into a {@link Problem} in the reader's language. */
@Hidden
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = Problems.class)
class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    /** How Jackson words a repeated key; it has no exception of its own for it. */
    private static final Pattern REPEATED = Pattern.compile("Duplicate [Ff]ield '(.*)'.*", Pattern.DOTALL);

    private static final int LONGEST_QUOTE = 60;

    private final MessageSource messages;

    Problems(MessageSource messages) {
        this.messages = messages;
    }

    /** The reader has gone; there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException gone) {
        log.debug("The caller did not wait for the answer", gone);
    }

    @ExceptionHandler
    ResponseEntity<Problem> answer(Exception trouble, HttpServletRequest request) {
        if (trouble instanceof Refusal refusal) {
            Problem problem = problem(refusal.kind());
            return refusal.faults().isEmpty()
                    ? answer(problem)
                    : answer(problem.withViolations(
                            refusal.faults().stream().map(this::violation).toList()));
        }
        if (trouble instanceof Tasks.NoSuchTask) {
            return answer(problem(Problem.Kind.NOT_FOUND));
        }
        if (trouble instanceof Tasks.TaskAlreadyDone done) {
            return answer(alreadyDone(done));
        }
        if (trouble instanceof InvalidSubmission wrong) {
            return answer(problem(Problem.Kind.INVALID).withViolations(wrong.violations()));
        }
        if (trouble instanceof InvalidCampaign wrong) {
            return invalid(new Violation(wrong.field(), wrong.getMessage()));
        }
        if (trouble instanceof InvalidMeeting wrong) {
            return invalid(new Violation(wrong.field(), wrong.getMessage()));
        }
        if (trouble instanceof InvalidMove wrong) {
            return invalid(new Violation(wrong.field(), wrong.getMessage()));
        }
        if (trouble instanceof RejectedDocument rejected) {
            return invalid("file", "document.rejected." + lowerCase(rejected.reason()));
        }
        if (cause(trouble, DamagedDocument.class) != null) {
            return answer(problem(Problem.Kind.DAMAGED));
        }
        if (WriteFailures.cause(trouble)) {
            log.error("{} {} could not be saved", request.getMethod(), request.getRequestURI(), trouble);
            HttpHeaders soon = new HttpHeaders();
            soon.set(HttpHeaders.RETRY_AFTER, "60");
            return answer(problem(Problem.Kind.UNWRITABLE), soon);
        }
        if (trouble instanceof ConcurrencyFailureException) {
            return answer(problem(Problem.Kind.CONFLICT));
        }
        if (trouble instanceof HttpMessageNotReadableException unreadable) {
            return unreadable(unreadable);
        }
        if (trouble instanceof MethodArgumentTypeMismatchException mismatch) {
            return mismatch.getParameter().hasParameterAnnotation(PathVariable.class)
                    ? answer(problem(Problem.Kind.NOT_FOUND))
                    : invalid(mismatch.getName(), expected(mismatch.getRequiredType()));
        }
        if (trouble instanceof MissingServletRequestParameterException missing) {
            return invalid(missing.getParameterName(), "api.required");
        }
        if (trouble instanceof MissingServletRequestPartException missing) {
            return invalid(missing.getRequestPartName(), "api.required");
        }
        if (trouble instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return known(known);
        }
        if (trouble instanceof MultipartException) {
            return answer(problem(Problem.Kind.MALFORMED));
        }
        return unexpected(trouble, request);
    }

    private ResponseEntity<Problem> known(ErrorResponse known) {
        Problem.Kind kind =
                switch (known.getStatusCode().value()) {
                    case 404 -> Problem.Kind.NOT_FOUND;
                    case 405 -> Problem.Kind.METHOD_NOT_ALLOWED;
                    case 406 -> Problem.Kind.NOT_ACCEPTABLE;
                    case 413 -> Problem.Kind.TOO_LARGE;
                    case 415 -> Problem.Kind.WRONG_CONTENT_TYPE;
                    default -> Problem.Kind.MALFORMED;
                };
        return answer(problem(kind), known.getHeaders());
    }

    private ResponseEntity<Problem> unexpected(Exception trouble, HttpServletRequest request) {
        String incident = UUID.randomUUID().toString();
        log.error("Incident {}: {} {} failed", incident, request.getMethod(), request.getRequestURI(), trouble);
        return answer(problem(Problem.Kind.UNEXPECTED, incident).withIncident(incident));
    }

    private Problem alreadyDone(Tasks.TaskAlreadyDone done) {
        String when = when(done.at());
        String detail = done.by() == null
                ? text(done.closed() ? "api.problem.already-done.closed" : "api.problem.already-done.withdrawn", when)
                : text("api.problem.already-done.detail", done.by(), when);
        return worded(Problem.Kind.ALREADY_DONE, detail).withDone(done.by(), done.at());
    }

    private ResponseEntity<Problem> unreadable(HttpMessageNotReadableException unreadable) {
        JsonMappingException mapping = cause(unreadable, JsonMappingException.class);
        String path = mapping == null ? "" : path(mapping);
        if (mapping instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return invalid(path, "api.unknown-property", known);
        }
        if (mapping instanceof MismatchedInputException mismatch && !path.isEmpty()) {
            return invalid(path, expected(mismatch.getTargetType()));
        }
        JacksonException parser = innermost(unreadable);
        if (parser == null) {
            return answer(problem(Problem.Kind.MALFORMED));
        }
        if (parser instanceof StreamConstraintsException) {
            return answer(worded(Problem.Kind.MALFORMED, text("api.malformed.limits")));
        }
        JsonLocation at = parser.getLocation();
        String line = String.valueOf(at == null ? 1 : Math.max(1, at.getLineNr()));
        String column = String.valueOf(at == null ? 1 : Math.max(1, at.getColumnNr()));
        Matcher repeated = REPEATED.matcher(String.valueOf(parser.getOriginalMessage()));
        if (repeated.matches()) {
            return answer(worded(
                    Problem.Kind.MALFORMED, text("api.malformed.repeated", quote(repeated.group(1)), line, column)));
        }
        String field = path.isEmpty() ? currentName(parser) : path;
        return answer(worded(
                Problem.Kind.MALFORMED,
                field.isEmpty()
                        ? text("api.malformed.at", line, column)
                        : text("api.malformed.at-field", line, column, field)));
    }

    private static String currentName(JacksonException trouble) {
        try {
            return trouble.getProcessor() instanceof JsonParser parser && parser.currentName() != null
                    ? quote(parser.currentName())
                    : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** The property that a body is wrong at, for example {@code parties[1]}. */
    private static String path(JsonMappingException mapping) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(quote(step.getFieldName()));
            }
        }
        return path.toString();
    }

    private static String quote(String name) {
        return name.length() <= LONGEST_QUOTE ? name : name.substring(0, LONGEST_QUOTE) + "…";
    }

    private static <T extends Throwable> @Nullable T cause(Throwable of, Class<T> type) {
        for (Throwable cause = of; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static @Nullable JacksonException innermost(Throwable of) {
        JacksonException innermost = null;
        for (Throwable cause = of; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException jackson) {
                innermost = jackson;
            }
        }
        return innermost;
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "api.expected.other";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "api.expected.boolean";
        }
        if (type == int.class || type == Integer.class) {
            return "api.expected.integer";
        }
        if (type == UUID.class) {
            return "api.expected.id";
        }
        if (type == String.class) {
            return "api.expected.text";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "api.expected.list";
        }
        return Map.class.isAssignableFrom(type) ? "api.expected.object" : "api.expected.other";
    }

    private ResponseEntity<Problem> invalid(String field, String key, Object... arguments) {
        return invalid(new Violation(field, text(key, arguments)));
    }

    private ResponseEntity<Problem> invalid(Violation violation) {
        return answer(problem(Problem.Kind.INVALID).withViolations(List.of(violation)));
    }

    private Violation violation(Refusal.Fault fault) {
        return new Violation(fault.field(), text(fault.key(), fault.arguments()));
    }

    private Problem problem(Problem.Kind kind, Object... arguments) {
        return worded(kind, text("api.problem." + kind.code() + ".detail", arguments));
    }

    private Problem worded(Problem.Kind kind, String detail) {
        return new Problem(
                "urn:sterna:problem:" + kind.code(),
                text("api.problem." + kind.code() + ".title"),
                kind.status().value(),
                detail,
                null,
                null,
                null,
                null);
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        return answer(problem, HttpHeaders.EMPTY);
    }

    private static ResponseEntity<Problem> answer(Problem problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .cacheControl(CacheControl.noStore())
                .body(problem);
    }

    private String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String when(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(Readers.language())
                .withZone(ZoneOffset.UTC)
                .format(at);
    }
}
