package org.sterna.notices;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Holder;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.SeatRole;

/**
 * Gathers what a rung tells a seat that stands for many Parties into one notice. The notice waits for a while, as the
 * Parties' clocks fire one after the other and on several nodes; what comes after it has left goes into one of the next
 * day. So a recipient gets one notice at most for a rung, duty, occasion and day.
 */
@Component
class JdbcPartyLists implements PartyLists {

    /** How long a list waits at most for more, counted from the first; past midnight, too. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** More obligations than Parties. */
    private static final int MOST = 500;

    private final ListBook book;
    private final ListWriter writer;
    private final Outbox outbox;
    private final Obligations obligations;
    private final Parties parties;
    private final DeliverySettings settings;
    private final TransactionTemplate savepoint;
    private final Clock clock;
    private final String host;

    JdbcPartyLists(
            ListBook book,
            ListWriter writer,
            Outbox outbox,
            Obligations obligations,
            Parties parties,
            DeliverySettings settings,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${sterna.base-url}") String baseUrl) {
        this.book = book;
        this.writer = writer;
        this.outbox = outbox;
        this.obligations = obligations;
        this.parties = parties;
        this.settings = settings;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.clock = clock;
        this.host = JdbcNotices.host(baseUrl);
    }

    /**
     * What a rung tells a recipient of one obligation.
     *
     * @param request what is told
     * @param obligation the obligation
     * @param key the recipient's {@link Outbox#key}
     * @param holder the recipient
     * @param seatCode the seat written to
     */
    record Entry(
            Notices.Request request, Obligation obligation, String key, Holder holder, String seatCode, boolean copy) {

        ListBook.Key list() {
            return new ListBook.Key(obligation.duty(), obligation.occasion(), rung(request.milestone()), key);
        }

        /** Where the seat is vacant, the one that took its place stands for more. */
        String standing() {
            return SeatRole.standsForMany(holder.seatCode()) ? holder.seatCode() : seatCode;
        }
    }

    /** The once-only key of a list. */
    static String milestone(ListBook.Key list, LocalDate day) {
        return NoticeKinds.LIST + "." + list.rung() + "@" + day;
    }

    private static String rung(String milestone) {
        return milestone.substring(0, milestone.indexOf('@'));
    }

    /** The day of the deadline that the milestone is of. */
    private static LocalDate day(String milestone) {
        return LocalDate.parse(milestone.substring(milestone.indexOf('@') + 1));
    }

    /** Whether what is told goes into a list. */
    static boolean gathers(Notices.Request request, String seatCode) {
        return NoticeKinds.ofRung(request.kind())
                && request.moved() == null
                && request.milestone().matches(".+@\\d{4}-\\d{2}-\\d{2}")
                && SeatRole.standsForMany(seatCode);
    }

    /** Who has been told by a list. */
    Set<Outbox.Told> told(Collection<UUID> obligationIds, Collection<String> milestones) {
        return book.told(obligationIds, milestones);
    }

    /**
     * Puts what is told into lists, in the caller's transaction. In one order for everybody, so that two writers never
     * wait for each other.
     *
     * @return the lists' notices, by the entry
     */
    Map<Entry, UUID> gather(List<Entry> entries, Notices.Gate gate) {
        TreeMap<ListBook.Key, List<Entry>> gathered =
                entries.stream().collect(Collectors.groupingBy(Entry::list, TreeMap::new, Collectors.toList()));
        if (gathered.isEmpty()) {
            return Map.of();
        }
        List<ListBook.PartyList> opened = new ArrayList<>();
        Map<ListBook.Key, ListBook.PartyList> lists = lists(gathered, gate, opened);
        Instant now = clock.instant();
        book.add(
                gathered.entrySet().stream()
                        .flatMap(group -> group.getValue().stream()
                                .map(entry -> new ListBook.Member(
                                        lists.get(group.getKey()).id(),
                                        entry.obligation().id(),
                                        entry.request().milestone())))
                        .toList(),
                now);
        List<ListBook.PartyList> joined = new ArrayList<>(lists.values());
        joined.removeAll(opened);
        reword(gathered, joined);
        book.waitUntil(
                lists.values().stream()
                        .filter(list -> now.isBefore(list.openedAt().plus(LONGEST)))
                        .map(ListBook.PartyList::noticeId)
                        .toList(),
                now.plus(settings.gather()));
        LocalDate today = LocalDate.ofInstant(now, Party.BONN);
        lists.values().stream()
                .filter(list -> list.day().isAfter(today))
                .forEach(list -> book.waitUntil(
                        List.of(list.noticeId()),
                        list.day().atStartOfDay(Party.BONN).toInstant().plus(settings.gather())));
        Map<Entry, UUID> told = new LinkedHashMap<>();
        gathered.forEach((key, group) ->
                group.forEach(entry -> told.put(entry, lists.get(key).noticeId())));
        return told;
    }

