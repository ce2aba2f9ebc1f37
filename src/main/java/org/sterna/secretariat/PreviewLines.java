package org.sterna.secretariat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.campaigns.Preview;
import org.sterna.duties.Duty;
import org.sterna.pages.Wording;
import org.sterna.register.Holder;

/** Tells in words what opening a duty would do. */
@Component
class PreviewLines {

    /** A deadline; several of a name where it depends on the Party. */
    record Day(String label, List<String> days, String origin, boolean provisional, boolean past) {}

    /** A notice that would be written. */
    record Letter(
            String name,
            @Nullable String email,
            String language,
            boolean copy,
            @Nullable String insteadOf) {}

    /** A Party with whom would be told; or that is left out, and why. */
    record Told(String party, List<Letter> letters) {}

    /** A Party that is left out. */
    record Left(String party, @Nullable String reason) {}

    /** A vacant seat and who gets its work. */
    record Vacant(String seat, String goesTo) {}

    /** All of it. */
    record Summary(
            String duty,
            String title,
            String occasion,
            int opens,
            List<Left> already,
            List<Left> exempted,
            List<Left> notBound,
            @Nullable String late,
            long mails,
            String languages,
            List<Day> deadlines,
            List<Told> told,
            List<Vacant> vacant,
            List<String> unreachable) {}

    private final Wording wording;

    PreviewLines(Wording wording) {
        this.wording = wording;
    }

    Summary tell(Preview preview, Locale reader) {
        return new Summary(
                preview.duty(),
                wording.duty(preview.duty(), reader),
                preview.occasion(),
                preview.with(Preview.Fate.OPENS).size(),
                left(preview, Preview.Fate.ALREADY, reader),
                left(preview, Preview.Fate.EXEMPTED, reader),
                left(preview, Preview.Fate.NOT_BOUND, reader),
                preview.late() == null ? null : late(preview.late(), reader),
                preview.mailCount(),
                preview.mailsByLanguage().entrySet().stream()
                        .map(entry -> wording.text(
                                "secretariat.preview.in-language",
                                reader,
                                entry.getValue(),
                                wording.text("language." + entry.getKey(), reader)))
                        .collect(Collectors.joining(" · ")),
                preview.deadlineNames().stream()
                        .map(name -> day(preview, name, reader))
                        .toList(),
                preview.with(Preview.Fate.OPENS).stream()
                        .map(line -> told(line, reader))
                        .toList(),
                preview.vacancies().stream()
                        .map(vacancy -> vacant(vacancy, reader))
                        .toList(),
                Stream.concat(
                                preview.unreachable().stream()
                                        .map(mail -> wording.text(
                                                "secretariat.preview.no-address",
                                                reader,
                                                mail.holder().name(),
                                                wording.seat(mail.seatCode(), reader))),
                                preview.lines().stream()
                                        .filter(line -> line.unreachable()
                                                && line.mails().isEmpty())
                                        .map(line -> wording.text(
                                                "secretariat.preview.nobody",
                                                reader,
                                                line.party().name(reader))))
                        .toList());
    }

    /** Why a reason is asked for. */
    String late(Preview.Late late, Locale reader) {
        return wording.text("secretariat.late." + late.kind().code(), reader, wording.day(late.since(), reader));
    }

    private static List<Left> left(Preview preview, Preview.Fate fate, Locale reader) {
        return preview.with(fate).stream()
                .map(line -> new Left(line.party().name(reader), line.reason()))
                .toList();
    }

    private Day day(Preview preview, String name, Locale reader) {
        List<Deadline> deadlines = preview.deadlines(name);
        return new Day(
                deadlineName(preview.duty(), name, reader),
                deadlines.stream()
                        .map(deadline -> wording.day(deadline.on(), reader))
                        .distinct()
                        .toList(),
                wording.origin(deadlines.get(0), reader),
                deadlines.stream().anyMatch(Deadline::provisional),
                deadlines.stream().anyMatch(deadline -> deadline.on().isBefore(wording.today(deadline.zone()))));
    }

    /** What a deadline is called: the main one by that word, a further one by its own name. */
    String deadlineName(String duty, String name, Locale reader) {
        return name.equals(Duty.DUE) ? wording.text("column.deadline", reader) : wording.deadline(duty, name, reader);
    }

    private Told told(Preview.Line line, Locale reader) {
        return new Told(
                line.party().name(reader),
                line.mails().stream()
                        .map(mail -> new Letter(
                                mail.holder().name(),
                                mail.reachable() ? mail.holder().email() : null,
                                wording.text(
                                        "language." + mail.holder().language().getLanguage(), reader),
                                mail.copy(),
                                mail.elsewhere() ? wording.role(mail.seatCode(), reader) : null))
                        .toList());
    }

    private Vacant vacant(Preview.Vacancy vacancy, Locale reader) {
        String goesTo = vacancy.workGoesTo().stream()
                .map(Holder::seatCode)
                .distinct()
                .map(seat -> wording.role(seat, reader))
                .collect(Collectors.joining(", "));
        return new Vacant(
                wording.seat(vacancy.seatCode(), reader),
                goesTo.isEmpty() ? wording.text("secretariat.preview.goes-nowhere", reader) : goesTo);
    }
}
