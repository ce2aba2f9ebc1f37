package org.sterna.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sterna.forms.Form;

/**
 * A row added to a list or taken from it by a form's button, where no script does it on the spot.
 *
 * @param list the list
 * @param removed place of the row to remove, from 0; null to add one
 */
record RowChange(Form.Field list, @Nullable Integer removed) {

    private static final Pattern ACTION = Pattern.compile("(?:add:([a-zA-Z0-9]+)|remove:([a-zA-Z0-9]+):(\\d{1,4}))");

    /** What the pressed button asks for, if it is one of a list's. */
    static Optional<RowChange> of(String action, Form form) {
        Matcher asked = ACTION.matcher(action);
        if (!asked.matches()) {
            return Optional.empty();
        }
        boolean add = asked.group(1) != null;
        return form.field(add ? asked.group(1) : asked.group(2))
                .filter(field -> field.type() == Form.Type.LIST)
                .map(list -> new RowChange(list, add ? null : Integer.valueOf(asked.group(3))));
    }

    /**
     * Changes the rows.
     *
     * @return the fragment of the element to go on at: the first field of the new row, or else the list
     */
    String apply(Map<String, Object> values) {
        List<Map<String, Object>> rows = Typed.rows(values, list.key());
        String at = "#f-" + list.key();
        if (removed != null) {
            if (removed < rows.size()) {
                rows.remove(removed.intValue());
            }
        } else if (rows.size() < list.mostRows()) {
            at += "-" + rows.size() + "-" + list.keys().iterator().next();
            rows.add(new LinkedHashMap<>());
        }
        values.put(list.key(), rows);
        return at;
    }
}
