package org.sterna.secretariat;

import java.text.Collator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.pages.Wording;
import org.sterna.register.Holder;
import org.sterna.register.Instruments;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

/** Lays the ledger out as a matrix, in words: the same few statements whatever it holds. */
@Component
class MatrixLines {

    static final String ADDRESS = "/secretariat/matrix";

    /** How near a deadline is that is called near. */
    private static final Duration NEAR = Duration.ofDays(7);

    /** Seats whose holders can be looked for by name. */
    private static final List<SeatRole> LOOKED_THROUGH =
            List.of(SeatRole.NFP, SeatRole.ALT, SeatRole.MIN, SeatRole.MFA, SeatRole.FIN, SeatRole.SCC);

    private final Obligations obligations;
    private final Duties duties;
    private final Parties parties;
    private final Instruments instruments;
    private final Seats seats;
    private final Stillness stillness;
    private final Wording wording;

    MatrixLines(
            Obligations obligations,
            Duties duties,
            Parties parties,
            Instruments instruments,
            Seats seats,
            Stillness stillness,
            Wording wording) {
        this.obligations = obligations;
        this.duties = duties;
        this.parties = parties;
        this.instruments = instruments;
        this.seats = seats;
        this.stillness = stillness;
        this.wording = wording;
    }

    Matrix of(Matrix.Choice choice, Locale reader) {
        List<Duty> columns = duties.all().stream()
                .filter(duty -> choice.group().isEmpty() || duty.group().code().equals(choice.group()))
                .sorted(Comparator.comparing(Duty::group).thenComparing(Duty::code))
                .toList();
        Map<String, Map<String, Obligations.Standing>> standings = standings(choice, columns);
        List<Party> all = parties.all();
        Map<String, List<Holder>> inOffice = inOffice(all);
        Predicate<Party> wanted = wanted(choice, inOffice);
        List<Party> rows = all.stream()
                .filter(wanted)
                .filter(party -> choice.state().isEmpty() || standings.containsKey(party.code()))
                .sorted(order(choice, standings, reader))
                .toList();
        Set<String> shown = rows.stream().map(Party::code).collect(Collectors.toSet());
        standings.keySet().retainAll(shown);
        List<Duty> used = columns.stream()
                .filter(duty -> standings.values().stream().anyMatch(row -> row.containsKey(duty.key())))
                .toList();
        Words words = new Words(reader);
        return new Matrix(
                used.stream()
                        .map(duty -> column(duty, standings, choice, reader))
                        .toList(),
                used.isEmpty()
                        ? List.of()
                        : rows.stream()
                                .map(party -> row(party, used, standings, inOffice, words))
                                .toList(),
                order(Matrix.PARTY, choice, reader),
                order(Matrix.REGION, choice, reader));
    }

    /** What fits the choice, by Party and duty. */
    private Map<String, Map<String, Obligations.Standing>> standings(Matrix.Choice choice, List<Duty> columns) {
        Set<String> keys = columns.stream().map(Duty::key).collect(Collectors.toSet());
        List<Obligations.Standing> found = choice.occasion().isEmpty()
                ? obligations.now()
                : obligations.of(choice.occasion(), keys).stream()
                        .map(obligation -> new Obligations.Standing(obligation, 0))
                        .toList();
        Predicate<Obligation> fits = fits(choice.state());
        Map<String, Map<String, Obligations.Standing>> standings = new HashMap<>();
        for (Obligations.Standing standing : found) {
            Obligation obligation = standing.obligation();
            if (keys.contains(obligation.duty()) && fits.test(obligation)) {
                standings
                        .computeIfAbsent(obligation.partyCode(), party -> new HashMap<>())
                        .put(obligation.duty(), standing);
            }
        }
        return standings;
    }

    private Predicate<Obligation> fits(String state) {
        Instant now = wording.now();
        return switch (state) {
            case "" -> obligation -> true;
            case "open" -> obligation -> obligation.state().open();
            case "overdue" -> wording::overdue;
            case "due" ->
                obligation -> partyHasToAct(obligation)
                        && !obligation.deadline().at().isBefore(now)
                        && !obligation.deadline().at().isAfter(now.plus(NEAR));
            case "stuck" -> stuck();
            default -> obligation -> obligation.state().code().equals(state);
        };
    }

