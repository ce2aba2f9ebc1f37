package org.sterna.forms;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which answers are still as they were carried over from an earlier occasion. */
final class Carrying {

    private Carrying() {}

    /**
     * Keys of the fields whose answers are still those carried over; of a list, if one of its rows is.
     *
     * @param answers typed, by field key
     * @param carried typed, by field key
     */
    static Set<String> unchanged(Form form, Map<String, Object> answers, Map<String, Object> carried) {
        Set<String> unchanged = new LinkedHashSet<>();
        for (Form.Field field : form.fields()) {
            Object before = carried.get(field.key());
            Object now = answers.get(field.key());
            if (field.carry() != null && before != null && now != null && same(field, now, before)) {
                unchanged.add(field.key());
            }
        }
        return unchanged;
    }

    private static boolean same(Form.Field field, Object now, Object before) {
        if (field.type() != Form.Type.LIST) {
            return equal(now, before);
        }
        return ((List<?>) now).stream().anyMatch(row -> ((List<?>) before)
                .stream().anyMatch(old -> sameRow(field, (Map<?, ?>) row, (Map<?, ?>) old)));
    }

    /** Whether two rows say the same; papers are never carried over. */
    private static boolean sameRow(Form.Field list, Map<?, ?> now, Map<?, ?> before) {
        return list.fields().stream()
                .filter(field -> field.type() != Form.Type.TEXT_BLOCK && field.type() != Form.Type.DOCUMENT)
                .allMatch(field -> equal(now.get(field.key()), before.get(field.key())));
    }

    private static boolean equal(@Nullable Object now, @Nullable Object before) {
        return now instanceof BigDecimal one && before instanceof BigDecimal other
                ? one.compareTo(other) == 0
                : Objects.equals(now, before);
    }
}
