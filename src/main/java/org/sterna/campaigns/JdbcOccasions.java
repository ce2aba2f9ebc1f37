package org.sterna.campaigns;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.InvalidOccasion;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.register.Parties;
import org.sterna.register.Party;

@Component
class JdbcOccasions implements Occasions {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcOccasions.class);

    private record Key(String duty, String occasion) {}

    /**
     * What should be open by now and is not.
     *
     * @param day the day on which it should have opened
     * @param late what is over; null if it is to be opened
     */
    private record Due(Key key, LocalDate day, Preview.@Nullable Late late) {}

    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 1000;

    private static final String MISSED = "select m.*, case when exists (select 1 from campaign c where c.duty = m.duty"
            + " and c.occasion = m.occasion) then 1 else 0 end as opened from missed_opening m ";

    private final JdbcClient jdbc;
    private final Duties duties;
    private final Meetings meetings;
    private final Deadlines deadlines;
    private final Parties parties;
    private final Campaigns campaigns;
    private final Bound bound;
    private final Ledger ledger;
    private final Fit fit;
    private final Sentences sentences;
    private final TransactionTemplate transaction;
    private final boolean byThemselves;

    JdbcOccasions(
            JdbcClient jdbc,
            Duties duties,
            Meetings meetings,
            Deadlines deadlines,
            Parties parties,
            Campaigns campaigns,
            Bound bound,
            Ledger ledger,
            Fit fit,
            Sentences sentences,
            PlatformTransactionManager transactions,
            @Value("${sterna.occasions.open-by-themselves:true}") boolean byThemselves) {
        this.jdbc = jdbc;
        this.duties = duties;
        this.meetings = meetings;
        this.deadlines = deadlines;
        this.parties = parties;
        this.campaigns = campaigns;
        this.bound = bound;
        this.ledger = ledger;
        this.fit = fit;
        this.sentences = sentences;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.byThemselves = byThemselves;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Plan> of(String meetingCode) {
        Meeting meeting = meetings.find(meetingCode).orElseThrow();
        Map<Key, LocalDate> scheduled = scheduled();
        Map<String, Map<String, Boolean>> opened = openedFor(meetingCode);
        List<Party> all = parties.all();
        List<Plan> plans = new ArrayList<>();
        for (Duty duty : duties.all()) {
            if (Fit.forMeeting(duty, meeting)) {
                plans.add(plan(duty, meetingCode, all, scheduled, opened.getOrDefault(duty.key(), Map.of())));
            }
        }
        plans.sort(Comparator.comparingLong((Plan plan) -> due(plan).toEpochDay())
                .thenComparing(plan -> plan.duty().code()));
        return plans;
    }

    /** Those without a deadline come last. */
    private static LocalDate due(Plan plan) {
        Deadline main = plan.deadlines().get(Duty.DUE);
        return main == null ? LocalDate.MAX : main.on();
    }

    private Plan plan(
            Duty duty, String occasion, List<Party> all, Map<Key, LocalDate> scheduled, Map<String, Boolean> opened) {
        Set<String> bindsOrBound = new HashSet<>(opened.keySet());
        bound.of(duty, occasion, all).forEach(party -> bindsOrBound.add(party.code()));
        Map<String, Deadline> dates = Map.of();
        String problem = null;
        try {
            dates = dates(duty, occasion, all);
        } catch (InvalidCampaign misfit) {
            problem = misfit.getMessage();
        }
        LocalDate day = scheduled.get(new Key(duty.key(), occasion));
        return new Plan(
                duty,
                day != null ? day : ruled(duty, occasion, all).orElse(null),
                day != null,
                dates,
                problem,
                bindsOrBound.size(),
                opened.size(),
                (int) opened.values().stream().filter(Boolean::booleanValue).count());
    }

    /** The deadlines of the first Party; they differ between Parties only where their working days are counted. */
    private Map<String, Deadline> dates(Duty duty, String occasion, List<Party> all) {
        return fit.deadlines(duty, occasion, List.of(all.get(0).code()))
                .keySet()
                .iterator()
                .next();
    }

    /** The day that the duty's own rule gives. */
    private Optional<LocalDate> ruled(Duty duty, String occasion, List<Party> all) {
        if (duty.opens() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(deadlines
                    .of(
                            duty.opens(),
                            duty.subject("opens"),
                            occasion,
                            fit.today(),
                            all.get(0).code())
                    .on());
        } catch (InvalidOccasion notYet) {
            return Optional.empty();
        }
    }

    /** By duty: which Parties have the obligation, and whether they have ended it. */
    private Map<String, Map<String, Boolean>> openedFor(String occasion) {
        Map<String, Map<String, Boolean>> opened = new HashMap<>();
        jdbc.sql("select duty, party_code, case when closed_at is null then 0 else 1 end as ended from obligation"
                        + " where occasion = :occasion")
                .param("occasion", occasion)
                .query(row -> {
                    opened.computeIfAbsent(row.getString("duty"), duty -> new HashMap<>())
                            .put(row.getString("party_code"), row.getInt("ended") == 1);
                });
        return opened;
    }

    private Map<Key, LocalDate> scheduled() {
        Map<Key, LocalDate> days = new HashMap<>();
        jdbc.sql("select duty, occasion, opens_on from scheduled_opening where standing order by opens_on")
                .query(row -> {
                    days.put(
                            new Key(row.getString("duty"), row.getString("occasion")),
                            row.getObject("opens_on", LocalDate.class));
                });
        return days;
    }

    private Set<Key> opened() {
        return new HashSet<>(jdbc.sql("select distinct duty, occasion from campaign")
                .query((row, number) -> new Key(row.getString("duty"), row.getString("occasion")))
                .list());
    }

    @Override
    @Transactional
    public void schedule(Collection<String> dutyKeys, String occasion, LocalDate day, String username) {
        if (dutyKeys.isEmpty()) {
            throw sentences.invalid("duty", "no-duty");
        }
        if (day.isBefore(fit.today())) {
            throw sentences.invalid("day", "past-day", day);
        }
        List<Party> all = parties.all();
        // in one order for everybody, so that two who schedule the same duties never wait for each other
        for (String key : dutyKeys.stream().distinct().sorted().toList()) {
            Duty duty = fit.duty(key, occasion);
            if (bound.of(duty, occasion, all).isEmpty()) {
                throw sentences.invalid("duty", "binds-nobody", key);
            }
            fit.late(duty, occasion, List.of(dates(duty, occasion, all)), day).ifPresent(late -> {
                throw sentences.invalid("day", "scheduled-late", occasion, sentences.day(late.since()));
            });
            ledger.lockOccasion(key, occasion);
            if (opened(key, occasion)) {
                throw sentences.invalid("duty", "opened-already", key, occasion);
            }
            cancel(key, occasion, username);
            jdbc.sql("insert into scheduled_opening (id, duty, occasion, opens_on, scheduled_by, scheduled_at,"
                            + " standing) values (:id, :duty, :occasion, :day, :by, :at, true)")
                    .param("id", UUID.randomUUID())
                    .param("duty", key)
                    .param("occasion", occasion)
                    .param("day", day)
                    .param("by", username)
                    .param("at", ledger.now().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    private boolean opened(String duty, String occasion) {
        return jdbc.sql("select count(*) from campaign where duty = :duty and occasion = :occasion")
                        .param("duty", duty)
                        .param("occasion", occasion)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    @Transactional
    public void cancel(String duty, String occasion, String username) {
        jdbc.sql("update scheduled_opening set standing = null, cancelled_by = :by, cancelled_at = :at"
                        + " where duty = :duty and occasion = :occasion and standing")
                .param("by", username)
                .param("at", ledger.now().atOffset(ZoneOffset.UTC))
                .param("duty", duty)
                .param("occasion", occasion)
                .update();
    }

    @Override
    public Round openDue() {
        if (!byThemselves) {
            return new Round(List.of(), Map.of());
        }
        List<Campaigns.Campaign> opened = new ArrayList<>();
        Map<String, String> failed = new LinkedHashMap<>();
        LocalDate since = since(fit.today());
        // in one transaction, in which each meeting is read once
        List<Due> all = Objects.requireNonNull(transaction.execute(status -> due(since)));
        enterMissed(all.stream().filter(due -> due.late() != null).toList());
        for (Key due :
                all.stream().filter(one -> one.late() == null).map(Due::key).toList()) {
            try {
                Optional.ofNullable(transaction.execute(status -> open(due))).ifPresent(opened::add);
            } catch (RuntimeException failure) {
                LOG.error("{} was due for {} and could not be opened", due.duty(), due.occasion(), failure);
                failed.put(due.duty() + "/" + due.occasion(), String.valueOf(failure.getMessage()));
            }
        }
        return new Round(opened, failed);
    }

    /** Opens it unless another node has done so meanwhile. */
    private Campaigns.@Nullable Campaign open(Key due) {
        ledger.lockOccasion(due.duty(), due.occasion());
        List<String> bound = campaigns.bound(duties.get(due.duty()), due.occasion()).stream()
                .map(Party::code)
                .toList();
        if (opened(due.duty(), due.occasion()) || bound.isEmpty()) {
            return null;
        }
        LOG.info("{} opens for {} by itself", due.duty(), due.occasion());
        return campaigns.open(due.duty(), due.occasion(), bound, LedgerEvent.SYSTEM);
    }

    /** What is due, not opened and not left, in the order of the duties, and of each the earliest first. */
    private List<Due> due(LocalDate since) {
        LocalDate today = fit.today();
        Map<Key, LocalDate> scheduled = scheduled();
        Set<Key> before = opened();
        Map<Key, Set<LocalDate>> left = leftDays();
        List<Party> all = parties.all();
        List<Due> due = new ArrayList<>();
        for (Duty duty : duties.all()) {
            List<Due> ofDuty = new ArrayList<>();
            for (String occasion : occasions(duty, scheduled, since.getYear(), today.getYear())) {
                Key key = new Key(duty.key(), occasion);
                if (before.contains(key)) {
                    continue;
                }
                LocalDate set = scheduled.get(key);
                Optional<LocalDate> day = set != null
                        ? Optional.of(set)
                        : ruled(duty, occasion, all).filter(one -> !one.isBefore(since));
                day.filter(one -> !one.isAfter(today)
                                && !left.getOrDefault(key, Set.of()).contains(one))
                        .flatMap(one -> due(duty, key, one, all, today))
                        .ifPresent(ofDuty::add);
            }
            ofDuty.sort(Comparator.comparing(Due::day)
                    .thenComparing(one -> one.key().occasion()));
            due.addAll(ofDuty);
        }
        return due;
    }

    /** Empty if the occasion does not fit the duty, or binds nobody. */
    private Optional<Due> due(Duty duty, Key key, LocalDate day, List<Party> all, LocalDate today) {
        try {
            fit.duty(duty.key(), key.occasion());
            Optional<Preview.Late> late = duty.years() != null && duty.years().each()
                    ? Optional.empty()
                    : fit.late(duty, key.occasion(), List.of(dates(duty, key.occasion(), all)), today);
            return late.isPresent() && bound.of(duty, key.occasion(), all).isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Due(key, day, late.orElse(null)));
        } catch (InvalidCampaign misfit) {
            return Optional.empty();
        }
    }

    /** The occasions that a duty's rule or a set day could open, ordered. */
    private SortedSet<String> occasions(Duty duty, Map<Key, LocalDate> scheduled, int firstYear, int lastYear) {
        SortedSet<String> occasions = new TreeSet<>(candidates(duty, firstYear, lastYear));
        scheduled.keySet().stream()
                .filter(key -> key.duty().equals(duty.key()))
                .map(Key::occasion)
                .forEach(occasions::add);
        return occasions;
    }

    /** The occasions that a duty's rule could open: meetings, or the years from the first to the last. */
    private List<String> candidates(Duty duty, int firstYear, int lastYear) {
        if (duty.opens() == null) {
            return List.of();
        }
        return switch (duty.opens().fits()) {
            case YEAR ->
                IntStream.rangeClosed(firstYear, lastYear)
                        .mapToObj(Integer::toString)
                        .toList();
            case HALF_YEAR ->
                IntStream.rangeClosed(firstYear, lastYear)
                        .boxed()
                        .flatMap(year -> Stream.of(year + "-h1", year + "-h2"))
                        .toList();
            case COP, STANDING_COMMITTEE, MEETING ->
                meetings.all().stream()
                        .filter(meeting ->
                                Fit.forMeeting(duty, meeting) && !meeting.lacksInstrument() && !meeting.provisional())
                        .map(Meeting::code)
                        .toList();
            case ANY -> List.of();
        };
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LocalDate> nextOpening(LocalDate from) {
        if (!byThemselves) {
            return Optional.empty();
        }
        Map<Key, LocalDate> scheduled = scheduled();
        Set<Key> before = opened();
        List<Party> all = parties.all();
        return duties.all().stream()
                .flatMap(duty -> occasions(duty, scheduled, from.getYear(), from.getYear() + 1).stream()
                        .map(occasion -> new Key(duty.key(), occasion))
                        .filter(key -> !before.contains(key))
                        .flatMap(key ->
                                Optional.ofNullable(scheduled.get(key))
                                        .or(() -> ruled(duty, key.occasion(), all))
                                        .stream()))
                .filter(day -> !day.isBefore(from))
                .min(Comparator.naturalOrder());
    }

    /** Enters what is over, once, and takes out what is not missed any more. */
    private void enterMissed(List<Due> over) {
        transaction.executeWithoutResult(status -> {
            // one node at a time; the others find what it entered
            jdbc.sql("select id from automatic_opening where id = 1 for update")
                    .query(Integer.class)
                    .single();
            List<Missed> known = jdbc.sql(MISSED + "where m.standing")
                    .query(JdbcOccasions::missedRow)
                    .list();
            known.stream()
                    .filter(missed -> missed.left() == null && over.stream().noneMatch(due -> same(due, missed)))
                    .forEach(missed -> stand(missed.id(), null));
            over.stream()
                    .filter(due -> known.stream().noneMatch(missed -> same(due, missed)))
                    .forEach(this::enter);
        });
    }

    private static boolean same(Due due, Missed missed) {
        return due.key().equals(new Key(missed.duty(), missed.occasion()))
                && due.day().equals(missed.dueOn());
    }

    private void enter(Due due) {
        LOG.warn(
                "{} was to open for {} on {} and is over",
                due.key().duty(),
                due.key().occasion(),
                due.day());
        Preview.Late late = Objects.requireNonNull(due.late());
        int again = jdbc.sql("update missed_opening set standing = true where duty = :duty and occasion = :occasion"
                        + " and due_on = :day")
                .param("duty", due.key().duty())
                .param("occasion", due.key().occasion())
                .param("day", due.day())
                .update();
        if (again == 0) {
            jdbc.sql(
                            "insert into missed_opening (id, duty, occasion, due_on, late_kind, late_since, found_at, standing)"
                                    + " values (:id, :duty, :occasion, :day, :kind, :since, :at, true)")
                    .param("id", UUID.randomUUID())
                    .param("duty", due.key().duty())
                    .param("occasion", due.key().occasion())
                    .param("day", due.day())
                    .param("kind", late.kind().name())
                    .param("since", late.since())
                    .param("at", ledger.now().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    private void stand(UUID id, @Nullable Boolean standing) {
        jdbc.sql("update missed_opening set standing = :standing where id = :id")
                .param("standing", standing, Types.BOOLEAN)
                .param("id", id)
                .update();
    }

    private Map<Key, Set<LocalDate>> leftDays() {
        Map<Key, Set<LocalDate>> days = new HashMap<>();
        jdbc.sql("select duty, occasion, due_on from missed_opening where left_at is not null")
                .query(row -> {
                    days.computeIfAbsent(
                                    new Key(row.getString("duty"), row.getString("occasion")), key -> new HashSet<>())
                            .add(row.getObject("due_on", LocalDate.class));
                });
        return days;
    }

    @Override
    public List<Missed> missed() {
        return jdbc.sql("select * from (" + MISSED + "where m.standing and m.left_at is null) m where m.opened = 0"
                        + " order by due_on, duty, occasion")
                .query(JdbcOccasions::missedRow)
                .list();
    }

    @Override
    public List<Missed> left(int most) {
        return jdbc.sql(MISSED
                        + "where m.left_at is not null order by m.left_at desc, m.id fetch first :most rows only")
                .param("most", most)
                .query(JdbcOccasions::missedRow)
                .list();
    }

    @Override
    public Optional<Missed> findMissed(UUID id) {
        return jdbc.sql(MISSED + "where m.id = :id")
                .param("id", id)
                .query(JdbcOccasions::missedRow)
                .optional();
    }

    @Override
    @Transactional
    public Missed leave(UUID id, String reason, String username) {
        Missed missed = findMissed(id).orElseThrow();
        if (missed.left() != null) {
            return missed;
        }
        String why = reason.strip();
        if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
            throw sentences.invalid("reason", "reason", SHORTEST_REASON, LONGEST_REASON);
        }
        ledger.lockOccasion(missed.duty(), missed.occasion());
        if (opened(missed.duty(), missed.occasion())) {
            throw sentences.invalid("duty", "opened-meanwhile", missed.occasion());
        }
        jdbc.sql("update missed_opening set left_by = :by, left_at = :at, reason = :reason"
                        + " where id = :id and left_at is null")
                .param("by", username)
                .param("at", ledger.now().atOffset(ZoneOffset.UTC))
                .param("reason", why)
                .param("id", id)
                .update();
        return findMissed(id).orElseThrow();
    }

    private static Missed missedRow(ResultSet row, int number) throws SQLException {
        OffsetDateTime leftAt = row.getObject("left_at", OffsetDateTime.class);
        return new Missed(
                row.getObject("id", UUID.class),
                row.getString("duty"),
                row.getString("occasion"),
                row.getObject("due_on", LocalDate.class),
                new Preview.Late(
                        Preview.Late.Kind.valueOf(row.getString("late_kind")),
                        row.getObject("late_since", LocalDate.class)),
                leftAt == null
                        ? null
                        : new Left(row.getString("left_by"), leftAt.toInstant(), row.getString("reason")));
    }

    /** The day on which this application first asked. */
    private LocalDate since(LocalDate today) {
        try {
            transaction.executeWithoutResult(
                    status -> jdbc.sql("insert into automatic_opening (id, since) select 1, :today where not exists"
                                    + " (select 1 from automatic_opening)")
                            .param("today", today)
                            .update());
        } catch (DuplicateKeyException askedMeanwhile) {
            // another node was first, which is all that was wanted
        }
        return jdbc.sql("select since from automatic_opening")
                .query(LocalDate.class)
                .single();
    }
}
