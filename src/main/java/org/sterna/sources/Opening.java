package org.sterna.sources;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sterna.forms.Form;
import org.sterna.forms.FormGate;

/**
 * A step's form as it is opened.
 *
 * @param values what it shows while there is no draft, by field key: what was sent in the step before, or else what is
 *     carried over and prefilled; read-only values among them
 * @param known what is known for its check
 * @param carriedOver where answers are carried over from; null if none are
 */
public record Opening(
        Map<String, Object> values,
        FormGate.Known known,
        @Nullable CarriedOver carriedOver) {

    /**
     * Where answers are carried over from.
     *
     * @param occasion the earlier occasion, for example {@code cop15}
     * @param sentAt when they were sent
     */
    public record CarriedOver(String occasion, Instant sentAt) {}

    /**
     * Typed answers as the form shows them: with the read-only values of now instead of any that were kept or sent.
     *
     * @param form the form they answer
     */
    public Map<String, Object> shown(Form form, Map<String, ?> typed) {
        Map<String, Object> shown = new LinkedHashMap<>(typed);
        form.fields().stream().filter(Form.Field::readonly).forEach(field -> {
            shown.remove(field.key());
            Object fixed = known.fixed().get(field.key());
            if (fixed != null) {
                shown.put(field.key(), fixed);
            }
        });
        return shown;
    }
}
