package org.sterna.engine;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.notices.Closings;
import org.sterna.obligations.Obligation;

/** How long a deadline can be extended: not beyond the day after which the case is closed. */
@Component
class LastExtension {

    private final Closings closings;
    private final MessageSource messages;

    LastExtension(Closings closings, MessageSource messages) {
        this.closings = closings;
        this.messages = messages;
    }

    /** Why the deadline that stands cannot be moved to that day, in the language of the thread; empty if it can. */
    Optional<String> refusal(Obligation obligation, LocalDate day) {
        Locale reader = LocaleContextHolder.getLocale();
        return closings.lastDay(obligation)
                .filter(day::isAfter)
                .map(last -> messages.getMessage("case.after-closing", new Object[] {day(last, reader)}, reader));
    }

    /** British order in English, as in all texts. */
    private static String day(LocalDate day, Locale reader) {
        return day.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(reader.getLanguage().equals("en") ? Locale.UK : reader));
    }
}
