package org.sterna.secretariat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.ModelAndView;
import org.sterna.calendar.Deadline;
import org.sterna.campaigns.InvalidMove;
import org.sterna.campaigns.MeetingMoves;
import org.sterna.campaigns.MeetingMoves.Fate;
import org.sterna.campaigns.MeetingMoves.Item;
import org.sterna.campaigns.MeetingMoves.Move;
import org.sterna.campaigns.MeetingMoves.Preview;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.pages.Wording;
import org.sterna.register.Account;

/** Changes of dates in words: shown before they are confirmed, and while they are worked off. */
@Component
class MoveLines {

    private static final int LATEST = 5;

    /** Something known, with its label. */
    record Fact(String label, String value) {}

    /** What is to be confirmed: its title, the page that sent it and is sent it again, and what was typed there. */
    record Act(String title, String page, List<Fact> facts, Map<String, String> fields) {}

    /** Deadlines of several Parties that are the same and become the same. */
    record Row(
            String duty,
            String from,
            @Nullable String to,
            @Nullable String why,
            List<String> parties) {}

    /** A change that was confirmed. */
    record Line(
            UUID id,
            String title,
            String before,
            String after,
            @Nullable String reference,
            String by,
            String at) {}

    private record Sort(
            String duty,
            String deadline,
            Fate fate,
            Deadline from,
            @Nullable Deadline to) {}

    private final MeetingMoves moves;
    private final Duties duties;
    private final MeetingDays days;
    private final Wording wording;

    MoveLines(MeetingMoves moves, Duties duties, MeetingDays days, Wording wording) {
        this.moves = moves;
        this.duties = duties;
        this.days = days;
        this.wording = wording;
    }

    Fact fact(String label, String value, Locale reader) {
        return new Fact(wording.text(label, reader), value);
    }

    /**
     * Confirms the change if nothing hangs on it or what would happen was seen, else shows that.
     *
     * @return null if the change is made and nothing had to follow it
     * @throws InvalidMove if something typed is wrong
     */
    @Nullable
    ModelAndView act(
            MeetingMoves.Change change, @Nullable String seen, Account member, Act act, Locale reader, Model model) {
        Preview preview = moves.preview(change);
        if (seen == null && !preview.items().isEmpty()) {
            return check(preview, act, null, reader, model);
        }
        try {
            UUID id = moves.confirm(change, seen == null ? preview.seen() : seen, member.username());
            return preview.items().isEmpty() ? null : new ModelAndView("redirect:/secretariat/moves/" + id);
        } catch (InvalidMove refused) {
            if (refused.field().equals("seen")) {
                return check(preview, act, refused.getMessage(), reader, model);
            }
            throw refused;
        }
    }

    private ModelAndView check(Preview preview, Act act, @Nullable String problem, Locale reader, Model model) {
        model.addAttribute("act", act);
        model.addAttribute("problem", problem);
        model.addAttribute("seen", preview.seen());
        model.addAttribute("reference", preview.change().reference());
        List<Item> moving = preview.items().stream()
                .filter(item -> item.fate() == Fate.MOVES)
                .toList();
        model.addAttribute("moving", moving.size());
        model.addAttribute("staying", preview.items().size() - moving.size());
        model.addAttribute("rows", rows(preview.items(), reader));
        model.addAttribute(
                "told",
                preview.told().stream().map(code -> wording.party(code, reader)).toList());
        return new ModelAndView(
                "secretariat/move-check",
                model.asMap(),
                problem == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private List<Row> rows(List<Item> items, Locale reader) {
        Map<Sort, List<String>> parties = new LinkedHashMap<>();
        for (Item item : items) {
            parties.computeIfAbsent(
                            new Sort(item.duty(), item.deadline(), item.fate(), item.from(), item.to()),
                            sort -> new ArrayList<>())
                    .add(wording.party(item.partyCode(), reader));
        }
        return parties.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), reader))
                .toList();
    }

    private Row row(Sort sort, List<String> parties, Locale reader) {
        return new Row(
                title(sort.duty(), sort.deadline(), reader),
                day(sort.from(), reader),
                sort.to() == null ? null : day(sort.to(), reader),
                sort.fate() == Fate.MOVES
                        ? null
                        : wording.text("secretariat.move.stays." + sort.fate().code(), reader),
                parties);
    }

    private String day(Deadline deadline, Locale reader) {
        String day = wording.day(deadline.on(), reader);
        return deadline.provisional() ? wording.text("secretariat.move.provisional", reader, day) : day;
    }

    /** The duty, and the deadline where it is not the main one. */
    private String title(String key, String deadline, Locale reader) {
        String title = wording.duty(key, reader);
        return deadline.equals(Duty.DUE)
                ? title
                : wording.text("secretariat.move.further", reader, title, wording.deadline(key, deadline, reader));
    }

    /** What a date is notified for: a deadline of a duty, or a kind of document. */
    String subject(String subject, Locale reader) {
        String[] parts = subject.split("\\.", 2);
        return duties.find(parts[0]).isPresent()
                ? title(parts[0], parts.length > 1 ? parts[1] : Duty.DUE, reader)
                : wording.textOr("secretariat.meeting.subject." + subject, subject, reader);
    }

    List<Line> latest(String occasion, Locale reader) {
        return moves.latest(occasion, LATEST).stream()
                .map(move -> line(move, reader))
                .toList();
    }

    Line line(Move move, Locale reader) {
        return new Line(
                move.id(),
                move.subject() == null
                        ? wording.text("secretariat.move.title", reader, move.occasion())
                        : wording.text(
                                "secretariat.notified.title.of",
                                reader,
                                subject(move.subject(), reader),
                                move.occasion()),
                whole(move.before(), reader),
                whole(move.after(), reader),
                move.reference(),
                wording.person(move.by(), reader),
                wording.moment(move.at(), reader));
    }

    private String whole(MeetingMoves.Dates dates, Locale reader) {
        return days.whole(dates.opening(), dates.closing(), dates.provisional(), reader);
    }
}
