package org.sterna.duties;

import java.util.List;

/** The catalogue of duties, its words or its forms cannot be used; the application does not start. */
public class InvalidCatalogue extends RuntimeException {

    private final transient List<String> faults;

    /** @param faults at least one, each naming file and field, for example {@code processes/x/duty.yaml: code: is missing} */
    public InvalidCatalogue(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, in the order of the files. */
    public List<String> faults() {
        return faults;
    }
}
