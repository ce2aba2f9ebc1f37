package org.sterna.campaigns;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
        for (Key due : due()) {
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

    /** What is due and not opened, in the order of the duties. */
    private List<Key> due() {
        LocalDate today = fit.today();
        LocalDate since = since(today);
        Map<Key, LocalDate> scheduled = scheduled();
        Set<Key> before = opened();
        List<Party> all = parties.all();
        List<Key> due = new ArrayList<>();
        for (Duty duty : duties.all()) {
            Set<String> occasions = new HashSet<>(candidates(duty, today));
            scheduled.keySet().stream()
                    .filter(key -> key.duty().equals(duty.key()))
                    .map(Key::occasion)
                    .forEach(occasions::add);
            for (String occasion : occasions.stream().sorted().toList()) {
                Key key = new Key(duty.key(), occasion);
                LocalDate set = scheduled.get(key);
                Optional<LocalDate> day = set != null
                        ? Optional.of(set)
                        : ruled(duty, occasion, all).filter(one -> !one.isBefore(since));
                if (!before.contains(key)
                        && day.filter(one -> !one.isAfter(today)).isPresent()
                        && current(duty, occasion, all, today)) {
                    due.add(key);
                }
            }
        }
        return due;
    }

    /** The occasions that a duty's rule could open today. */
    private List<String> candidates(Duty duty, LocalDate today) {
        if (duty.opens() == null) {
            return List.of();
        }
        return switch (duty.opens().fits()) {
            case YEAR -> List.of(Integer.toString(today.getYear()));
            case HALF_YEAR -> List.of(today.getYear() + (today.getMonthValue() <= 6 ? "-h1" : "-h2"));
            case COP, STANDING_COMMITTEE, MEETING ->
                meetings.all().stream()
                        .filter(meeting ->
                                Fit.forMeeting(duty, meeting) && !meeting.lacksInstrument() && !meeting.provisional())
                        .map(Meeting::code)
                        .toList();
            case ANY -> List.of();
        };
    }

    /** Whether it is still in time: what is over is not opened any more by itself. */
    private boolean current(Duty duty, String occasion, List<Party> all, LocalDate today) {
        try {
            return fit.late(duty, occasion, List.of(dates(duty, occasion, all)), today)
                    .isEmpty();
        } catch (InvalidCampaign misfit) {
            return false;
        }
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
