package org.sterna.notices;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Rung;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.obligations.Obligations.Page;
import org.sterna.register.Holder;
import org.sterna.register.Seats;

/** Words notices and puts them into the outbox; sending is the {@link NoticeSender}'s. */
@Component
class JdbcNotices implements Notices {

    private final Outbox outbox;
    private final MailGate gate;
    private final NoticeWriter writer;
    private final NoticeSender sender;
    private final Wishes wishes;
    private final JdbcPartyLists lists;
    private final Seats seats;
    private final Obligations obligations;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String host;

    JdbcNotices(
            Outbox outbox,
            MailGate gate,
            NoticeWriter writer,
            NoticeSender sender,
            Wishes wishes,
            JdbcPartyLists lists,
            Seats seats,
            Obligations obligations,
            Ledger ledger,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${sterna.base-url}") String baseUrl) {
        this.outbox = outbox;
        this.gate = gate;
        this.writer = writer;
        this.sender = sender;
        this.wishes = wishes;
        this.lists = lists;
        this.seats = seats;
        this.obligations = obligations;
        this.ledger = ledger;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.host = host(baseUrl);
    }

    /** The host by which Message-IDs and the list are named. */
    static String host(String baseUrl) {
        String host = URI.create(baseUrl).getHost();
        return host == null ? "localhost" : host;
    }

    /** Who is told, by which seat. */
    private record Addressee(Holder holder, String seatCode, boolean copy) {}

    /** A request that a reader does not want as a mail of its own. */
    private record Withheld(Request request, String key, Addressee addressee, JdbcPreferences.Why why) {}

    @Override
    public int issue(List<Request> requests) {
        return transaction.execute(status -> {
            List<Withheld> withheld = new ArrayList<>();
            List<JdbcPartyLists.Entry> gathered = new ArrayList<>();
            Gate now = gate.forAll();
            List<Notice> written = outbox.put(worded(requests, now, withheld, gathered));
            List<Ledger.Fact> facts = new ArrayList<>();
            written.forEach(notice -> facts.add(
                    issued(notice.obligationId(), notice.kind(), notice.seatCode(), notice.milestone(), null)));
            for (Withheld one : withheld) {
                Request request = one.request();
                if (wishes.note(request, one.key(), one.addressee().holder(), one.why())) {
                    facts.add(issued(
                            request.obligationId(),
                            request.kind(),
                            one.addressee().seatCode(),
                            request.milestone(),
                            one.why()));
                }
            }
            lists.gather(gathered, now).forEach((entry, noticeId) -> facts.add(listed(entry, noticeId)));
            if (facts.isEmpty()) {
                return 0;
            }
            ledger.record(facts);
            facts.forEach(fact -> LedgerClocks.told(fact.obligationId()));
            sendAfterCommit();
            return written.size() + gathered.size();
        });
    }

    private static Ledger.Fact issued(
            UUID obligationId, String kind, String seatCode, String milestone, JdbcPreferences.@Nullable Why withheld) {
        Map<String, String> details = new HashMap<>(Map.of("kind", kind, "seat", seatCode, "milestone", milestone));
        if (withheld != null) {
            details.put("withheld", withheld.name().toLowerCase(Locale.ROOT));
        }
        return new Ledger.Fact(obligationId, LedgerEvent.Kind.NOTICE_ISSUED, LedgerEvent.SYSTEM, details);
    }

    /** That a rung was told to a seat with others of its kind, and by which notice. */
    private static Ledger.Fact listed(JdbcPartyLists.Entry entry, UUID noticeId) {
        Request request = entry.request();
        return new Ledger.Fact(
                request.obligationId(),
                LedgerEvent.Kind.NOTICE_ISSUED,
                LedgerEvent.SYSTEM,
                Map.of(
                        "kind", request.kind(),
                        "seat", entry.seatCode(),
                        "milestone", request.milestone(),
                        "list", noticeId.toString()));
    }

    /**
     * The notices of all who have none for the milestone yet.
     *
     * @param withheld gets what its readers do not want as mails of their own
     * @param gathered gets what goes into lists of Parties
     */
    private List<Notice> worded(
            List<Request> requests, Gate now, List<Withheld> withheld, List<JdbcPartyLists.Entry> gathered) {
        Set<UUID> ids = requests.stream().map(Request::obligationId).collect(Collectors.toSet());
        Map<UUID, Obligation> about =
                obligations.findAll(ids).stream().collect(Collectors.toMap(Obligation::id, obligation -> obligation));
        Set<String> seatCodes = new HashSet<>();
        requests.forEach(request -> {
            seatCodes.addAll(request.to());
            seatCodes.addAll(request.copies());
        });
        Map<String, List<Holder>> reached = seats.mailedByEach(seatCodes);
        Set<String> milestones = requests.stream().map(Request::milestone).collect(Collectors.toSet());
        Set<Outbox.Told> told = outbox.told(ids, milestones);
        if (requests.stream().anyMatch(JdbcNotices::gathers)) {
            told.addAll(lists.told(ids, milestones));
        }
        Map<UUID, Integer> moves = obligations.moves(
                requests.stream().flatMap(request -> about(request).stream()).collect(Collectors.toSet()));
        Map<String, Wishes.Known> wished = wished(requests, ids, reached);
        if (about.values().stream().map(Obligation::partyCode).distinct().count() > 1) {
            writer.expectSeveralParties();
        }
        List<Notice> notices = new ArrayList<>();
        for (Request request : requests) {
            Obligation found = about.get(request.obligationId());
            if (found == null) {
                throw new IllegalArgumentException("There is no obligation with the id " + request.obligationId());
            }
            Obligation obligation = spokenOf(found, request);
            addressees(request, reached).forEach((key, addressee) -> {
                if (!told.add(new Outbox.Told(obligation.id(), request.milestone(), key))) {
                    return;
                }
                if (JdbcPartyLists.gathers(request, addressee.seatCode())) {
                    gathered.add(new JdbcPartyLists.Entry(
                            request, found, key, addressee.holder(), addressee.seatCode(), addressee.copy()));
                    return;
                }
                wished.get(request.kind())
                        .withheld(found, request.kind(), addressee.holder(), now())
                        .ifPresentOrElse(
                                why -> withheld.add(new Withheld(request, key, addressee, why)),
                                () -> notices.add(notice(request, obligation, moves, key, addressee, now)));
            });
        }
        return notices;
    }

