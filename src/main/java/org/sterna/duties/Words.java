package org.sterna.duties;

import java.util.Locale;
import java.util.Set;

/**
 * The words of the duties in English, French and Spanish, from {@code processes/<duty>/messages*.properties} and
 * {@code processes/common/messages*.properties}.
 */
public interface Words {

    /**
     * The text of a key in the reader's language; English where that is neither French nor Spanish.
     *
     * @param key for example {@code nomination-confirmation.title}
     * @param arguments values for {@code {0}} … in the text
     * @throws IllegalArgumentException if no bundle has the key
     */
    String text(String key, Locale reader, Object... arguments);

    /** What follows the prefix in the keys that begin with it. */
    Set<String> names(String prefix);

    /** Whether the key has a text. */
    boolean has(String key);
}
