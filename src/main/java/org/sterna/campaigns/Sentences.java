package org.sterna.campaigns;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Meeting;

/** The module's sentences in the reader's language. */
@Component("campaignSentences")
class Sentences {

    private final MessageSource messages;

    Sentences(MessageSource messages) {
        this.messages = messages;
    }

    InvalidCampaign invalid(String field, String key, Object... arguments) {
        return new InvalidCampaign(
                field, messages.getMessage("campaigns." + key, arguments, LocaleContextHolder.getLocale()));
    }

    /** A day in words. */
    String day(LocalDate day) {
        Locale reader = LocaleContextHolder.getLocale();
        return DateTimeFormatter.ofPattern(
                        reader.getLanguage().equals("es") ? "d 'de' MMMM 'de' uuuu" : "d MMMM uuuu", reader)
                .format(day);
    }

    /** What a kind of meeting is called. */
    String kind(Meeting.Kind kind) {
        return messages.getMessage("secretariat.meeting.kind." + kind.code(), null, LocaleContextHolder.getLocale());
    }
}
