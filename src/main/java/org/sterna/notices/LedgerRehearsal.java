package org.sterna.notices;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.Words;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Account;
import org.sterna.register.Holder;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Seat;
import org.sterna.register.SeatRole;
import org.sterna.register.Seats;

@Component
class LedgerRehearsal implements Rehearsal {

    /** Kind of a test; no call to act, so that it goes out whatever it is about. */
    static final String TEST = "test";

    /** More obligations than Parties. */
    private static final int MOST = 500;

    /** Kinds with common texts that every duty may send. */
    private static final List<String> COMMON = List.of(
            "opened",
            "reminder",
            "overdue",
            "escalation",
            "returned",
            "receipt",
            "accepted",
            "extended",
            "excused",
            "lapsed",
            "decision");

    private final Obligations obligations;
    private final ReminderClocks clocks;
    private final Duties duties;
    private final Words words;
    private final Parties parties;
    private final Seats seats;
    private final Wishes wishes;
    private final NoticeWriter writer;
    private final JdbcPartyLists lists;
    private final CaseValues values;
    private final Outbox outbox;
    private final MailGate gate;
    private final MessageSource messages;
    private final Clock clock;

    LedgerRehearsal(
            Obligations obligations,
            ReminderClocks clocks,
            Duties duties,
            Words words,
            Parties parties,
            Seats seats,
            Wishes wishes,
            NoticeWriter writer,
            JdbcPartyLists lists,
            CaseValues values,
            Outbox outbox,
            MailGate gate,
            MessageSource messages,
            Clock clock) {
        this.obligations = obligations;
        this.clocks = clocks;
        this.duties = duties;
        this.words = words;
        this.parties = parties;
        this.seats = seats;
        this.wishes = wishes;
        this.writer = writer;
        this.lists = lists;
        this.values = values;
        this.outbox = outbox;
        this.gate = gate;
        this.messages = messages;
        this.clock = clock;
    }

    /** An act that will come, with the obligation that it is about. */
    private record Coming(Obligation obligation, Instant at, Milestones.Act act) {}

    /**
     * A line with those whom it is written for.
     *
     * @param along what a list tells besides
     */
    private record Written(Line line, Coming coming, Holder reader, List<Coming> along) {

        /** What goes into one list. */
        private record Together(ListBook.Key list, LocalDate day) {}

        private Together together() {
            return new Together(entry(coming).list(), LocalDate.ofInstant(line.at(), Party.BONN));
        }

        private boolean gathers() {
            return JdbcPartyLists.gathers(request(coming), line.seatCode());
        }

        private Notices.Request request(Coming one) {
            return new Notices.Request(
                    one.obligation().id(),
                    one.act().milestone(),
                    LadderRules.code(one.act().rung().kind()),
                    List.of(line.seatCode()),
                    List.of(),
                    true,
                    Map.of());
        }

        private JdbcPartyLists.Entry entry(Coming one) {
            return new JdbcPartyLists.Entry(
                    request(one), one.obligation(), Outbox.key(line.email()), reader, line.seatCode(), line.copy());
        }

        private List<JdbcPartyLists.Entry> entries() {
            return Stream.concat(Stream.of(coming), along.stream())
                    .map(this::entry)
                    .toList();
        }

