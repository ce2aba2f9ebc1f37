package org.sterna.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligations;
import org.sterna.register.Account;

/**
 * What holds for every page: landmarks, headings, language, labels, and nothing that the content security policy would
 * refuse. Keeps each page in {@code target/preview}, for looking at.
 */
@WebMvcTest(Frame.class)
class PageStructureTests extends PageSlice {

    private static final UUID CAMPAIGN = UUID.fromString("0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d11");
    private static final UUID MOVE = UUID.fromString("0b5b2f6a-1c6f-4f0e-9a67-6a3c0f3a1d22");
    private static final Path PREVIEW = Path.of("target", "preview");

    /** Pages by name: address and reader. */
    private static final Map<String, Map.Entry<String, Account>> PAGES = new LinkedHashMap<>();

    static {
        PAGES.put("desk", Map.entry("/desk", SWISS));
        PAGES.put("task", Map.entry("/desk/tasks/task-che", SWISS));
        PAGES.put("review", Map.entry("/desk/tasks/task-review", SECRETARY));
        PAGES.put("record", Map.entry("/desk/obligations/" + OWED.id() + "?receipt=S-2026-0000011", SWISS));
        PAGES.put("absence", Map.entry("/desk/absence", SWISS));
        PAGES.put("overview", Map.entry("/secretariat", SECRETARY));
        PAGES.put("campaign", Map.entry("/secretariat/campaigns/" + CAMPAIGN, SECRETARY));
        PAGES.put("obligations", Map.entry("/secretariat/obligations", SECRETARY));
        PAGES.put("obligation", Map.entry("/secretariat/obligations/" + OWED.id(), SECRETARY));
        PAGES.put("notices", Map.entry("/secretariat/notices", SECRETARY));
        PAGES.put(
                "notice",
                Map.entry("/secretariat/notices/" + notice(Notice.State.HELD).id(), SECRETARY));
        PAGES.put("register", Map.entry("/secretariat/register", SECRETARY));
        PAGES.put("party", Map.entry("/secretariat/register/CHE", SECRETARY));
        PAGES.put("contributions", Map.entry("/secretariat/contributions", SECRETARY));
        PAGES.put("contribution", Map.entry("/secretariat/contributions/CHE", SECRETARY));
        PAGES.put("import", Map.entry("/secretariat/contributions/import", SECRETARY));
        PAGES.put("meetings", Map.entry("/secretariat/meetings", SECRETARY));
        PAGES.put("meeting", Map.entry("/secretariat/meetings/cop16", SECRETARY));
        PAGES.put("move", Map.entry("/secretariat/moves/" + MOVE, SECRETARY));
        PAGES.put("notified-date", Map.entry("/secretariat/notified-dates", SECRETARY));
        PAGES.put("calendar", Map.entry("/secretariat/meetings/cop16/calendar", SECRETARY));
        PAGES.put("operations", Map.entry("/secretariat/operations", SECRETARY));
        PAGES.put("clock", Map.entry("/secretariat/clock", SECRETARY));
    }

    static Stream<Arguments> pages() {
        return PAGES.keySet().stream().flatMap(name -> Stream.of("en", "fr", "es")
                .map(language -> Arguments.of(name, Locale.forLanguageTag(language))));
    }

    @BeforeEach
    void fill() {
        given(obligations.submissions(OWED.id()))
                .willReturn(List.of(
                        submission(OWED, SUBMIT, "nfp-CHE", "che-nfp", 1, nomination()),
                        submission(
                                OWED,
                                REVIEW,
                                "secretariat",
                                "secretary",
                                1,
                                Map.of(
                                        "decision",
                                        "returned",
                                        "reasons",
                                        "The letter has no stamp. Please send a letter with the ministry’s stamp."))));
        given(obligations.events(OWED.id()))
                .willReturn(List.of(
                        event(1, LedgerEvent.Kind.OPENED, "secretary", Map.of("deadline", "2026-12-06")),
                        event(2, LedgerEvent.Kind.NOTICE_ISSUED, "sterna", Map.of("kind", "opened", "seat", "nfp-CHE")),
                        event(
                                3,
                                LedgerEvent.Kind.SUBMITTED,
                                "che-nfp",
                                Map.of("step", SUBMIT, "process", DUTY, "receipt", "S-2026-0000011", "version", "1")),
                        event(
                                4,
                                LedgerEvent.Kind.DEADLINE_MOVED,
                                "secretary",
                                Map.of("deadline", "2026-12-20", "before", "2026-12-06"))));
        Campaigns.Campaign campaign = new Campaigns.Campaign(CAMPAIGN, DUTY, "2026-11", "secretary", NOW, 133, 58, 3);
        given(campaigns.latest(anyInt())).willReturn(List.of(campaign));
        given(campaigns.find(CAMPAIGN)).willReturn(Optional.of(campaign));
        given(campaigns.suggested(any())).willReturn(List.of(SWITZERLAND, FRANCE));
        given(notices.gate()).willReturn(new Notices.Gate(false, "notice.gate.no-mail-server"));
        given(notices.counts()).willReturn(Map.of(Notice.State.HELD, 12L, Notice.State.SENT, 118L));
        given(notices.list(any(), anyInt(), anyInt()))
                .willReturn(new Obligations.Page<>(
                        List.of(notice(Notice.State.HELD), notice(Notice.State.SENT), notice(Notice.State.FAILED)),
                        130));
        given(moves.progress(MOVE)).willReturn(Optional.of(progress(MOVE)));
        given(moves.troubles(MOVE))
                .willReturn(List.of(new MeetingMoves.Trouble(OWED.id(), "CHE", DUTY, "Something went wrong")));
        given(moves.latest(any(), anyInt())).willReturn(List.of(progress(MOVE).move()));
        Notice held = notice(Notice.State.HELD);
        given(notices.find(eq(held.id()))).willReturn(Optional.of(held));
    }

