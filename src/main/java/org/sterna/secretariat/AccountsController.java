package org.sterna.secretariat;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.notices.TrialMailbox;
import org.sterna.pages.Wording;
import org.sterna.register.Account;
import org.sterna.register.AccountAdministration;
import org.sterna.register.AccountAdministration.Entry;
import org.sterna.register.AccountAdministration.InvalidOfficer;
import org.sterna.register.AccountAdministration.NotAllowed;
import org.sterna.register.AccountAdministration.Officer;
import org.sterna.register.AccountAdministration.Status;
import org.sterna.register.NameWords;

/** Who has access: opening, locking and ending accounts. For administrators only. */
@Controller
class AccountsController {

    private static final String ADDRESS = "/secretariat/accounts";

    /** Of more, the page asks for a word to look for. */
    private static final int MOST = 100;

    private static final List<String> LANGUAGES = List.of("en", "fr", "es");

    /** An account in the list. */
    record Line(String username, String name, String email, String seats, Wording.Tag status) {}

    /** Somebody in office without access. */
    record Vacant(UUID term, String name, String email, String seat) {}

    /** Something that happened to an account. */
    record Happened(
            String at,
            String what,
            @Nullable String by,
            @Nullable String detail) {}

    /** A letter of the demonstration. */
    record Letter(String at, String to, String subject, String text) {}

    /** What was typed about a new colleague. */
    record Typed(String username, String name, String email, String language, boolean administrator) {}

    private final Office office;
    private final AccountAdministration accounts;
    private final ObjectProvider<TrialMailbox> trial;
    private final Wording wording;

    AccountsController(
            Office office, AccountAdministration accounts, ObjectProvider<TrialMailbox> trial, Wording wording) {
        this.office = office;
        this.accounts = accounts;
        this.trial = trial;
        this.wording = wording;
    }

    @GetMapping(ADDRESS)
    String list(@RequestParam(defaultValue = "") String q, Principal principal, Locale reader, Model model) {
        office.administrator(principal);
        List<Entry> found =
                accounts.all().stream().filter(entry -> matches(entry, q)).toList();
        model.addAttribute("q", q);
        model.addAttribute(
                "lines",
                found.stream().limit(MOST).map(entry -> line(entry, reader)).toList());
        model.addAttribute("total", found.size());
        model.addAttribute(
                "vacant",
                accounts.withoutAccount().stream()
                        .map(holder -> new Vacant(
                                holder.id(), holder.name(), holder.email(), wording.seat(holder.seatCode(), reader)))
                        .toList());
        model.addAttribute(
                "letters",
                trial.stream()
                        .flatMap(mailbox -> mailbox.kept().stream())
                        .map(kept ->
                                new Letter(wording.moment(kept.at(), reader), kept.to(), kept.subject(), kept.text()))
                        .toList());
        return "secretariat/accounts";
    }

    private static boolean matches(Entry entry, String q) {
        List<String> words = List.copyOf(NameWords.of(
                entry.username() + " " + entry.name() + " " + entry.email() + " " + String.join(" ", entry.seats())));
        return NameWords.of(q).stream().allMatch(wanted -> words.stream().anyMatch(word -> word.startsWith(wanted)));
    }

    private Line line(Entry entry, Locale reader) {
        return new Line(entry.username(), entry.name(), entry.email(), seats(entry, reader), status(entry, reader));
    }

    private String seats(Entry entry, Locale reader) {
        String seats = entry.seats().stream()
                .sorted()
                .map(seat -> wording.seat(seat, reader))
                .collect(Collectors.joining("; "));
        String administrator = wording.text("secretariat.accounts.administrator", reader);
        if (!entry.administrator()) {
            return seats;
        }
        return seats.isEmpty() ? administrator : seats + "; " + administrator;
    }

    private Wording.Tag status(Entry entry, Locale reader) {
        String sign =
                switch (entry.status()) {
                    case ACTIVE -> "✓";
                    case INVITED -> "?";
                    case LOCKED -> "‖";
                    case ENDED -> "○";
                };
        return new Wording.Tag(
                entry.status().code(),
                sign,
                wording.text("secretariat.accounts.status." + entry.status().code(), reader));
    }

    @GetMapping(ADDRESS + "/new")
    String form(Principal principal, Model model) {
        office.administrator(principal);
        return form(model, new Typed("", "", "", "en", false), Map.of());
    }

    private static String form(Model model, Typed typed, Map<String, String> errors) {
        model.addAttribute("typed", typed);
        model.addAttribute("languages", LANGUAGES);
        model.addAttribute("errors", errors);
        return "secretariat/account-new";
    }