    /** Has lists that were joined name all that they tell, for whoever reads them before they leave. */
    private void reword(Map<ListBook.Key, List<Entry>> gathered, List<ListBook.PartyList> joined) {
        if (joined.isEmpty()) {
            return;
        }
        Map<UUID, List<ListBook.Member>> members =
                book.told(joined.stream().map(ListBook.PartyList::id).toList()).stream()
                        .collect(Collectors.groupingBy(ListBook.Member::listId));
        Scopes scopes = new Scopes();
        book.rewrite(joined.stream().collect(Collectors.toMap(ListBook.PartyList::noticeId, list -> {
            Set<UUID> waiting = scopes.waiting(list);
            Holder reader = gathered.get(list.key()).get(0).holder();
            return scopes.write(
                    list,
                    members.get(list.id()).stream()
                            .filter(member -> waiting.contains(member.obligationId()))
                            .collect(Collectors.toMap(
                                    ListBook.Member::obligationId,
                                    member -> day(member.milestone()),
                                    (one, other) -> one.isAfter(other) ? one : other)),
                    PlainText.line(reader.name(), NoticeWriter.LONGEST_NAME),
                    NoticeWriter.language(reader.language()));
        })));
    }

    /**
     * The list of each key, opened where there is none to join.
     *
     * @param opened gets those that were opened
     */
    private Map<ListBook.Key, ListBook.PartyList> lists(
            Map<ListBook.Key, List<Entry>> gathered, Notices.Gate gate, List<ListBook.PartyList> opened) {
        LocalDate today = LocalDate.now(clock.withZone(Party.BONN));
        for (int tried = 0; ; tried++) {
            List<ListBook.PartyList> current =
                    book.current(gathered.keySet(), today, clock.instant().minus(LONGEST));
            Set<UUID> waiting = book.waiting(
                    current.stream().map(ListBook.PartyList::noticeId).toList());
            Map<ListBook.Key, ListBook.PartyList> lists = new TreeMap<>();
            List<ListBook.PartyList> fresh = new ArrayList<>();
            gathered.forEach((key, group) ->
                    lists.put(key, ListBook.joinable(current, key, waiting).orElseGet(() -> {
                        ListBook.PartyList list = list(key, group.get(0), ListBook.newestDay(current, key), today);
                        fresh.add(list);
                        return list;
                    })));
            if (fresh.isEmpty()) {
                return lists;
            }
            try {
                savepoint.executeWithoutResult(status -> book.open(fresh));
            } catch (DuplicateKeyException otherNode) {
                if (tried == 2) {
                    throw otherNode;
                }
                continue;
            }
            outbox.put(notices(fresh, gathered, gate));
            opened.addAll(fresh);
            return lists;
        }
    }

    /** The notice of a day that has left already gets no second one; what comes after it is for the next day. */
    private ListBook.PartyList list(ListBook.Key key, Entry first, @Nullable LocalDate newest, LocalDate today) {
        return new ListBook.PartyList(
                UUID.randomUUID(),
                key,
                first.request().kind(),
                first.standing(),
                first.copy(),
                newest == null || newest.isBefore(today) ? today : newest.plusDays(1),
                clock.instant(),
                UUID.randomUUID());
    }

    private List<Notice> notices(
            List<ListBook.PartyList> lists, Map<ListBook.Key, List<Entry>> gathered, Notices.Gate gate) {
        Scopes scopes = new Scopes();
        return lists.stream()
                .map(list -> {
                    List<Entry> group = gathered.get(list.key());
                    Entry first = group.get(0);
                    NoticeWriter.Wording wording = scopes.write(
                            list,
                            group.stream()
                                    .collect(Collectors.toMap(
                                            entry -> entry.obligation().id(),
                                            entry -> day(entry.request().milestone()),
                                            (one, other) -> one)),
                            PlainText.line(first.holder().name(), NoticeWriter.LONGEST_NAME),
                            NoticeWriter.language(first.holder().language()));
                    String milestone = milestone(list.key(), list.day());
                    return new Notice(
                            list.noticeId(),
                            first.obligation().id(),
                            milestone,
                            NoticeKinds.LIST,
                            list.seatCode(),
                            list.copy(),
                            wording.recipient(),
                            first.holder().email().strip(),
                            wording.language(),
                            wording.subject(),
                            wording.text(),
                            wording.html(),
                            JdbcNotices.messageId(
                                    list.id(), milestone, list.key().key(), host),
                            gate.open() ? Notice.State.QUEUED : Notice.State.HELD,
                            gate.reason(),
                            null,
                            0,
                            clock.instant().truncatedTo(ChronoUnit.MICROS),
                            null);
                })
                .toList();
    }

