package org.sterna.feeds;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Callers;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;

/**
 * Calendars for subscribing. A Party's users make feeds of their own Party; the Secretariat of any Party, any duty, and
 * of all. A feed answers as long as its owner may see what it tells.
 */
@Controller
class FeedController {

    private static final String ICALENDAR = "text/calendar;charset=UTF-8";

    /** Feeds one account may have at a time. */
    private static final int MOST = 20;

    /** Months behind and years ahead that a calendar program is kept informed of. */
    private static final int PAST = 3;

    private static final int AHEAD = 2;

    /** Between the signing of the Convention and what nobody plans yet. */
    private static final YearMonth EARLIEST = YearMonth.of(1979, 1);

    private static final YearMonth LATEST = YearMonth.of(2199, 12);

    /** A feed in use. */
    record Line(UUID id, String name, String at) {}

    /** Something to choose. */
    record Choice(String value, String label) {}

    /** An action in the public calendar. */
    record Action(String day, String iso, String duty, String occasion, String origin, boolean provisional) {}

    private final Accounts accounts;
    private final Parties parties;
    private final Duties duties;
    private final Obligations obligations;
    private final Feeds feeds;
    private final Almanac almanac;
    private final FeedSettings settings;
    private final Wording wording;
    private final String baseUrl;

    FeedController(
            Accounts accounts,
            Parties parties,
            Duties duties,
            Obligations obligations,
            Feeds feeds,
            Almanac almanac,
            FeedSettings settings,
            Wording wording,
            @Value("${sterna.base-url}") String baseUrl) {
        this.accounts = accounts;
        this.parties = parties;
        this.duties = duties;
        this.obligations = obligations;
        this.feeds = feeds;
        this.almanac = almanac;
        this.settings = settings;
        this.wording = wording;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    @GetMapping("/desk/calendar")
    String own(Principal principal, Locale reader, Model model) {
        Account caller = caller(principal);
        model.addAttribute(
                "feeds",
                feeds.of(caller.username()).stream()
                        .map(feed -> new Line(
                                feed.id(), almanac.name(feed, reader), wording.moment(feed.createdAt(), reader)))
                        .toList());
        model.addAttribute("party", caller.partyCode() == null ? null : wording.party(caller.partyCode(), reader));
        model.addAttribute("secretariat", caller.secretariat());
        if (caller.secretariat()) {
            model.addAttribute(
                    "parties",
                    parties.all().stream()
                            .map(party -> new Choice(party.code(), party.name(reader)))
                            .toList());
            model.addAttribute(
                    "duties",
                    duties.all().stream()
                            .map(duty -> new Choice(duty.key(), wording.duty(duty.key(), reader)))
                            .toList());
        }
        return "feeds/feeds";
    }

    private Account caller(Principal principal) {
        return Callers.account(principal, accounts)
                .filter(account -> account.secretariat() || account.partyCode() != null)
                .orElseThrow(NothingHere::new);
    }

    @PostMapping("/desk/calendar")
    String create(
            @RequestParam(defaultValue = "") String about,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        Account caller = caller(principal);
        String[] asked = about.split(":", 2);
        Feed.Scope scope;
        String subject = asked.length < 2 ? null : asked[1];
        switch (asked[0]) {
            case "all" -> scope = Feed.Scope.ALL;
            case "party" -> scope = Feed.Scope.PARTY;
            case "duty" -> scope = Feed.Scope.DUTY;
            default -> throw new NothingHere();
        }
        if (scope == Feed.Scope.PARTY && subject == null) {
            subject = caller.partyCode();
        }
        if (!sees(caller, scope, subject) || feeds.of(caller.username()).size() >= MOST) {
            throw new NothingHere();
        }
        String secret = feeds.create(scope, subject, reader, caller.username());
        next.addFlashAttribute("address", baseUrl + "/calendar/" + secret + ".ics");
        return "redirect:/desk/calendar";
    }

    private boolean sees(Account account, Feed.Scope scope, @Nullable String subject) {
        return switch (scope) {
            case ALL -> account.secretariat();
            case DUTY ->
                account.secretariat()
                        && subject != null
                        && duties.find(subject).map(Duty::key).isPresent();
            case PARTY ->
                subject != null
                        && (account.secretariat()
                                ? parties.find(subject).isPresent()
                                : subject.equals(account.partyCode())
                                        && !account.seats().isEmpty());
        };
    }

    @PostMapping("/desk/calendar/{id}/revoke")
    String revoke(@PathVariable UUID id, Principal principal, Locale reader, RedirectAttributes next) {
        if (!feeds.revoke(id, caller(principal).username())) {
            throw new NothingHere();
        }
        next.addFlashAttribute("done", wording.text("feeds.revoked", reader));
        return "redirect:/desk/calendar";
    }

    /** Without login: whoever knows the address. */
    @GetMapping("/calendar/{secret}.ics")
    void feed(@PathVariable String secret, HttpServletResponse response) throws IOException {
        Feed feed = feeds.find(secret)
                .filter(found -> accounts.find(found.owner())
                        .filter(owner -> sees(owner, found.scope(), found.subject()))
                        .isPresent())
                .orElseThrow(NothingHere::new);
        head(response);
        almanac.write(feed, response.getOutputStream());
    }

    private static void head(HttpServletResponse response) {
        response.setContentType(ICALENDAR);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"sterna.ics\"");
        response.setHeader("X-Robots-Tag", "noindex");
    }