    private static boolean gathers(Request request) {
        return Stream.concat(request.to().stream(), request.copies().stream())
                .anyMatch(seat -> JdbcPartyLists.gathers(request, seat));
    }

    /** What the readers wish, by the kind of notice. */
    private Map<String, Wishes.Known> wished(
            List<Request> requests, Set<UUID> obligationIds, Map<String, List<Holder>> reached) {
        List<Holder> readers = reached.values().stream().flatMap(List::stream).toList();
        Map<String, Wishes.Known> wished = new HashMap<>();
        requests.forEach(
                request -> wished.computeIfAbsent(request.kind(), kind -> wishes.known(kind, obligationIds, readers)));
        return wished;
    }

    /** The obligation with the deadline of the step or milestone, where that is not the one that stands. */
    private Obligation spokenOf(Obligation obligation, Request request) {
        if (request.due() != null) {
            return obligation.by(request.due().name(), request.due().deadline());
        }
        String name = Rung.deadlineName(request.milestone()).orElse(obligation.deadlineName());
        if (name.equals(obligation.deadlineName())) {
            return obligation;
        }
        Deadline deadline = obligations
                .deadlines(Set.of(obligation.id()))
                .getOrDefault(obligation.id(), Map.of())
                .get(name);
        return deadline == null ? obligation : obligation.by(name, deadline);
    }

    /** By address, in one order for everybody so that two writers never wait for each other. */
    private static Map<String, Addressee> addressees(Request request, Map<String, List<Holder>> reached) {
        Map<String, Addressee> addressees = new TreeMap<>();
        add(addressees, request, request.to(), false, reached);
        add(addressees, request, request.copies(), true, reached);
        return addressees;
    }

    /** Who is on a list gets no notice as well because a vacant seat fell to them. */
    private static void add(
            Map<String, Addressee> addressees,
            Request request,
            Collection<String> seatCodes,
            boolean copy,
            Map<String, List<Holder>> reached) {
        for (String seatCode : seatCodes) {
            for (Holder holder : reached.get(seatCode)) {
                addressees.merge(
                        Outbox.key(holder.email()),
                        new Addressee(holder, seatCode, copy),
                        (first, other) -> JdbcPartyLists.gathers(request, other.seatCode())
                                        && !JdbcPartyLists.gathers(request, first.seatCode())
                                ? other
                                : first);
            }
        }
    }

    /** The obligations whose deadlines the notice tells. */
    private static Set<UUID> about(Request request) {
        return request.moved() == null
                ? Set.of(request.obligationId())
                : request.moved().lines().stream().map(Line::obligationId).collect(Collectors.toSet());
    }

    private Notice notice(
            Request request,
            Obligation obligation,
            Map<UUID, Integer> moves,
            String key,
            Addressee addressee,
            Gate now) {
        NoticeWriter.Wording wording = writer.write(request, obligation, moves, addressee.holder(), addressee.copy());
        return new Notice(
                UUID.randomUUID(),
                obligation.id(),
                request.milestone(),
                request.kind(),
                addressee.seatCode(),
                addressee.copy(),
                wording.recipient(),
                addressee.holder().email().strip(),
                wording.language(),
                wording.subject(),
                wording.text(),
                wording.html(),
                messageId(obligation.id(), request.milestone(), key, host),
                now.open() ? Notice.State.QUEUED : Notice.State.HELD,
                now.reason(),
                null,
                0,
                now(),
                null,
                wording.calendar());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The same for the same notice, whoever computes it and however often. */
    static String messageId(UUID obligationId, String milestone, String key, String host) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", obligationId.toString(), milestone, key)
                            .getBytes(StandardCharsets.UTF_8));
            return "<" + HexFormat.of().formatHex(hash) + "@" + host + ">";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private void sendAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                sender.nudge();
            }
        });
    }

    @Override
    public Optional<Notice> find(UUID id) {
        return outbox.find(id);
    }

    @Override
    public List<Notice> of(UUID obligationId) {
        return outbox.of(obligationId);
    }

    @Override
    public Page<Notice> list(Notice.@Nullable State state, int page, int size) {
        if (page < 0 || size < 1 || size > 500) {
            throw new IllegalArgumentException("page must be 0 or more and size 1 to 500");
        }
        return outbox.list(state, page, size);
    }

    @Override
    public void each(Notice.@Nullable State state, Predicate<Notice> wanted) {
        outbox.each(state, wanted);
    }

    @Override
    public Map<Notice.State, Long> counts() {
        return outbox.counts();
    }

    @Override
    public Gate gate() {
        return gate.state();
    }

    @Override
    public void release(UUID id, String username) {
        if (!gate.serverConfigured()) {
            throw new IllegalStateException("No mail server is configured");
        }
        transaction.executeWithoutResult(status -> {
            if (!outbox.release(id, username)) {
                throw new IllegalStateException("The notice " + id + " is not held");
            }
            sendAfterCommit();
        });
    }
}