    /** What lists tell that are worded together; each occasion of a duty is read once. */
    private final class Scopes {

        private final Map<List<String>, List<Obligation>> read = new HashMap<>();
        private final Map<String, Party> known =
                parties.all().stream().collect(Collectors.toMap(Party::code, Function.identity()));

        NoticeWriter.Wording write(
                ListBook.PartyList list, Map<UUID, LocalDate> missing, String recipient, Locale language) {
            return writer.write(
                    list,
                    of(list.key().duty(), list.key().occasion(), list.seatCode()),
                    missing,
                    known,
                    recipient,
                    language);
        }

        /** Those that the list may name. */
        Set<UUID> waiting(ListBook.PartyList list) {
            return of(list.key().duty(), list.key().occasion(), list.seatCode()).stream()
                    .filter(one ->
                            one.state() == Obligation.State.WITH_PARTY || one.state() == Obligation.State.OPENING)
                    .map(Obligation::id)
                    .collect(Collectors.toSet());
        }

        List<Obligation> of(String duty, String occasion, String seatCode) {
            String region = ListWriter.region(seatCode);
            return read
                    .computeIfAbsent(List.of(duty, occasion), key -> obligations
                            .list(new Obligations.Filter(duty, null, occasion, Set.of(), false), 0, MOST)
                            .items())
                    .stream()
                    .filter(one -> region == null
                            || known.containsKey(one.partyCode())
                                    && known.get(one.partyCode())
                                            .region()
                                            .code()
                                            .equals(region))
                    .toList();
        }
    }

    /**
     * The notices as they leave: lists say how things stand now.
     *
     * @param named the obligations that each list still has to tell, by the notice's id
     */
    List<Notice> renewed(List<Notice> batch, Map<UUID, Map<UUID, LocalDate>> named, UUID token) {
        if (named.isEmpty()) {
            return batch;
        }
        Map<UUID, ListBook.PartyList> lists = book.of(named.keySet());
        Scopes scopes = new Scopes();
        return batch.stream()
                .map(notice -> {
                    ListBook.PartyList list = lists.get(notice.id());
                    if (list == null || !named.containsKey(notice.id())) {
                        return notice;
                    }
                    NoticeWriter.Wording wording =
                            scopes.write(list, named.get(notice.id()), notice.recipient(), notice.language());
                    book.rewrite(notice.id(), token, wording);
                    return notice.saying(wording.subject(), wording.text(), wording.html());
                })
                .toList();
    }

    /** The text of a list to come. */
    NoticeWriter.Wording rehearsed(List<Entry> entries) {
        Entry first = entries.get(0);
        ListBook.PartyList list = list(first.list(), first, null, LocalDate.now(clock.withZone(Party.BONN)));
        return new Scopes()
                .write(
                        list,
                        entries.stream()
                                .collect(Collectors.toMap(
                                        entry -> entry.obligation().id(),
                                        entry -> day(entry.request().milestone()),
                                        (one, other) -> one)),
                        PlainText.line(first.holder().name(), NoticeWriter.LONGEST_NAME),
                        NoticeWriter.language(first.holder().language()));
    }

    @Override
    public Standing told(String duty, String occasion, Collection<String> seatCodes) {
        List<String> many = seatCodes.stream().filter(SeatRole::standsForMany).toList();
        return book.seatsTold(duty, occasion, many).stream()
                .min((one, other) -> {
                    boolean all = ListWriter.region(one) == null;
                    return all == (ListWriter.region(other) == null) ? one.compareTo(other) : all ? -1 : 1;
                })
                .map(seat -> new Standing(seat, new Scopes().of(duty, occasion, seat)))
                .orElse(new Standing("", List.of()));
    }

    @Override
    public List<UUID> about(Notice notice) {
        return notice.kind().equals(NoticeKinds.LIST)
                ? book.members(notice.id()).stream()
                        .map(ListBook.Member::obligationId)
                        .distinct()
                        .toList()
                : List.of();
    }
}
