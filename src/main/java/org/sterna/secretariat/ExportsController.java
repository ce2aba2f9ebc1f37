package org.sterna.secretariat;

import java.security.Principal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/** Lists of obligations as files, restricted and sorted as the page is that leads here. */
@Controller
class ExportsController {

    private static final List<String> HEADERS = List.of(
            "export.code",
            "column.party",
            "column.region",
            "duty.code",
            "column.duty",
            "column.occasion",
            "column.state",
            "column.deadline",
            "export.days",
            "export.provisional",
            "export.origin",
            "file.closed",
            "overview.answered",
            "column.next");

    private final Office office;
    private final MatrixLines matrices;
    private final Standings standings;
    private final Stillness stillness;
    private final Obligations obligations;
    private final Duties duties;
    private final Parties parties;
    private final Exports exports;
    private final Wording wording;

    ExportsController(
            Office office,
            MatrixLines matrices,
            Standings standings,
            Stillness stillness,
            Obligations obligations,
            Duties duties,
            Parties parties,
            Exports exports,
            Wording wording) {
        this.office = office;
        this.matrices = matrices;
        this.standings = standings;
        this.stillness = stillness;
        this.obligations = obligations;
        this.duties = duties;
        this.parties = parties;
        this.exports = exports;
        this.wording = wording;
    }

    /** In a spreadsheet a line for each obligation; in the PDF a line for each Party and a column for each duty. */
    @GetMapping("/secretariat/exports/matrix.{ending}")
    ResponseEntity<Resource> matrix(
            @PathVariable String ending,
            @ModelAttribute("choice") Matrix.Choice choice,
            Principal principal,
            Locale reader) {
        office.member(principal);
        return exports.answer(ending, reader, format -> matrix(format, choice, reader));
    }

    private Sheet matrix(Sheets.Format format, Matrix.Choice choice, Locale reader) {
        Matrix matrix = matrices.of(choice, reader);
        String title = choice.occasion().isEmpty()
                ? wording.text("matrix.title", reader)
                : wording.text("matrix.title.of", reader, wording.occasion(choice.occasion()));
        return format == Sheets.Format.PDF
                ? laidOut(matrix, title, reader)
                : sheet(
                        "matrix",
                        title,
                        Listed.of(matrix.rows().stream()
                                .flatMap(row -> row.cells().stream())
                                .flatMap(Stream::ofNullable)
                                .map(cell -> cell.standing().obligation())
                                .toList()),
                        Map.of(),
                        reader);
    }

    private Sheet laidOut(Matrix matrix, String title, Locale reader) {
        List<String> facts = new ArrayList<>(exports.asOf(reader));
        facts.add(Stream.concat(
                        Stream.of("! " + wording.text("state.overdue", reader)),
                        Arrays.stream(Obligation.State.values())
                                .map(state -> wording.state(state, reader))
                                .map(tag -> tag.sign() + " " + tag.label()))
                .collect(Collectors.joining("  ")));
        facts.add(matrix.columns().stream()
                .map(column -> column.code() + " " + column.title())
                .collect(Collectors.joining(" · ")));
        return new Sheet(
                "matrix",
                title,
                facts,
                Stream.concat(
                                Stream.of(wording.text("column.party", reader)),
                                matrix.columns().stream().map(Matrix.Column::code))
                        .toList(),
                matrix.rows().stream()
                        .map(row -> {
                            List<@Nullable Object> values = new ArrayList<>();
                            values.add(row.name());
                            row.cells()
                                    .forEach(cell -> values.add(
                                            cell == null
                                                    ? null
                                                    : cell.content().sign() + " "
                                                            + cell.content().when()));
                            return values;
                        })
                        .toList());
    }

    @GetMapping("/secretariat/exports/obligations.{ending}")
    ResponseEntity<Resource> obligations(
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String duty,
            @RequestParam(defaultValue = "") String party,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String occasion,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "false") boolean due,
            @RequestParam(defaultValue = "false") boolean stuck,
            Principal principal,
            Locale reader) {
        office.member(principal);
        Obligations.Filter filter = ObligationsController.filter(
                duty, party, state, occasion, overdue, due ? wording.now() : null, stuck ? stillness.now() : null);
        return exports.answer(
                ending,
                reader,
                format -> sheet(
                        "obligations",
                        wording.text("secretariat.obligations.title", reader),
                        wanted -> obligations.each(filter, wanted),
                        Map.of(),
                        reader));
    }

    /** Obligations as they are read. */
    @FunctionalInterface
    private interface Listed {
        void each(Predicate<Obligation> wanted);

        static Listed of(List<Obligation> listed) {
            return wanted -> listed.stream().allMatch(wanted);
        }
    }

    @GetMapping("/secretariat/exports/duties/{key}.{ending}")
    ResponseEntity<Resource> duty(
            @PathVariable String key,
            @PathVariable String ending,
            @RequestParam String occasion,
            Principal principal,
            Locale reader) {
        office.member(principal);
        Duty duty = duties.find(key).orElseThrow(NothingHere::new);
        return exports.answer(ending, reader, format -> duty(duty, occasion, reader));
    }

    private Sheet duty(Duty duty, String occasion, Locale reader) {
        Map<UUID, LocalDate> answered = new HashMap<>();
        standings.answers(duty.key(), DutiesController.ROUNDS).forEach(answer -> {
            if (answer.answeredOn() != null) {
                answered.put(answer.id(), answer.answeredOn());
            }
        });
        return sheet(
                duty.key(),
                wording.duty(duty.key(), reader) + " – " + wording.occasion(occasion),
                Listed.of(obligations.of(occasion, List.of(duty.key()))),
                answered,
                reader);
    }

    /** A line for each obligation. */
    private Sheet sheet(String name, String title, Listed listed, Map<UUID, LocalDate> answered, Locale reader) {
        Map<String, Party> byCode = parties.all().stream().collect(Collectors.toMap(Party::code, party -> party));
        return exports.sheet(
                name,
                title,
                HEADERS,
                wanted -> listed.each(obligation -> wanted.test(
                        line(obligation, byCode.get(obligation.partyCode()), answered.get(obligation.id()), reader))),
                reader);
    }

    private List<@Nullable Object> line(
            Obligation obligation, @Nullable Party party, @Nullable LocalDate answered, Locale reader) {
        boolean open = obligation.state().open();
        LocalDate due = obligation.deadline().on();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(obligation.partyCode());
        values.add(wording.party(obligation.partyCode(), reader));
        values.add(
                party == null ? null : wording.text("region." + party.region().code(), reader));
        values.add(duties.find(obligation.duty()).map(Duty::code).orElse(null));
        values.add(wording.duty(obligation.duty(), reader));
        values.add(wording.occasion(obligation.occasion()));
        values.add(wording.state(obligation, reader).label());
        values.add(due);
        values.add(
                open
                        ? ChronoUnit.DAYS.between(
                                wording.today(obligation.deadline().zone()), due)
                        : null);
        values.add(obligation.deadline().provisional() ? wording.text("deadline.provisional", reader) : null);
        values.add(wording.origin(obligation.deadline(), reader));
        values.add(
                obligation.closedAt() == null
                        ? null
                        : LocalDate.ofInstant(
                                obligation.closedAt(), obligation.deadline().zone()));
        values.add(answered);
        values.add(wording.nextActTo(obligation, reader));
        return values;
    }
}
