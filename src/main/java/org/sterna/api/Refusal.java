package org.sterna.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is not carried out, and why; {@link Problems} words it for the reader. */
final class Refusal extends RuntimeException {

    private final Problem.Kind kind;
    private final transient List<Fault> faults;

    /**
     * What is wrong with one value.
     *
     * @param field name of the parameter or property
     * @param key message key of the sentence
     * @param arguments of the sentence
     */
    record Fault(String field, String key, Object... arguments) {}

    private Refusal(Problem.Kind kind, List<Fault> faults) {
        super(kind.code(), null, false, false);
        this.kind = kind;
        this.faults = faults;
    }

    /** The caller is not known, or not any more. */
    static Refusal unauthenticated() {
        return new Refusal(Problem.Kind.UNAUTHENTICATED, List.of());
    }

    /** The caller may not do this at all, whatever the values. */
    static Refusal forbidden() {
        return new Refusal(Problem.Kind.FORBIDDEN, List.of());
    }

    /** There is no such thing for the caller; says nothing about whether it exists. */
    static Refusal notFound() {
        return new Refusal(Problem.Kind.NOT_FOUND, List.of());
    }

    /** One value is wrong. */
    static Refusal invalid(String field, String key, Object... arguments) {
        return invalid(List.of(new Fault(field, key, arguments)));
    }

    /** These values are wrong. */
    static Refusal invalid(List<Fault> faults) {
        return new Refusal(Problem.Kind.INVALID, faults);
    }

    /** Refuses if anything is wrong. */
    static void ifAny(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
    }

    /** Adds a fault if the value is missing. */
    static void require(String field, @Nullable Object value, List<Fault> faults) {
        if (value == null) {
            faults.add(new Fault(field, "api.required"));
        }
    }

    /** Adds a fault if the list is missing, and one for each of its values that is. */
    static void requireEach(String field, @Nullable List<? extends @Nullable Object> values, List<Fault> faults) {
        require(field, values, faults);
        for (int i = 0; values != null && i < values.size(); i++) {
            require(field + "[" + i + "]", values.get(i), faults);
        }
    }

    Problem.Kind kind() {
        return kind;
    }

    List<Fault> faults() {
        return faults;
    }
}
