package org.sterna.forms;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a form into accessible HTML, the same for the desk and for Tasklist. */
public interface FormRenderer {

    /** Where the fragment is shown. */
    enum Place {
        DESK,
        TASKLIST
    }

    /**
     * What was carried over from an earlier occasion.
     *
     * @param occasion the occasion in words, for example {@code COP15}
     * @param sent when it was sent, in words
     * @param values the answers carried over, by field key, as {@link FormGate.Known} has them
     */
    record CarriedOver(String occasion, String sent, Map<String, Object> values) {}

    /**
     * What to render.
     *
     * @param place where it is shown
     * @param reader language of labels and messages
     * @param values answers to show, by field key; texts as typed are allowed, so that wrong input is kept
     * @param violations shown beside their fields and, on the desk, in a summary with links
     * @param warnings shown beside their fields and in a summary, not as errors
     * @param question marks of the warnings, if the answers are sent once they were read; null if nothing is asked
     * @param documentNames names of attached documents by their id
     * @param carriedOver what was carried over; null if nothing was
     * @param csrfHeader name of the header that carries the token for uploads
     * @param csrfParameter name of the form parameter that carries it
     * @param csrfToken the token
     * @param uploadUrl where documents are posted by script
     */
    record Page(
            Place place,
            Locale reader,
            Map<String, ?> values,
            List<Violation> violations,
            List<Violation> warnings,
            @Nullable String question,
            Map<String, String> documentNames,
            @Nullable CarriedOver carriedOver,
            String csrfHeader,
            String csrfParameter,
            String csrfToken,
            String uploadUrl) {

        /** A page that asks nothing. */
        public Page(
                Place place,
                Locale reader,
                Map<String, ?> values,
                List<Violation> violations,
                List<Violation> warnings,
                Map<String, String> documentNames,
                @Nullable CarriedOver carriedOver,
                String csrfHeader,
                String csrfParameter,
                String csrfToken,
                String uploadUrl) {
            this(
                    place,
                    reader,
                    values,
                    violations,
                    warnings,
                    null,
                    documentNames,
                    carriedOver,
                    csrfHeader,
                    csrfParameter,
                    csrfToken,
                    uploadUrl);
        }
    }

    /** The form as an HTML fragment; all texts and values escaped. */
    String render(Form form, Page page);
}
