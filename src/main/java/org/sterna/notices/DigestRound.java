package org.sterna.notices;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.calendar.Deadline;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.OpenTask;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Holder;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.Seats;
import org.sterna.register.Today;

/**
 * Writes the digests of the day, each once on whichever node comes first, in the morning of the Party; and reminds those
 * whose snooze is over. After days of standstill only today's digest is written.
 */
@Component
class DigestRound implements DigestRounds {

    /** Kind of a digest. */
    static final String DIGEST = "digest";

    /** From when on the day's digest is written, on the clock of the Party. Default, configurable. */
    static final LocalTime MORNING = LocalTime.of(7, 0);

    /** What is due soon. Default, configurable. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final Logger LOG = LoggerFactory.getLogger(DigestRound.class);

    /** Where a day begins first; until it does, it has come for no Party. */
    private static final ZoneOffset EASTERNMOST = ZoneOffset.ofHours(14);

    private final JdbcPreferences preferences;
    private final Accounts accounts;
    private final Parties parties;
    private final Seats seats;
    private final Obligations obligations;
    private final Ledger ledger;
    private final Duties duties;
    private final DigestWriter digests;
    private final NoticeWriter writer;
    private final Outbox outbox;
    private final MailGate gate;
    private final NoticeSettings settings;
    private final TransactionTemplate transaction;
    private final Today today;
    private final Clock clock;

