package org.sterna.secretariat;

import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.sterna.campaigns.BulkActs;
import org.sterna.pages.Wording;
import org.sterna.register.Imports;
import org.sterna.register.RegisterChange;

/** Loads figures from a file: looks at it first, and loads it as a whole when the Secretariat has seen what it does. */
@Controller
class ImportController {

    private static final String ADDRESS = "/secretariat/contributions/import";

    /** Session attribute with the file that was looked at and not loaded yet. */
    private static final String LOOKED_AT = "org.sterna.secretariat.import";

    private static final int MOST_SHOWN = 500;

    /** A file that waits for a word. */
    record LookedAt(String id, Imports.Kind kind, String name, byte[] file) implements Serializable {}

    /** A kind to choose. */
    record Choice(String code, String label, String columns, boolean current) {}

    /** A line of the file. */
    record Line(int number, List<String> cells, Wording.Tag change) {}

    /** A figure that the register has otherwise. */
    record Differing(int number, String party, Imports.Difference difference) {}

    private final Office office;
    private final Imports imports;
    private final BulkActs acts;
    private final Wording wording;

    ImportController(Office office, Imports imports, BulkActs acts, Wording wording) {
        this.office = office;
        this.imports = imports;
        this.acts = acts;
        this.wording = wording;
    }

    @GetMapping(ADDRESS)
    String choose(@RequestParam(defaultValue = "") String kind, Principal principal, Locale reader, Model model) {
        office.member(principal);
        fill(model, Imports.Kind.of(kind).orElse(Imports.Kind.SHARES), reader);
        return "secretariat/import";
    }

    @PostMapping(ADDRESS)
    ModelAndView look(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Principal principal,
            HttpSession session,
            Locale reader,
            Model model)
            throws IOException {
        office.member(principal);
        session.removeAttribute(LOOKED_AT);
        Optional<Imports.Kind> chosen = Imports.Kind.of(kind);
        fill(model, chosen.orElse(Imports.Kind.SHARES), reader);
        if (chosen.isEmpty()) {
            return refused(model, "kind", "secretariat.import.kind.error", reader);
        }
        if (file == null || file.isEmpty()) {
            return refused(model, "file", "secretariat.import.file.error", reader);
        }
        byte[] bytes = file.getBytes();
        Imports.Result result = imports.check(chosen.get(), bytes);
        show(model, result, reader);
        if (!result.sound()) {
            return new ModelAndView("secretariat/import", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        LookedAt looked = new LookedAt(
                UUID.randomUUID().toString(), chosen.get(), String.valueOf(file.getOriginalFilename()), bytes);
        session.setAttribute(LOOKED_AT, looked);
        model.addAttribute("looked", looked);
        return new ModelAndView("secretariat/import", model.asMap());
    }

    @PostMapping(ADDRESS + "/load")
    ModelAndView load(
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String reason,
            Principal principal,
            HttpSession session,
            Locale reader,
            Model model,
            RedirectAttributes next) {
        String username = office.member(principal).username();
        if (!(session.getAttribute(LOOKED_AT) instanceof LookedAt looked)
                || !looked.id().equals(id)) {
            fill(model, Imports.Kind.SHARES, reader);
            return refused(model, "file", "secretariat.import.gone", reader);
        }
        Imports.Result before = imports.check(looked.kind(), looked.file());
        if (before.sound() && before.replaces() && !RegisterChange.reason(reason)) {
            // what was looked at stays, so that only the reason has to be given
            fill(model, looked.kind(), reader);
            show(model, before, reader);
            model.addAttribute("looked", looked);
            model.addAttribute("reason", reason);
            return refused(model, "reason", "secretariat.reason.error", reader);
        }
        session.removeAttribute(LOOKED_AT);
        Imports.Result result =
                imports.load(looked.kind(), looked.file(), new Imports.Loading(looked.name(), reason, username));
        if (!result.sound()) {
            fill(model, looked.kind(), reader);
            show(model, result, reader);
            return new ModelAndView("secretariat/import", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
        next.addFlashAttribute(
                "done",
                wording.text(
                        "secretariat.import.done",
                        reader,
                        result.count(Imports.Change.NEW),
                        result.count(Imports.Change.CHANGED),
                        result.count(Imports.Change.SAME)));
        if (acts.progress(result.id()).isPresent()) {
            return new ModelAndView("redirect:/secretariat/bulk/" + result.id());
        }
        return new ModelAndView(
                "redirect:" + (looked.kind() == Imports.Kind.MEMBERSHIPS ? ADDRESS : "/secretariat/contributions"));
    }

    private ModelAndView refused(Model model, String field, String key, Locale reader) {
        model.addAttribute("errors", java.util.Map.of(field, wording.text(key, reader)));
        return new ModelAndView("secretariat/import", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private void fill(Model model, Imports.Kind chosen, Locale reader) {
        model.addAttribute("errors", java.util.Map.of());
        model.addAttribute(
                "kinds",
                Arrays.stream(Imports.Kind.values())
                        .map(kind -> new Choice(
                                kind.code(),
                                wording.text("secretariat.import.kind." + kind.code(), reader),
                                String.join(",", kind.columns()),
                                kind == chosen))
                        .toList());
    }

    private void show(Model model, Imports.Result result, Locale reader) {
        model.addAttribute("faults", result.faults().stream().limit(MOST_SHOWN).toList());
        model.addAttribute("columns", result.kind().columns());
        model.addAttribute("total", result.lines().size());
        model.addAttribute(
                "differences",
                result.lines().stream()
                        .flatMap(line -> line.differences().stream()
                                .map(one -> new Differing(
                                        line.number(), line.cells().get(0), one)))
                        .limit(MOST_SHOWN)
                        .toList());
        model.addAttribute(
                "lines",
                result.lines().stream()
                        .limit(MOST_SHOWN)
                        .map(line -> new Line(line.number(), line.cells(), change(line.change(), reader)))
                        .toList());
        model.addAttribute(
                "counts",
                wording.text(
                        "secretariat.import.counts",
                        reader,
                        result.count(Imports.Change.NEW),
                        result.count(Imports.Change.CHANGED),
                        result.count(Imports.Change.SAME)));
    }

    private Wording.Tag change(Imports.Change change, Locale reader) {
        String text = wording.text("secretariat.import.change." + change.name().toLowerCase(Locale.ROOT), reader);
        return switch (change) {
            case NEW -> new Wording.Tag("confirmed", "+", text);
            case CHANGED -> new Wording.Tag("late", "●", text);
            case SAME -> new Wording.Tag("same", "=", text);
        };
    }
}