    private static Map<String, Object> nomination() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("appointingAuthorityName", "Regula Rat");
        values.put("appointingAuthorityTitle", "Minister of the Environment");
        values.put("signatoryKind", "minister");
        values.put("letterDate", LocalDate.of(2026, 11, 2).toString());
        values.put("effectiveFrom", LocalDate.of(2026, 12, 1).toString());
        values.put("givenName", "Anna");
        values.put("familyName", "Muster");
        values.put("languages", List.of("fr", "en"));
        return values;
    }

    private Document open(String name, Locale language) {
        Map.Entry<String, Account> page = PAGES.get(name);
        return page(get(page.getKey(), page.getValue(), language));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageCanBeReadByEverybody(String name, Locale language) throws IOException {
        Document page = open(name, language);
        Files.createDirectories(PREVIEW);
        Files.writeString(PREVIEW.resolve(name + "-" + language.getLanguage() + ".html"), page.outerHtml());

        List<String> faults = new ArrayList<>();
        expect(faults, page.select("html[lang=" + language.getLanguage() + "]").size() == 1, "language");
        expect(faults, page.select("h1").size() == 1, "one h1");
        expect(faults, page.select("main#main").size() == 1, "one main");
        expect(
                faults,
                page.select("header").size() >= 1 && page.select("footer").size() == 1,
                "landmarks");
        expect(faults, page.select("a.skip[href=#main]").size() == 1, "skip link");
        expect(faults, page.title().endsWith(" – Sterna"), "title");
        expect(
                faults,
                headingsInOrder(page),
                "headings in order " + page.select("h1,h2,h3").eachText());
        expect(faults, page.select("style, script:not([src]), [style]").isEmpty(), "inline code or style");
        for (Element element : page.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                expect(faults, !attribute.getKey().startsWith("on"), "handler " + attribute);
                expect(faults, !attribute.getKey().startsWith("th:"), "unprocessed " + attribute);
                expect(faults, !attribute.getValue().contains("??"), "missing text " + attribute);
            }
        }
        expect(faults, !page.text().contains("??"), "missing text in " + page.text());
        Set<String> ids = Set.copyOf(
                page.select("[id]").eachAttr("id").stream().distinct().toList());
        expect(faults, ids.size() == page.select("[id]").size(), "an id twice");
        for (String attribute : List.of("aria-labelledby", "aria-describedby", "for", "form")) {
            for (String value : page.select("[" + attribute + "]").eachAttr(attribute)) {
                for (String id : value.split(" ")) {
                    expect(faults, ids.contains(id), attribute + " leads to no " + id);
                }
            }
        }
        for (Element field : page.select("input:not([type=hidden]):not([type=submit]), select, textarea")) {
            expect(
                    faults,
                    field.closest("label") != null
                            || !page.select("label[for='" + field.id() + "']").isEmpty(),
                    "no label for " + field);
        }
        expect(
                faults,
                page.select("form[method=post]:not(:has(input[name=_csrf]))").isEmpty(),
                "a form without its token");
        assertThat(faults).as(name).isEmpty();
    }

    private static void expect(List<String> faults, boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }

    private static boolean headingsInOrder(Document page) {
        int level = 1;
        for (Element heading : page.select("main :is(h1, h2, h3, h4)")) {
            int own = heading.tagName().charAt(1) - '0';
            if (own > level + 1) {
                return false;
            }
            level = own;
        }
        return true;
    }

    @Test
    void everyPageHasATitleOfItsOwn() {
        assertThat(PAGES.keySet().stream()
                        .map(name -> open(name, Locale.ENGLISH).title()))
                .doesNotHaveDuplicates();
    }

    @Test
    void theSwitchKeepsTheAddressAndNamesLanguagesInThemselves() {
        Document page = page(get("/secretariat/obligations?state=open&page=1", SECRETARY, Locale.ENGLISH));

        assertThat(page.select(".languages a").eachText()).containsExactly("English", "Français", "Español");
        assertThat(page.select(".languages a[lang=fr]").attr("href")).isEqualTo("?state=open&page=1&lang=fr");
    }

    @Test
    void thePartysPagesLeadToNothingOfTheSecretariats() {
        assertThat(open("desk", Locale.ENGLISH).select("a[href^=/secretariat]")).isEmpty();
    }
}
