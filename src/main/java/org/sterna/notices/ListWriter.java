package org.sterna.notices;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.Words;
import org.sterna.notices.NoticeWriter.Fact;
import org.sterna.notices.NoticeWriter.Letter;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligation.State;
import org.sterna.register.Party;
import org.sterna.register.SeatRole;

/** Words what a seat is told that stands for many Parties: how many have answered, who is missing, what is expected. */
@Component
class ListWriter {

    /** More names than these are left to the page that the notice links to. */
    private static final int MOST_NAMES = 40;

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm z", Locale.ENGLISH);

    private final Words words;
    private final Duties duties;
    private final MessageSource messages;
    private final NoticeSettings settings;
    private final String baseUrl;
    private final Clock clock;
    private final LetterLayout layout = new LetterLayout(NoticeWriter.templates());

    ListWriter(
            Words words,
            Duties duties,
            MessageSource messages,
            NoticeSettings settings,
            Clock clock,
            @Value("${sterna.base-url}") String baseUrl) {
        this.words = words;
        this.duties = duties;
        this.messages = messages;
        this.settings = settings;
        this.clock = clock;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    /**
     * Words a list.
     *
     * @param all the obligations of all Parties that the seat stands for
     * @param missing the days of the deadlines of those that the list names, by the obligation's id
     */
    NoticeWriter.Wording write(
            ListBook.PartyList list,
            List<Obligation> all,
            Map<UUID, LocalDate> missing,
            Map<String, Party> parties,
            String recipient,
            Locale language) {
        String duty = list.key().duty();
        String title = words.text(duty + ".title", language);
        String occasion = occasion(list.key().occasion());
        String scope = scope(list.seatCode(), language);
        long answered = count(all, State.WITH_SECRETARIAT, State.DISCHARGED, State.NIL_RETURN);
        Object[] figures = {answered, all.size(), missing.size()};
        String tone = tone(duty, all, missing);
        List<String> lead = new ArrayList<>();
        lead.add(text("notice.list." + tone + list.kind(), language));
        lead.add(text("notice.list.figures", language, figures));
        lead.add(text("notice.list.expected." + expected(list), language));

        List<Fact> facts = new ArrayList<>();
        fact(facts, "notice.fact.duty", title, language);
        fact(facts, "notice.list.occasion", occasion, language);
        fact(facts, "notice.list.parties", scope, language);
        Set<LocalDate> days = new TreeSet<>(missing.values());
        if (days.size() == 1) {
            fact(facts, "notice.fact.deadline", NoticeWriter.day(days.iterator().next(), language), language);
        }
        facts.add(new Fact(
                text("notice.list.missing", language, missing.size()),
                names(all, missing, parties, days.size() > 1, language)));
        number(facts, "notice.list.answered", count(all, State.DISCHARGED, State.NIL_RETURN), language);
        number(facts, "notice.list.with-secretariat", count(all, State.WITH_SECRETARIAT), language);
        long others = all.stream()
                .filter(one -> one.state() == State.WITH_PARTY || one.state() == State.OPENING)
                .filter(one -> !missing.containsKey(one.id()))
                .count();
        number(facts, "notice.list.others", others, language);
        number(facts, "notice.list.excused", count(all, State.EXCUSED), language);
        number(facts, "notice.list.lapsed", count(all, State.LAPSED), language);
        fact(
                facts,
                "notice.list.as-of",
                NoticeWriter.day(LocalDate.now(clock.withZone(Party.BONN)), language) + ", "
                        + MINUTE.format(clock.instant().atZone(Party.BONN)),
                language);

        Letter letter = new Letter(
                        language.toLanguageTag(),
                        text("notice.list.subject", language, scope, answered, all.size(), title, occasion),
                        text("notice.attention", language, recipient),
                        lead,
                        facts,
                        List.of(),
                        text("notice.link.list", language),
                        link(list),
                        settings.contact() == null
                                ? text("notice.contact.secretariat", language)
                                : text("notice.contact", language, settings.contact()),
                        text("notice.list.footer", language))
                .withPlainSubject();
        LetterLayout.Laid laid = layout.lay(letter);
        return new NoticeWriter.Wording(language, recipient, laid.subject(), laid.text(), laid.html(), null);
    }

    /** What is asked of the reader, as in {@code notice.list.expected.<what>}. */
    private static String expected(ListBook.PartyList list) {
        boolean secretariat = list.seatCode().equals(SeatRole.SECRETARIAT.code());
        if (list.copy()) {
            return "copy";
        }
        if (!secretariat) {
            return "representative";
        }
        return list.kind().equals("escalation") ? "decisions" : "secretariat";
    }

    /** How to speak of the deadline, as notices to the Parties do. */
    private String tone(String duty, List<Obligation> all, Map<UUID, LocalDate> missing) {
        if (duties.find(duty).filter(Duty::voluntary).isPresent()) {
            return "voluntary.";
        }
        return all.stream().filter(one -> missing.containsKey(one.id())).anyMatch(one -> one.deadline()
                        .provisional())
                ? "provisional."
                : "";
    }

    private static long count(List<Obligation> all, State... states) {
        Set<State> wanted = Set.of(states);
        return all.stream().filter(one -> wanted.contains(one.state())).count();
    }

    private String names(
            List<Obligation> all,
            Map<UUID, LocalDate> missing,
            Map<String, Party> parties,
            boolean withDays,
            Locale language) {
        List<String> names = all.stream()
                .filter(one -> missing.containsKey(one.id()))
                .map(one -> {
                    Party party = parties.get(one.partyCode());
                    String name = party == null ? one.partyCode() : party.name(language);
                    return withDays
                            ? text(
                                    "notice.list.name",
                                    language,
                                    name,
                                    NoticeWriter.day(missing.get(one.id()), language))
                            : name;
                })
                .sorted(Comparator.comparing(name -> name, Collator.getInstance(language)))
                .toList();
        String shown = String.join("; ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() <= MOST_NAMES
                ? shown
                : text("notice.list.more", language, shown, names.size() - MOST_NAMES);
    }

    /** The Parties that the seat stands for, in words. */
    private String scope(String seatCode, Locale language) {
        String region = region(seatCode);
        return region == null
                ? text("notice.list.all-parties", language)
                : messages.getMessage("region." + region, null, region, language);
    }

    /** Code of the region that the seat stands for; null if it stands for all Parties. */
    static @Nullable String region(String seatCode) {
        return SeatRole.ofSeat(seatCode).filter(SeatRole.REP::equals).isPresent()
                ? seatCode.substring(seatCode.indexOf('-') + 1)
                : null;
    }

    /** As pages write it. */
    private static String occasion(String code) {
        return code.matches("[a-z]+\\d+") ? code.toUpperCase(Locale.ROOT) : code;
    }

    private String link(ListBook.PartyList list) {
        String duty = encoded(list.key().duty());
        String occasion = encoded(list.key().occasion());
        return list.seatCode().equals(SeatRole.SECRETARIAT.code())
                ? baseUrl + "/secretariat/obligations?duty=" + duty + "&occasion=" + occasion + "&state=with-party"
                : baseUrl + "/desk/parties?duty=" + duty + "&occasion=" + occasion + "&missing=true";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void number(List<Fact> facts, String key, long number, Locale language) {
        if (number > 0) {
            fact(facts, key, Long.toString(number), language);
        }
    }

    private void fact(List<Fact> facts, String key, String value, Locale language) {
        facts.add(new Fact(text(key, language), value));
    }

    private String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, Arrays.copyOf(arguments, arguments.length), language);
    }
}
