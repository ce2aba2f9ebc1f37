package org.sterna.engine;

import java.util.Locale;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.sterna.duties.Words;

/**
 * What the elements of a diagram are called in a reader's language: steps by the words of their duty, other names by
 * {@code diagram.<name>}; what has neither keeps the name it is drawn with.
 */
@Component
class ElementNames {

    /**
     * A name.
     *
     * @param text empty if it has none
     * @param translated whether it is in the reader's language
     */
    record Name(String text, boolean translated) {}

    private final Words words;
    private final MessageSource messages;

    ElementNames(Words words, MessageSource messages) {
        this.words = words;
        this.messages = messages;
    }

    Name of(BpmnModelInstance diagram, String id, String duty, Locale reader) {
        FlowElement element = diagram.getModelElementById(id);
        String drawn = element == null || element.getName() == null
                ? ""
                : element.getName().replaceAll("\\s+", " ");
        String step = duty + "." + id + ".name";
        if (element instanceof UserTask && words.has(step)) {
            return new Name(words.text(step, reader), true);
        }
        String word = drawn.isEmpty() ? null : text("diagram." + slug(drawn), reader);
        if (word == null && id.startsWith("end_")) {
            word = text("state." + id.substring("end_".length()), reader);
        }
        return word == null ? new Name(drawn, reader.getLanguage().equals("en")) : new Name(word, true);
    }

    private @Nullable String text(String key, Locale reader) {
        return messages.getMessage(key, null, null, reader);
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