    @PostMapping(ADDRESS + "/new")
    ModelAndView open(
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "en") String language,
            @RequestParam(defaultValue = "false") boolean administrator,
            Principal principal,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        Account by = office.administrator(principal);
        Typed typed = new Typed(
                username.strip(),
                name.strip(),
                email.strip(),
                LANGUAGES.contains(language) ? language : "en",
                administrator);
        try {
            accounts.open(
                    new Officer(
                            typed.username(),
                            typed.name(),
                            typed.email(),
                            Locale.forLanguageTag(typed.language()),
                            typed.administrator()),
                    by.username());
        } catch (InvalidOfficer refused) {
            String key = "secretariat.accounts." + refused.field() + "." + refused.fault();
            form(model, typed, Map.of(refused.field(), wording.text(key, reader)));
            return new ModelAndView("secretariat/account-new", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        return to(typed.username(), "opened", reader, next);
    }

    @PostMapping(ADDRESS + "/holders/{term}")
    ModelAndView openFor(@PathVariable UUID term, Principal principal, Locale reader, RedirectAttributes next) {
        Account by = office.administrator(principal);
        return accounts.openFor(term, by.username())
                .map(username -> to(username, "opened", reader, next))
                .orElseGet(() -> {
                    next.addFlashAttribute("problem", wording.text("secretariat.accounts.too-late", reader));
                    return new ModelAndView("redirect:" + ADDRESS);
                });
    }

    @GetMapping(ADDRESS + "/{username}")
    String one(@PathVariable String username, Principal principal, Locale reader, Model model) {
        Account by = office.administrator(principal);
        Entry entry = accounts.find(username).orElseThrow(NothingHere::new);
        model.addAttribute("line", line(entry, reader));
        model.addAttribute(
                "language", wording.text("language." + entry.language().getLanguage(), reader));
        model.addAttribute(
                "letter",
                entry.letter() == null ? null : wording.text("secretariat.accounts.letter." + entry.letter(), reader));
        model.addAttribute("own", by.username().equals(username));
        model.addAttribute("usable", entry.status() == Status.ACTIVE || entry.status() == Status.INVITED);
        model.addAttribute("locked", entry.status() == Status.LOCKED);
        model.addAttribute("ended", entry.status() == Status.ENDED);
        model.addAttribute(
                "events",
                accounts.events(username).stream()
                        .map(event -> new Happened(
                                wording.moment(event.at(), reader),
                                wording.text(
                                        "secretariat.accounts.event."
                                                + event.what().code(),
                                        reader),
                                event.actor(),
                                event.detail()))
                        .toList());
        return "secretariat/account";
    }

    @PostMapping(ADDRESS + "/{username}/invite")
    ModelAndView invite(@PathVariable String username, Principal principal, Locale reader, RedirectAttributes next) {
        Account by = office.administrator(principal);
        boolean invited = accounts.invite(known(username), by.username());
        return to(username, invited ? "invited" : "too-late", reader, next);
    }

    @PostMapping(ADDRESS + "/{username}/lock")
    ModelAndView lock(@PathVariable String username, Principal principal, Locale reader, RedirectAttributes next) {
        Account by = office.administrator(principal);
        return allowed(() -> accounts.lock(known(username), by.username()), username, "locked", reader, next);
    }

    @PostMapping(ADDRESS + "/{username}/unlock")
    ModelAndView unlock(@PathVariable String username, Principal principal, Locale reader, RedirectAttributes next) {
        Account by = office.administrator(principal);
        accounts.unlock(known(username), by.username());
        return to(username, "unlocked", reader, next);
    }

    @PostMapping(ADDRESS + "/{username}/end")
    ModelAndView end(
            @PathVariable String username,
            @RequestParam(defaultValue = "false") boolean sure,
            Principal principal,
            Locale reader,
            RedirectAttributes next) {
        Account by = office.administrator(principal);
        if (!sure) {
            next.addFlashAttribute("problem", wording.text("secretariat.accounts.sure.error", reader));
            return new ModelAndView("redirect:" + ADDRESS + "/" + known(username));
        }
        return allowed(() -> accounts.end(known(username), by.username()), username, "ended", reader, next);
    }

    @PostMapping(ADDRESS + "/{username}/sessions")
    ModelAndView endSessions(
            @PathVariable String username, Principal principal, Locale reader, RedirectAttributes next) {
        Account by = office.administrator(principal);
        accounts.endSessions(known(username), by.username());
        return to(username, "sessions-ended", reader, next);
    }

    private String known(String username) {
        return accounts.find(username).map(Entry::username).orElseThrow(NothingHere::new);
    }

    private ModelAndView allowed(
            Runnable change, String username, String done, Locale reader, RedirectAttributes next) {
        try {
            change.run();
        } catch (NotAllowed refused) {
            next.addFlashAttribute("problem", wording.text("secretariat.accounts.not-allowed", reader));
            return new ModelAndView("redirect:" + ADDRESS + "/" + username);
        }
        return to(username, done, reader, next);
    }

    private ModelAndView to(String username, String done, Locale reader, RedirectAttributes next) {
        next.addFlashAttribute(
                done.equals("too-late") ? "problem" : "done", wording.text("secretariat.accounts." + done, reader));
        return new ModelAndView("redirect:" + ADDRESS + "/" + username);
    }
}
