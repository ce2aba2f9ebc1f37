package org.sterna.notices;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Meeting;
import org.sterna.duties.Words;

/** Words the list of deadlines that followed a change of dates, in the reader's language. */
final class MovedDeadlines {

    private final Words words;
    private final MessageSource messages;

    MovedDeadlines(Words words, MessageSource messages) {
        this.words = words;
        this.messages = messages;
    }

    List<NoticeWriter.Fact> facts(Notices.Moved moved, Locale language) {
        List<NoticeWriter.Fact> facts = new ArrayList<>();
        if (moved.before() != null && moved.after() != null) {
            facts.add(fact("notice.moved.before", dates(moved.before(), language), language));
            facts.add(fact("notice.moved.after", dates(moved.after(), language), language));
        }
        if (moved.reference() != null) {
            facts.add(fact("notice.moved.reference", PlainText.paragraph(moved.reference()), language));
        }
        moved.lines().forEach(line -> facts.add(new NoticeWriter.Fact(title(line, language), value(line, language))));
        return facts;
    }

    private NoticeWriter.Fact fact(String key, String value, Locale language) {
        return new NoticeWriter.Fact(text(key, language), value);
    }

    private String title(Notices.Line line, Locale language) {
        String duty = words.text(line.duty() + ".title", language);
        return line.steps().isEmpty()
                ? duty
                : text(
                        "notice.moved.further",
                        language,
                        duty,
                        line.steps().stream()
                                .map(step -> words.text(line.duty() + "." + step + ".name", language))
                                .collect(Collectors.joining(", ")));
    }

    private String value(Notices.Line line, Locale language) {
        String before = NoticeWriter.day(line.from().on(), language);
        Deadline to = line.to();
        if (to == null) {
            return text("notice.moved.stays." + line.why(), language, marked(before, line.from(), language));
        }
        String after = marked(NoticeWriter.day(to.on(), language), to, language);
        if (!to.on().equals(line.from().on())) {
            return text("notice.moved.instead", language, after, before);
        }
        return line.from().provisional() && !to.provisional()
                ? text("notice.moved.firm", language, after)
                : text("notice.moved.same", language, after);
    }

    private String marked(String day, Deadline deadline, Locale language) {
        return deadline.provisional() ? text("notice.moment.provisional", language, day) : day;
    }

    private String dates(Meeting meeting, Locale language) {
        Meeting.Span opening = meeting.opening();
        if (opening == null) {
            return text("notice.moved.undated", language);
        }
        String from = opening.precision() == Meeting.Precision.DAY
                ? NoticeWriter.day(opening.first(), language)
                : opening.text();
        String dates = meeting.closing() == null || meeting.closing().equals(opening.first())
                ? from
                : text("notice.moved.span", language, from, NoticeWriter.day(meeting.closing(), language));
        return meeting.provisional() ? text("notice.moment.provisional", language, dates) : dates;
    }

    private String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }
}
