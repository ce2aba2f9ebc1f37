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
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
import org.sterna.calendar.Rung;
import org.sterna.calendar.WorkingDays;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.notices.Correspondence;
import org.sterna.notices.Deliveries;
import org.sterna.notices.DeliveryFailures;
import org.sterna.notices.DeliveryVerdict;
import org.sterna.notices.Ladders;
import org.sterna.notices.MailGate;
import org.sterna.notices.Notice;
import org.sterna.notices.Notices;
import org.sterna.notices.PartyLists;
import org.sterna.notices.Rehearsal;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligations;
import org.sterna.register.Account;
import org.sterna.register.AccountAdministration;
import org.sterna.register.Addresses;

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
        PAGES.put("matrix", Map.entry("/secretariat/matrix", SECRETARY));
        PAGES.put("duties", Map.entry("/secretariat/duties", SECRETARY));
        PAGES.put("duty", Map.entry("/secretariat/duties/" + DUTY, SECRETARY));
        PAGES.put("search", Map.entry("/secretariat/search?q=swi", SECRETARY));
        PAGES.put("campaigns", Map.entry("/secretariat/campaigns", SECRETARY));
        PAGES.put("campaign", Map.entry("/secretariat/campaigns/" + CAMPAIGN, SECRETARY));
        PAGES.put("obligations", Map.entry("/secretariat/obligations", SECRETARY));
        PAGES.put("obligation", Map.entry("/secretariat/obligations/" + OWED.id(), SECRETARY));
        PAGES.put("notices", Map.entry("/secretariat/notices", SECRETARY));
        PAGES.put(
                "notice",
                Map.entry("/secretariat/notices/" + notice(Notice.State.HELD).id(), SECRETARY));
        PAGES.put("ladders", Map.entry("/secretariat/ladders", SECRETARY));
        PAGES.put("ladder", Map.entry("/secretariat/ladders/edit?subject=" + DUTY + "&occasion=cop15", SECRETARY));
        PAGES.put("rehearsal", Map.entry("/secretariat/rehearsal", SECRETARY));
        PAGES.put(
                "rehearsed",
                Map.entry(
                        "/secretariat/rehearsal/text?obligation=" + OWED.id()
                                + "&milestone=reminder-14@2026-12-06&to=anna@example.org",
                        SECRETARY));
        PAGES.put(
                "template-preview",
                Map.entry("/secretariat/rehearsal/preview?duty=" + DUTY + "&kind=reminder&party=CHE", SECRETARY));
        PAGES.put("preferences", Map.entry("/desk/notices", SWISS));
        PAGES.put("parties", Map.entry("/desk/parties?duty=" + DUTY + "&occasion=2026-11", SWISS));
        PAGES.put("missing-parties", Map.entry("/desk/parties?duty=" + DUTY + "&occasion=2026-11&missing=true", SWISS));
        PAGES.put("gate", Map.entry("/secretariat/notices/gate", SECRETARY));
        PAGES.put("addresses", Map.entry("/secretariat/notices/addresses", SECRETARY));
        PAGES.put("reply", Map.entry("/secretariat/obligations/" + OWED.id() + "/reply", SECRETARY));
        PAGES.put("register", Map.entry("/secretariat/register", SECRETARY));
        PAGES.put("party", Map.entry("/secretariat/register/CHE", SECRETARY));
        PAGES.put("contributions", Map.entry("/secretariat/contributions", SECRETARY));
        PAGES.put("contribution", Map.entry("/secretariat/contributions/CHE", SECRETARY));
        PAGES.put("import", Map.entry("/secretariat/contributions/import", SECRETARY));
        PAGES.put("meetings", Map.entry("/secretariat/meetings", SECRETARY));
        PAGES.put("meeting", Map.entry("/secretariat/meetings/cop16", SECRETARY));
        PAGES.put("move", Map.entry("/secretariat/moves/" + MOVE, SECRETARY));
        PAGES.put("notified-date", Map.entry("/secretariat/notified-dates", SECRETARY));
        PAGES.put("working-days", Map.entry("/secretariat/working-days", SECRETARY));
        PAGES.put("calendar", Map.entry("/secretariat/meetings/cop16/calendar", SECRETARY));
        PAGES.put("operations", Map.entry("/secretariat/operations", SECRETARY));
        PAGES.put("accounts", Map.entry("/secretariat/accounts", ADMINISTRATOR));
        PAGES.put("account", Map.entry("/secretariat/accounts/che-nfp", ADMINISTRATOR));
        PAGES.put("account-new", Map.entry("/secretariat/accounts/new", ADMINISTRATOR));
        PAGES.put("missed-opening", Map.entry("/secretariat/missed-openings/" + MISSED.id(), SECRETARY));
        PAGES.put("clock", Map.entry("/secretariat/clock", SECRETARY));
    }

    static Stream<Arguments> pages() {
        return PAGES.keySet().stream().flatMap(name -> Stream.of("en", "fr", "es")
                .map(language -> Arguments.of(name, Locale.forLanguageTag(language))));
    }

    @BeforeEach
    void fill() {
        AccountAdministration.Entry entry = new AccountAdministration.Entry(
                "che-nfp",
                "Anna Muster",
                "anna@example.org",
                Locale.FRENCH,
                Set.of("nfp-CHE"),
                false,
                AccountAdministration.Status.ACTIVE,
                "sent");
        given(accountAdministration.all()).willReturn(List.of(entry));
        given(accountAdministration.find("che-nfp")).willReturn(Optional.of(entry));
        given(accountAdministration.withoutAccount()).willReturn(List.of(holder("mfa-CHE", null, "Mia Foreign", true)));
        given(accountAdministration.events("che-nfp"))
                .willReturn(List.of(new AccountAdministration.Event(
                        AccountAdministration.Happening.ADDRESS_CHANGED, null, NOW, "old@example.org")));
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
        given(gate.state()).willReturn(new Notices.Gate(false, "notice.gate.restored"));
        given(gate.restored()).willReturn(true);
        given(gate.serverConfigured()).willReturn(true);
        given(gate.lever()).willReturn(new MailGate.Lever(true, "secretary", NOW, "A drill"));
        given(deliveries.held())
                .willReturn(new Deliveries.Held(
                        12, 130, Map.of("opened", 10L, "reminder", 2L), new Deliveries.Release(7, 2, 1, 2)));
        given(deliveries.trail(any()))
                .willReturn(new Deliveries.Trail(OWED.id(), List.of(FOREIGN.id()), "secretary", NOW));
        given(correspondence.mailbox()).willReturn(new Correspondence.Mailbox(true, NOW, "Connection refused", 3));
        given(correspondence.bounces(any()))
                .willReturn(List.of(new Correspondence.Bounce(
                        OWED.id(),
                        OWED.id(),
                        true,
                        DeliveryVerdict.GONE,
                        null,
                        "5.1.1",
                        "550 5.1.1 no such user",
                        NOW,
                        null)));
        given(failures.doubts())
                .willReturn(List.of(new DeliveryFailures.Doubt(
                        3, "che-nfp@example.org", OWED.id(), "550 5.1.1 no such user", NOW)));
        given(failures.waiting()).willReturn(1L);
        given(failures.repeated())
                .willReturn(List.of(new DeliveryFailures.Repeated(
                        "che-nfp@example.org", 3, DeliveryVerdict.FAILING, "552 5.2.2 mailbox full", NOW)));
        given(failures.contradicted(any())).willReturn(Set.of("che-nfp@example.org"));
        given(addresses.users(any()))
                .willReturn(Map.of("che-nfp@example.org", List.of(holder("nfp-CHE", "che-nfp", "Anna Muster", false))));
        given(correspondence.replies(OWED.id()))
                .willReturn(List.of(new Correspondence.Reply(
                        OWED.id(),
                        OWED.id(),
                        null,
                        "Anna Muster",
                        "",
                        "The letter follows.",
                        Correspondence.ReplyKind.AUTOMATIC,
                        NOW,
                        "secretary")));
        given(addresses.unusable())
                .willReturn(List.of(new Addresses.Unusable(
                        "che-nfp@example.org",
                        holder("nfp-CHE", "che-nfp", "Anna Muster", false),
                        Addresses.Fault.BOUNCED,
                        "550 5.1.1 no such user",
                        NOW)));
        given(notices.counts()).willReturn(Map.of(Notice.State.HELD, 12L, Notice.State.SENT, 118L));
        given(notices.list(any(), anyInt(), anyInt()))
                .willReturn(new Obligations.Page<>(
                        List.of(notice(Notice.State.HELD), notice(Notice.State.SENT), notice(Notice.State.FAILED)),
                        130));
        given(workingDays.holidays(any(), anyInt())).willReturn(List.of(LocalDate.of(2026, 12, 25)));
        given(workingDays.corrections())
                .willReturn(List.of(new WorkingDays.Correction(
                        "CHE", LocalDate.of(2026, 12, 24), WorkingDays.Correction.Kind.ADDED, "Christmas Eve")));
        List<Rung> usual = List.of(
                new Rung("reminder-14", Rung.Kind.REMINDER, Period.ofDays(-14), List.of("nfp"), List.of("alt"), false),
                new Rung("overdue-1", Rung.Kind.OVERDUE, Period.ofDays(1), List.of("nfp"), List.of(), false),
                new Rung(
                        "secretariat-30",
                        Rung.Kind.ESCALATION,
                        Period.ofDays(30),
                        List.of("min", "secretariat"),
                        List.of("rep"),
                        true));
        given(ladders.usual(any(), any())).willReturn(usual);
        given(ladders.all())
                .willReturn(List.of(
                        new Ladders.Own(new Ladders.Scope(DUTY, "due", "cop15", null), usual, "secretary", NOW),
                        new Ladders.Own(new Ladders.Scope(DUTY, "due", null, "CHE"), List.of(), "secretary", NOW)));
        Rehearsal.Text text = new Rehearsal.Text(
                "Action requise au plus tard le 6 décembre 2026", "Bonjour\n", "<p>Bonjour</p>", Locale.FRENCH);
        given(rehearsal.until(any()))
                .willReturn(List.of(
                        rehearsed("anna@example.org", false, Rehearsal.Way.SINGLE),
                        rehearsed("beat@example.org", true, Rehearsal.Way.DIGEST)));
        given(rehearsal.text(any(), any(), any())).willReturn(Optional.of(text));
        given(rehearsal.kinds(any())).willReturn(new TreeSet<>(Set.of("opened", "reminder", "decision-granted")));
        given(rehearsal.preview(any(), any(), any(), any())).willReturn(text);
        given(moves.progress(MOVE)).willReturn(Optional.of(progress(MOVE)));
        given(moves.troubles(MOVE))
                .willReturn(List.of(new MeetingMoves.Trouble(OWED.id(), "CHE", DUTY, "Something went wrong")));
        given(moves.latest(any(), anyInt())).willReturn(List.of(progress(MOVE).move()));
        given(lists.told(any(), any(), any()))
                .willReturn(new PartyLists.Standing("rep-europe", List.of(OWED, FOREIGN)));
        Notice held = notice(Notice.State.HELD);
        given(notices.find(eq(held.id()))).willReturn(Optional.of(held));
    }

    private static Rehearsal.Line rehearsed(String email, boolean copy, Rehearsal.Way way) {
        return new Rehearsal.Line(
                OWED.id(),
                DUTY,
                "2026-11",
                "CHE",
                NOW,
                "reminder-14@2026-12-06",
                "reminder",
                "nfp-CHE",
                copy,
                "Anna Muster",
                email,
                Locale.FRENCH,
                way);
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
