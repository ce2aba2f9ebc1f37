package org.sterna.register;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What is wrong with figures, in the reader's language. */
@Component
class MoneySentences {

    private final MessageSource messages;

    MoneySentences(MessageSource messages) {
        this.messages = messages;
    }

    String say(String key, Object... arguments) {
        return messages.getMessage("money." + key, arguments, LocaleContextHolder.getLocale());
    }

    InvalidContribution invalid(String field, String key, Object... arguments) {
        return new InvalidContribution(field, say(key, arguments));
    }
}
