package org.sterna.notices;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Words;
import org.sterna.obligations.Obligation;
import org.sterna.register.Account;
import org.sterna.register.Party;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;

/** Words the digest of a day: what starts, what is due soon and what is overdue, with one link each. */
@Component
class DigestWriter {

    private final Words words;
    private final MessageSource messages;
    private final NoticeSettings settings;
    private final String baseUrl;
    private final TemplateEngine templates = NoticeWriter.templates();

    DigestWriter(
            Words words, MessageSource messages, NoticeSettings settings, @Value("${sterna.base-url}") String baseUrl) {
        this.words = words;
        this.messages = messages;
        this.settings = settings;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    /** A part of the digest; the name is the end of its message key. */
    record Section(String name, List<Obligation> obligations) {}

    /** What the templates lay out, all of it worded already. */
    record Letter(
            String language,
            String subject,
            String attention,
            String lead,
            List<Part> parts,
            String linkLabel,
            String link,
            String contact,
            String footer) {}

    /** A section in words. */
    record Part(String heading, List<Item> items) {}

    /** A duty in words. */
    record Item(String title, String due, String link) {}

    /** Words the digest. */
    NoticeWriter.Wording write(Account reader, Party party, LocalDate day, List<Section> sections) {
        Locale language = NoticeWriter.language(reader.language());
        int all = sections.stream()
                .mapToInt(section -> section.obligations().size())
                .sum();
        Letter letter = new Letter(
                language.toLanguageTag(),
                PlainText.line(
                        text(
                                "notice.digest.subject",
                                language,
                                NoticeWriter.day(day, language),
                                all,
                                party.name(language)),
                        NoticeWriter.LONGEST_SUBJECT),
                text("notice.attention", language, PlainText.line(reader.displayName(), NoticeWriter.LONGEST_NAME)),
                text("notice.digest.body", language, party.name(language)),
                sections.stream()
                        .filter(section -> !section.obligations().isEmpty())
                        .map(section -> new Part(
                                text("notice.digest." + section.name(), language),
                                section.obligations().stream()
                                        .map(obligation -> item(
                                                obligation,
                                                party.zone(),
                                                !section.name().equals("overdue")
                                                        && obligation
                                                                .deadline()
                                                                .on()
                                                                .isBefore(day),
                                                language))
                                        .toList()))
                        .toList(),
                text("notice.link.desk", language),
                baseUrl + "/desk",
                settings.contact() == null
                        ? text("notice.contact.secretariat", language)
                        : text("notice.contact", language, settings.contact()),
                text("notice.digest.footer", language, baseUrl + "/desk/notices"));
        Context context = new Context(language, Map.of("letter", letter));
        return new NoticeWriter.Wording(
                language,
                PlainText.line(reader.displayName(), NoticeWriter.LONGEST_NAME),
                letter.subject(),
                templates
                                .process("digest.txt", context)
                                .replaceAll("\n{3,}", "\n\n")
                                .strip() + "\n",
                templates.process("digest.html", context),
                null);
    }

    /** @param past whether to say that the day has passed, where nothing else does */
    private Item item(Obligation obligation, ZoneId zone, boolean past, Locale language) {
        Deadline deadline = obligation.deadline();
        String day = NoticeWriter.day(deadline.on(), language);
        LocalDate here = LocalDate.ofInstant(deadline.at(), zone);
        String due = here.equals(deadline.on())
                ? text("notice.digest.due", language, day)
                : text("notice.digest.due-here", language, day, NoticeWriter.day(here, language));
        String told = deadline.provisional() ? text("notice.moment.provisional", language, due) : due;
        return new Item(
                words.text(obligation.duty() + ".title", language),
                past ? text("notice.moment.past", language, told) : told,
                baseUrl + "/desk/obligations/" + obligation.id() + "/task");
    }

    private String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }
}
