package org.sterna.forms;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The forms of all steps, read once at start-up; an invalid form stops the start, naming file and field. */
public interface Forms {

    /** The form of a step, if the step has one. */
    Optional<Form> find(String duty, String step);

    /** All forms, ordered by duty and step. */
    List<Form> all();

    /**
     * The form as a JSON schema (2020-12) of the {@code values} object, with titles and descriptions in the reader's
     * language.
     */
    Map<String, Object> schema(Form form, Locale reader);
}