        /** The list in place of one notice for each. */
        private static Written list(List<Written> each) {
            Written first = each.get(0);
            Line line = first.line();
            return new Written(
                    new Line(
                            line.obligationId(),
                            line.duty(),
                            line.occasion(),
                            line.partyCode(),
                            line.at(),
                            JdbcPartyLists.milestone(
                                    first.together().list(), first.together().day()),
                            NoticeKinds.LIST,
                            first.entry(first.coming()).standing(),
                            line.copy(),
                            line.recipient(),
                            line.email(),
                            line.language(),
                            Way.SINGLE,
                            each.stream()
                                    .skip(1)
                                    .map(one -> one.line().partyCode())
                                    .toList()),
                    first.coming(),
                    first.reader(),
                    each.stream().skip(1).map(Written::coming).toList());
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> until(Instant horizon) {
        return written(obligations.planned(horizon), horizon).stream()
                .map(Written::line)
                .toList();
    }

    private List<Written> written(List<Obligation> planned, Instant horizon) {
        Instant now = clock.instant();
        Map<UUID, Milestones> running = clocks.of(planned);
        List<Coming> coming = planned.stream()
                .filter(obligation -> obligation.nextAct() != null)
                .flatMap(obligation ->
                        running
                                .get(obligation.id())
                                .until(now, obligation.nextAct().at(), horizon)
                                .stream()
                                .map(entry -> new Coming(obligation, entry.getKey(), entry.getValue())))
                .toList();
        Map<String, Party> known = parties.all().stream().collect(Collectors.toMap(Party::code, Function.identity()));
        Set<String> asked = new HashSet<>();
        coming.forEach(one -> {
            asked.addAll(seats(one.act().rung().to(), known.get(one.obligation().partyCode())));
            asked.addAll(
                    seats(one.act().rung().copies(), known.get(one.obligation().partyCode())));
        });
        Map<String, List<Holder>> reached = seats.mailedByEach(asked);
        Wishes.Known wished = wishes.known(
                coming.stream().map(one -> one.obligation().id()).collect(Collectors.toSet()),
                reached.values().stream().flatMap(List::stream).toList());
        List<Written> each = new ArrayList<>();
        coming.forEach(one -> each.addAll(lines(one, known, reached, wished)));
        each.sort(IN_ORDER);
        Map<Boolean, List<Written>> gathered = each.stream().collect(Collectors.partitioningBy(Written::gathers));
        List<Written> written = new ArrayList<>(gathered.get(false));
        gathered.get(true).stream()
                .collect(Collectors.groupingBy(Written::together, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(list -> written.add(Written.list(list)));
        written.sort(IN_ORDER);
        return written;
    }

    private static final Comparator<Written> IN_ORDER = Comparator.comparing(
                    (Written one) -> one.line().at())
            .thenComparing(one -> one.line().partyCode())
            .thenComparing(one -> one.line().email());

    private List<Written> lines(
            Coming coming, Map<String, Party> known, Map<String, List<Holder>> reached, Wishes.Known wished) {
        Rung rung = coming.act().rung();
        Party party = known.get(coming.obligation().partyCode());
        Map<String, Written> lines = new TreeMap<>();
        add(lines, seats(rung.to(), party), false, coming, reached, wished);
        add(lines, seats(rung.copies(), party), true, coming, reached, wished);
        return List.copyOf(lines.values());
    }

    private static void add(
            Map<String, Written> lines,
            Collection<String> seatCodes,
            boolean copy,
            Coming coming,
            Map<String, List<Holder>> reached,
            Wishes.Known wished) {
        Obligation obligation = coming.obligation();
        String kind = LadderRules.code(coming.act().rung().kind());
        for (String seatCode : seatCodes) {
            for (Holder holder : reached.getOrDefault(seatCode, List.of())) {
                Way way = wished.withheld(obligation, kind, holder, coming.at())
                        .map(why -> why == JdbcPreferences.Why.DIGEST ? Way.DIGEST : Way.SNOOZED)
                        .orElse(Way.SINGLE);
                lines.merge(
                        Outbox.key(holder.email()),
                        new Written(
                                new Line(
                                        obligation.id(),
                                        obligation.duty(),
                                        obligation.occasion(),
                                        obligation.partyCode(),
                                        coming.at(),
                                        coming.act().milestone(),
                                        kind,
                                        seatCode,
                                        copy,
                                        holder.name(),
                                        holder.email().strip(),
                                        NoticeWriter.language(holder.language()),
                                        way),
                                coming,
                                holder,
                                List.of()),
                        (first, other) -> other.gathers() && !first.gathers() ? other : first);
            }
        }
    }

    private static List<String> seats(List<String> roles, @Nullable Party party) {
        return party == null
                ? List.of()
                : roles.stream()
                        .flatMap(role -> SeatRole.of(role).stream())
                        .map(role -> Seat.code(role, party))
                        .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Text> text(UUID obligationId, String milestone, String email) {
        return obligations
                .find(obligationId)
                .filter(obligation -> obligation.nextAct() != null)
                .flatMap(obligation -> written(List.of(obligation), Instant.MAX).stream()
                        .filter(one -> one.line().milestone().equals(milestone)
                                && Outbox.key(one.line().email()).equals(Outbox.key(email)))
                        .findFirst())
                .map(this::text);
    }

    /** All that goes into a list with this one, which was looked for alone. */
    private Written whole(Written list) {
        Obligation one = list.coming().obligation();
        List<Obligation> all = obligations
                .list(
                        new Obligations.Filter(
                                one.duty(), null, one.occasion(), Set.of(Obligation.State.WITH_PARTY), false),
                        0,
                        MOST)
                .items();
        // clocks of the same day differ by hours at most
        return written(all, list.line().at().plus(Duration.ofDays(1))).stream()
                .filter(other -> other.line().milestone().equals(list.line().milestone())
                        && other.line().email().equals(list.line().email()))
                .findFirst()
                .orElse(list);
    }

    private Text text(Written written) {
        if (written.line().kind().equals(NoticeKinds.LIST)) {
            return text(lists.rehearsed(whole(written).entries()));
        }
        Coming coming = written.coming();
        Obligation obligation = coming.obligation()
                .by(
                        Rung.deadlineName(coming.act().id())
                                .orElse(coming.obligation().deadlineName()),
                        coming.act().deadline());
        Line line = written.line();
        String text = coming.act().rung().text();
        return text(writer.write(
                new Notices.Request(
                        obligation.id(),
                        line.milestone(),
                        line.kind(),
                        List.of(line.seatCode()),
                        List.of(),
                        true,
                        values.of(obligation, text == null ? line.kind() : text),
                        null,
                        text),
                obligation,
                obligations.moves(Set.of(obligation.id())),
                written.reader(),
                line.copy()));
    }

    private static Text text(NoticeWriter.Wording wording) {
        return new Text(wording.subject(), wording.text(), wording.html(), wording.language());
    }

    @Override
    public Set<String> kinds(String duty) {
        Set<String> kinds = new TreeSet<>(COMMON);
        words.names(duty + ".notice.").stream()
                .filter(name -> name.endsWith(".subject"))
                .map(name -> name.substring(0, name.indexOf('.')))
                .forEach(kinds::add);
        if (duties.find(duty).filter(Duty::voluntary).isPresent()) {
            kinds.remove("overdue");
        }
        return kinds;
    }

    @Override
    @Transactional(readOnly = true)
    public Text preview(String duty, String kind, String partyCode, @Nullable Locale language) {
        return text(wording(duty, kind, partyCode, language));
    }

    private NoticeWriter.Wording wording(String dutyKey, String kind, String partyCode, @Nullable Locale language) {
        Duty duty = duties.get(dutyKey);
        Party party = parties.find(partyCode)
                .orElseThrow(() -> new IllegalArgumentException("There is no Party " + partyCode));
        if (!kinds(dutyKey).contains(kind)) {
            throw new IllegalArgumentException("The duty %s has no notices of kind '%s'".formatted(dutyKey, kind));
        }
        Obligation made = new Obligation(
                UUID.nameUUIDFromBytes(new byte[] {0}),
                dutyKey,
                "preview",
                party.code(),
                Obligation.State.WITH_PARTY,
                new Deadline(
                        LocalDate.now(clock.withZone(Party.BONN)).plusDays(30),
                        Party.BONN,
                        Deadline.Origin.RULE,
                        null,
                        false),
                clock.instant(),
                null,
                false,
                null);
        Holder holder = seats.reachedBy(Seat.code(SeatRole.of(duty.holder()).orElseThrow(), party)).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nobody can be reached for the Party " + partyCode));
        Holder reader = language == null
                ? holder
                : new Holder(
                        holder.id(),
                        holder.seatCode(),
                        holder.username(),
                        holder.name(),
                        holder.email(),
                        language,
                        holder.from(),
                        holder.to(),
                        holder.confirmed(),
                        holder.evidence());
        Map<String, String> shown = new HashMap<>();
        for (String name : words.names(dutyKey + ".notice." + kind + ".value.")) {
            shown.put(name, "…");
        }
        shown.put("reasons", "…");
        shown.put("receipt", "S-0000-000000");
        duty.steps().stream()
                .filter(step -> step.seat().equals(duty.holder()))
                .findFirst()
                .ifPresent(step -> shown.put(NoticeKinds.STEP, step.key()));
        return writer.write(
                new Notices.Request(
                        made.id(),
                        kind,
                        kind,
                        List.of(holder.seatCode()),
                        List.of(),
                        !NoticeKinds.information(kind),
                        shown),
                made,
                Map.of(),
                reader,
                false);
    }

    @Override
    @Transactional
    public Notice sendTest(String duty, String kind, String partyCode, @Nullable Locale language, Account to) {
        NoticeWriter.Wording wording = wording(duty, kind, partyCode, language);
        Notices.Gate now = gate.forAll();
        UUID id = UUID.randomUUID();
        Notice test = new Notice(
                id,
                id,
                TEST + "@" + id,
                TEST,
                SeatRole.SECRETARIAT.code(),
                false,
                PlainText.line(to.displayName(), NoticeWriter.LONGEST_NAME),
                to.email().strip(),
                wording.language(),
                messages.getMessage("notice.test.subject", new Object[] {wording.subject()}, wording.language()),
                wording.text(),
                wording.html(),
                "<test." + id + "@" + writer.host() + ">",
                now.open() ? Notice.State.QUEUED : Notice.State.HELD,
                now.reason(),
                null,
                0,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null,
                wording.calendar());
        outbox.put(test);
        return test;
    }
}