    DigestRound(
            JdbcPreferences preferences,
            Accounts accounts,
            Parties parties,
            Seats seats,
            Obligations obligations,
            Ledger ledger,
            Duties duties,
            DigestWriter digests,
            NoticeWriter writer,
            Outbox outbox,
            MailGate gate,
            NoticeSettings settings,
            PlatformTransactionManager transactions,
            Today today,
            Clock clock) {
        this.preferences = preferences;
        this.accounts = accounts;
        this.parties = parties;
        this.seats = seats;
        this.obligations = obligations;
        this.ledger = ledger;
        this.duties = duties;
        this.digests = digests;
        this.writer = writer;
        this.outbox = outbox;
        this.gate = gate;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.today = today;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${sterna.notices.digest.delay:PT10M}")
    void look() {
        if (settings.sender().enabled()) {
            run();
        }
    }

    /** One failure stops no other. */
    @Override
    public void run() {
        for (JdbcPreferences.Over over : preferences.over(LocalDate.ofInstant(clock.instant(), EASTERNMOST))) {
            alone(() -> wake(over), over.username());
        }
        for (String username : preferences.digests()) {
            alone(() -> write(username), username);
        }
    }

    private void alone(Runnable work, String username) {
        try {
            transaction.executeWithoutResult(status -> work.run());
        } catch (DuplicateKeyException otherNode) {
            LOG.debug("Another node writes to {}", username);
        } catch (RuntimeException e) {
            LOG.warn("The digest or reminder of an account could not be written; the next round tries again", e);
        }
    }

    private void write(String username) {
        Optional<Account> reader = accounts.find(username).filter(account -> account.partyCode() != null);
        Optional<Party> party = reader.flatMap(account -> parties.find(account.partyCode()));
        if (party.isEmpty()) {
            return;
        }
        ZonedDateTime here = clock.instant().atZone(party.get().zone());
        if (here.toLocalTime().isBefore(MORNING) || !preferences.begin(username, here.toLocalDate())) {
            return;
        }
        List<DigestWriter.Section> sections = sections(reader.get(), here.toLocalDate());
        preferences.told(username, here.toLocalDate());
        sections.stream()
                .flatMap(section -> section.obligations().stream())
                .findFirst()
                .ifPresent(first -> put(reader.get(), party.get(), here.toLocalDate(), sections, first));
    }

    private List<DigestWriter.Section> sections(Account reader, LocalDate day) {
        Map<UUID, String> gathered = preferences.gathered(reader.username());
        Map<UUID, List<OpenTask>> steps =
                obligations.tasksOf(reader.seats()).stream().collect(Collectors.groupingBy(OpenTask::obligationId));
        Set<UUID> ids = new HashSet<>(gathered.keySet());
        ids.addAll(steps.keySet());
        Map<UUID, Map<String, Deadline>> deadlines = obligations.deadlines(ids);
        Map<UUID, Map<String, LocalDate>> snoozed = preferences.snoozed(ids);
        Instant now = clock.instant();
        List<Obligation> starting = new ArrayList<>();
        List<Obligation> soon = new ArrayList<>();
        List<Obligation> overdue = new ArrayList<>();
        obligations.findAll(ids).stream()
                .filter(obligation -> obligation.state() == Obligation.State.WITH_PARTY)
                .filter(obligation -> obligation.partyCode().equals(reader.partyCode()))
                .sorted(Comparator.comparing(
                                (Obligation obligation) -> obligation.deadline().at())
                        .thenComparing(Obligation::businessKey))
                .forEach(obligation -> {
                    Obligation step = byStep(
                            obligation,
                            steps.getOrDefault(obligation.id(), List.of()),
                            deadlines.getOrDefault(obligation.id(), Map.of()));
                    LocalDate until =
                            snoozed.getOrDefault(obligation.id(), Map.of()).get(reader.username());
                    if (obligation.overdue(now)) {
                        if (binds(obligation)) {
                            overdue.add(obligation);
                        }
                    } else if ("opened".equals(gathered.get(obligation.id()))) {
                        starting.add(step);
                    } else if ((until == null || !day.isBefore(until))
                            && (gathered.containsKey(obligation.id())
                                    || step.deadline().at().isBefore(now.plus(SOON)))) {
                        soon.add(step);
                    }
                });
        return List.of(
                new DigestWriter.Section("overdue", overdue),
                new DigestWriter.Section("soon", soon),
                new DigestWriter.Section("starting", starting));
    }

    /** The obligation as the first of those steps is due that wait for the reader. */
    private static Obligation byStep(Obligation obligation, List<OpenTask> steps, Map<String, Deadline> deadlines) {
        return steps.stream()
                .map(step -> step.by(obligation, deadlines))
                .min(Comparator.comparing(step -> step.deadline().at()))
                .orElse(obligation);
    }

    /** Whether to miss the deadline is to be overdue. */
    private boolean binds(Obligation obligation) {
        return !obligation.deadline().provisional()
                && duties.find(obligation.duty())
                        .filter(duty -> !duty.voluntary()
                                && duty.binding(obligation.deadlineName()).equals(obligation.deadlineName()))
                        .isPresent();
    }

    private void put(
            Account reader, Party party, LocalDate day, List<DigestWriter.Section> sections, Obligation first) {
        NoticeWriter.Wording wording = digests.write(reader, party, day, sections);
        Holder reached = holder(reader, first);
        String seat = reached == null ? "" : reached.seatCode();
        put(
                first,
                DIGEST + "@" + day,
                DIGEST,
                seat,
                reader.email(),
                wording,
                "<digest." + UUID.nameUUIDFromBytes((reader.username() + "\n" + day).getBytes(StandardCharsets.UTF_8))
                        + "@" + writer.host() + ">");
    }

    private void put(
            Obligation obligation,
            String milestone,
            String kind,
            String seat,
            String email,
            NoticeWriter.Wording wording,
            String messageId) {
        Notices.Gate now = gate.forAll();
        boolean written = outbox.put(new Notice(
                UUID.randomUUID(),
                obligation.id(),
                milestone,
                kind,
                seat,
                false,
                wording.recipient(),
                email.strip(),
                wording.language(),
                wording.subject(),
                wording.text(),
                wording.html(),
                messageId,
                now.open() ? Notice.State.QUEUED : Notice.State.HELD,
                now.reason(),
                null,
                0,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null,
                wording.calendar()));
        if (written) {
            ledger.record(
                    obligation.id(),
                    LedgerEvent.Kind.NOTICE_ISSUED,
                    LedgerEvent.SYSTEM,
                    Map.of("kind", kind, "seat", seat, "milestone", milestone));
        }
    }

    /** Reminds one account once, if there still is something to do and time for it. */
    private void wake(JdbcPreferences.Over over) {
        Obligation obligation = obligations.find(over.obligationId()).orElse(null);
        if (obligation != null && today.ofParty(obligation.partyCode()).isBefore(over.until())) {
            return;
        }
        if (!preferences.markWoken(over)) {
            return;
        }
        if (obligation == null
                || obligation.state() != Obligation.State.WITH_PARTY
                || !obligation.deadline().at().isAfter(clock.instant())) {
            return;
        }
        Account account = accounts.find(over.username()).orElse(null);
        Holder reader = account == null ? null : holder(account, obligation);
        if (reader == null) {
            return;
        }
        String name = obligation.deadlineName().equals(Duty.DUE) ? "" : obligation.deadlineName() + ".";
        String milestone =
                name + "snooze-" + over.until() + "@" + obligation.deadline().on();
        String key = Outbox.key(reader.email());
        if (preferences.digest(over.username())) {
            preferences.withhold(
                    obligation.id(), milestone, key, over.username(), NoticeKinds.REMINDER, JdbcPreferences.Why.DIGEST);
            return;
        }
        NoticeWriter.Wording wording = writer.write(
                new Notices.Request(
                        obligation.id(),
                        milestone,
                        NoticeKinds.REMINDER,
                        List.of(reader.seatCode()),
                        List.of(),
                        true,
                        Map.of()),
                byStep(
                        obligation,
                        obligations.tasks(obligation.id()).stream()
                                .filter(step -> step.seatCode().equals(reader.seatCode()))
                                .toList(),
                        obligations.deadlines(Set.of(obligation.id())).getOrDefault(obligation.id(), Map.of())),
                obligations.moves(Set.of(obligation.id())),
                reader,
                false);
        put(
                obligation,
                milestone,
                NoticeKinds.REMINDER,
                reader.seatCode(),
                reader.email(),
                wording,
                "<snooze."
                        + UUID.nameUUIDFromBytes(
                                (obligation.id() + "\n" + milestone + "\n" + key).getBytes(StandardCharsets.UTF_8))
                        + "@" + writer.host() + ">");
    }

    /** The account in one of the seats whose work reaches it. */
    private @Nullable Holder holder(Account account, Obligation obligation) {
        Set<String> ofParty = new HashSet<>(account.seats());
        ofParty.removeIf(seat -> !obligation.ofParty(seat));
        return seats.reachedByEach(ofParty).values().stream()
                .flatMap(List::stream)
                .filter(holder -> account.username().equals(holder.username()))
                .min(Comparator.comparing(Holder::seatCode))
                .orElse(null);
    }
}
