package org.sterna.calendar;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The module's sentences in the reader's language. */
@Component("calendarSentences")
class Sentences {

    private final MessageSource messages;

    Sentences(MessageSource messages) {
        this.messages = messages;
    }

    String say(String key, Object... arguments) {
        return messages.getMessage("calendar." + key, arguments, LocaleContextHolder.getLocale());
    }

    InvalidMeeting invalid(String field, String key, Object... arguments) {
        return new InvalidMeeting(field, say(key, arguments));
    }

    InvalidCorrection uncorrected(String field, String key, Object... arguments) {
        return new InvalidCorrection(field, say(key, arguments));
    }

    InvalidOccasion misfit(String key, Object... arguments) {
        return new InvalidOccasion(say(key, arguments));
    }
}