    private Predicate<Obligation> stuck() {
        Obligations.Stuck stuck = stillness.now();
        return obligation -> stuck.includes(
                obligation,
                duties.find(obligation.duty())
                        .filter(duty -> !duty.ladder().isEmpty())
                        .isPresent());
    }

    private static boolean partyHasToAct(Obligation obligation) {
        return obligation.state() == Obligation.State.OPENING || obligation.state() == Obligation.State.WITH_PARTY;
    }

    private Map<String, List<Holder>> inOffice(List<Party> all) {
        return seats.inOffice(all.stream()
                .flatMap(party -> LOOKED_THROUGH.stream().map(role -> Seat.code(role, party.code())))
                .toList());
    }

    private Predicate<Party> wanted(Matrix.Choice choice, Map<String, List<Holder>> inOffice) {
        Set<String> members =
                instruments.all().stream().anyMatch(one -> one.code().equals(choice.instrument()))
                        ? instruments.parties(choice.instrument())
                        : Set.of();
        String name = choice.holder().toLowerCase(Locale.ROOT);
        return party -> (choice.region().isEmpty() || party.region().code().equals(choice.region()))
                && (choice.language().isEmpty()
                        || party.language().getLanguage().equals(choice.language()))
                && (choice.instrument().isEmpty() || members.contains(party.code()))
                && (choice.seat().isEmpty()
                        || People.code(focalPoint(party, inOffice)).equals(choice.seat()))
                && (name.isEmpty()
                        || LOOKED_THROUGH.stream()
                                .flatMap(role ->
                                        inOffice.getOrDefault(Seat.code(role, party.code()), List.of()).stream())
                                .anyMatch(holder ->
                                        holder.name().toLowerCase(Locale.ROOT).contains(name)));
    }

    private static Optional<Holder> focalPoint(Party party, Map<String, List<Holder>> inOffice) {
        return People.first(inOffice.get(Seat.code(SeatRole.NFP, party.code())));
    }

    /** By the column chosen; what has no cell there comes last whichever way, and equals are sorted by name. */
    private Comparator<Party> order(
            Matrix.Choice choice, Map<String, Map<String, Obligations.Standing>> standings, Locale reader) {
        Collator collator = Collator.getInstance(reader);
        Comparator<Party> byName = Comparator.comparing(party -> party.name(reader), collator);
        if (choice.sort().equals(Matrix.PARTY)) {
            return choice.down() ? byName.reversed() : byName;
        }
        if (choice.sort().equals(Matrix.REGION)) {
            Comparator<Party> byRegion = Comparator.comparing(
                    party -> wording.text("region." + party.region().code(), reader), collator);
            return (choice.down() ? byRegion.reversed() : byRegion).thenComparing(byName);
        }
        Comparator<Obligation> byUrgency = Comparator.<Obligation, Boolean>comparing(
                        obligation -> !obligation.state().open())
                .thenComparing(obligation -> obligation.deadline().at());
        return Comparator.<Party, @Nullable Obligation>comparing(
                        party -> Optional.ofNullable(standings
                                        .getOrDefault(party.code(), Map.of())
                                        .get(choice.sort()))
                                .map(Obligations.Standing::obligation)
                                .orElse(null),
                        Comparator.nullsLast(choice.down() ? byUrgency.reversed() : byUrgency))
                .thenComparing(byName);
    }

    private Matrix.Column column(
            Duty duty, Map<String, Map<String, Obligations.Standing>> standings, Matrix.Choice choice, Locale reader) {
        int asked = 0;
        int ended = 0;
        int undelivered = 0;
        for (Map<String, Obligations.Standing> row : standings.values()) {
            Obligations.Standing standing = row.get(duty.key());
            if (standing != null) {
                asked++;
                Obligation.State state = standing.obligation().state();
                undelivered += state == Obligation.State.LAPSED ? 1 : 0;
                ended += state.open() || state == Obligation.State.LAPSED ? 0 : 1;
            }
        }
        return new Matrix.Column(
                duty.key(),
                duty.code(),
                wording.duty(duty.key(), reader),
                wording.text("duty.group." + duty.group().code(), reader),
                wording.text("matrix.ended", reader, ended, asked, undelivered),
                order(duty.key(), choice, reader));
    }

