package org.sterna.secretariat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Meeting;
import org.sterna.pages.Wording;

/** When a meeting is, in words. */
@Component
class MeetingDays {

    private final Wording wording;

    MeetingDays(Wording wording) {
        this.wording = wording;
    }

    /** The opening, as exactly as it is known. */
    String opening(Meeting.@Nullable Span opening, Locale reader) {
        if (opening == null) {
            return wording.text("secretariat.meeting.undated", reader);
        }
        String year = String.valueOf(opening.first().getYear());
        return switch (opening.precision()) {
            case DAY -> wording.day(opening.first(), reader);
            case MONTH ->
                wording.text(
                        "secretariat.meeting.month",
                        reader,
                        DateTimeFormatter.ofPattern("LLLL", reader).format(opening.first()),
                        year);
            case QUARTER ->
                wording.text(
                        "secretariat.meeting.quarter", reader, (opening.first().getMonthValue() + 2) / 3, year);
            case YEAR -> year;
        };
    }

    /** The last day, where it is another one than the first. */
    @Nullable
    String until(Meeting.@Nullable Span opening, @Nullable LocalDate closing, Locale reader) {
        return closing == null || opening != null && closing.equals(opening.first())
                ? null
                : wording.day(closing, reader);
    }

    /** From the opening to the last day. */
    String whole(Meeting.@Nullable Span opening, @Nullable LocalDate closing, boolean provisional, Locale reader) {
        String until = until(opening, closing, reader);
        String when = opening(opening, reader);
        String days = until == null ? when : wording.text("secretariat.meeting.span", reader, when, until);
        return provisional ? wording.text("secretariat.move.provisional", reader, days) : days;
    }
}
