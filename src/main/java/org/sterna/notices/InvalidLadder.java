package org.sterna.notices;

import java.util.List;
import java.util.stream.Collectors;

/** A ladder that cannot be one. */
public class InvalidLadder extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * What is wrong with a rung.
     *
     * @param line the rung's number, from 0
     * @param field {@code kind}, {@code offset}, {@code to}, {@code copies} or {@code decide}
     * @param key message key of a sentence that names the remedy
     * @param argument what was written, for the sentence
     */
    public record Fault(int line, String field, String key, String argument) {}

    private final transient List<Fault> faults;

    InvalidLadder(List<Fault> faults) {
        super(faults.stream()
                .map(fault ->
                        "rungs[%d].%s: %s '%s'".formatted(fault.line(), fault.field(), fault.key(), fault.argument()))
                .collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of the rungs. */
    public List<Fault> faults() {
        return faults;
    }
}