    /** What is due of all Parties alike in a year, for everybody, where the calendar is public. */
    @GetMapping("/calendar")
    String open(@RequestParam(defaultValue = "") String from, Locale reader, Model model) {
        checkOpen();
        YearMonth first = month(from);
        List<Action> actions = obligations
                .actions(first.atDay(1), first.plusYears(1).atDay(1))
                .stream()
                .map(action -> new Action(
                        wording.day(action.deadline().on(), reader),
                        action.deadline().on().toString(),
                        wording.duty(action.duty(), reader),
                        wording.occasion(action.occasion()),
                        wording.origin(action.deadline(), reader),
                        action.deadline().provisional()))
                .toList();
        model.addAttribute("actions", actions);
        model.addAttribute(
                "period",
                wording.text(
                        "feeds.public.period",
                        reader,
                        wording.month(first, reader),
                        wording.month(first.plusMonths(11), reader)));
        model.addAttribute("earlier", first.isAfter(EARLIEST) ? first.minusYears(1) : null);
        model.addAttribute("later", first.isBefore(LATEST) ? first.plusYears(1) : null);
        model.addAttribute("chosen", from.isBlank() ? null : first);
        return "feeds/public";
    }

    /** The month that an address names; what it cannot mean is this month. */
    private YearMonth month(String from) {
        try {
            YearMonth named = YearMonth.parse(from);
            return named.isBefore(EARLIEST) || named.isAfter(LATEST) ? YearMonth.from(wording.today()) : named;
        } catch (DateTimeParseException e) {
            return YearMonth.from(wording.today());
        }
    }

    /** For subscribing, from a season ago to two years ahead; for taking away, the year that is asked for. */
    @GetMapping("/calendar.ics")
    void openFeed(@RequestParam(defaultValue = "") String from, Locale reader, HttpServletResponse response)
            throws IOException {
        checkOpen();
        head(response);
        YearMonth now = YearMonth.from(wording.today());
        YearMonth first = from.isBlank() ? now.minusMonths(PAST) : month(from);
        YearMonth last = from.isBlank() ? now.plusYears(AHEAD) : first.plusYears(1);
        almanac.writePublic(obligations.actions(first.atDay(1), last.atDay(1)), reader, response.getOutputStream());
    }

    private void checkOpen() {
        if (!settings.open()) {
            throw new NothingHere();
        }
    }
}