    private Matrix.Order order(String column, Matrix.Choice choice, Locale reader) {
        boolean sorted = choice.sort().equals(column);
        return new Matrix.Order(
                choice.sortedBy(ADDRESS, column),
                sorted ? choice.down() ? "descending" : "ascending" : null,
                sorted ? wording.text(choice.down() ? "matrix.sort.down" : "matrix.sort.up", reader) : null);
    }

    private Matrix.Row row(
            Party party,
            List<Duty> columns,
            Map<String, Map<String, Obligations.Standing>> standings,
            Map<String, List<Holder>> inOffice,
            Words words) {
        Map<String, Obligations.Standing> own = standings.getOrDefault(party.code(), Map.of());
        List<Matrix.@Nullable Cell> cells = new ArrayList<>(columns.size());
        for (Duty duty : columns) {
            Obligations.Standing standing = own.get(duty.key());
            cells.add(
                    standing == null
                            ? null
                            : new Matrix.Cell(standing.obligation().id(), words.content(standing), standing));
        }
        return new Matrix.Row(
                party.code(),
                party.name(words.reader),
                wording.text("region." + party.region().code(), words.reader),
                focalPoint(party, inOffice).map(Holder::name).orElse(null),
                cells);
    }

    /**
     * What makes two cells say the same at one moment; whether a deadline is past is worked out from it.
     *
     * @param closedOn when it ended, in the deadline's zone; null while it has not
     */
    private record Said(
            String duty,
            Obligation.State state,
            boolean late,
            String deadlineName,
            LocalDate due,
            ZoneId zone,
            boolean provisional,
            @Nullable LocalDate closedOn,
            Obligation.@Nullable NextAct act,
            long others) {}

    /** The words of one matrix; what thousands of cells say alike is put into words once. */
    private final class Words {

        private final Locale reader;
        private final Map<Said, Matrix.Content> contents = new HashMap<>();

        Words(Locale reader) {
            this.reader = reader;
        }

        Matrix.Content content(Obligations.Standing standing) {
            Obligation obligation = standing.obligation();
            Deadline deadline = obligation.deadline();
            Instant closed = obligation.closedAt();
            Said said = new Said(
                    obligation.duty(),
                    obligation.state(),
                    obligation.late(),
                    obligation.deadlineName(),
                    deadline.on(),
                    deadline.zone(),
                    deadline.provisional(),
                    closed == null ? null : LocalDate.ofInstant(closed, deadline.zone()),
                    obligation.nextAct(),
                    standing.others());
            Matrix.Content content = contents.get(said);
            if (content == null) {
                content = content(said, obligation);
                contents.put(said, content);
            }
            return content;
        }

        private Matrix.Content content(Said said, Obligation obligation) {
            Wording.Tag tag = wording.state(obligation, reader);
            boolean open = said.state().open();
            return new Matrix.Content(
                    "cell is-" + tag.code()
                            + (said.provisional() && open ? " provisional" : "")
                            + (said.late() ? " belated" : ""),
                    tag.sign(),
                    tag.label(),
                    open ? due(obligation) : said.closedOn() == null ? "" : wording.shortDay(said.closedOn(), reader),
                    wording.nextActTo(obligation, reader),
                    said.others() == 0 ? null : wording.text("matrix.others", reader, said.others()));
        }

        private String due(Obligation obligation) {
            boolean provisional = obligation.deadline().provisional();
            return (provisional ? "~ " : "")
                    + wording.shortDay(obligation.deadline().on(), reader)
                    + (provisional ? " (" + wording.text("deadline.provisional", reader) + ")" : "")
                    + " · "
                    + wording.due(obligation, reader).distance();
        }
    }
}
