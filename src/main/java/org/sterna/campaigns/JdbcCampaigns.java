package org.sterna.campaigns;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.DueRule;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.LedgerEvent;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.SeatRole;

@Component
class JdbcCampaigns implements Campaigns {

    private static final int LONGEST_REASON = 1000;
    private static final int SHORTEST_REASON = 10;

    private static final String SELECT = "select c.*,"
            + " (select count(*) from campaign_party p where p.campaign_id = c.id and p.bound) as total,"
            + " (select count(*) from campaign_party p where p.campaign_id = c.id and p.bound and p.already) as already,"
            + " (select count(*) from campaign_party p where p.campaign_id = c.id and not p.bound) as not_bound,"
            + " (select count(*) from campaign_party p join obligation o on o.duty = c.duty"
            + " and o.occasion = c.occasion and o.party_code = p.party_code"
            + " where p.campaign_id = c.id and p.bound and o.state <> 'OPENING') as opened"
            + " from campaign c ";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batch;
    private final Fit fit;
    private final Bound bound;
    private final Parties parties;
    private final Meetings meetings;
    private final Ledger ledger;
    private final Obligations obligations;
    private final Exemptions exemptions;
    private final Previews previews;
    private final CampaignCases cases;
    private final Sentences sentences;

    JdbcCampaigns(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batch,
            Fit fit,
            Bound bound,
            Parties parties,
            Meetings meetings,
            Ledger ledger,
            Obligations obligations,
            Exemptions exemptions,
            Previews previews,
            CampaignCases cases,
            Sentences sentences) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.fit = fit;
        this.bound = bound;
        this.parties = parties;
        this.meetings = meetings;
        this.ledger = ledger;
        this.obligations = obligations;
        this.exemptions = exemptions;
        this.previews = previews;
        this.cases = cases;
        this.sentences = sentences;
    }

    @Override
    @Transactional
    public Campaign open(
            String dutyKey,
            String occasion,
            Collection<String> partyCodes,
            @Nullable String lateReason,
            String username) {
        Duty duty = fit.duty(dutyKey, occasion);
        Set<String> asked = known(partyCodes);
        ledger.lockOccasion(duty.key(), occasion);
        Set<String> already = already(duty, occasion);
        Set<String> notBound = notBound(duty, occasion, asked, already);
        asked.removeAll(notBound);
        if (asked.isEmpty()) {
            throw sentences.invalid("parties", "none-bound", String.join(", ", notBound));
        }
        exempted(duty.key(), occasion).forEach(asked::remove);
        if (asked.isEmpty()) {
            throw sentences.invalid("parties", "all-exempted");
        }
        Map<Map<String, Deadline>, List<String>> dates = fit.deadlines(duty, occasion, asked);
        String late = already.containsAll(asked) ? null : late(duty, occasion, dates.keySet(), lateReason, username);
        UUID id = file(duty.key(), occasion, late, username);
        list(id, asked, enter(duty, occasion, dates, username));
        leaveOut(id, notBound);
        return find(id).orElseThrow();
    }

    @Override
    @Transactional
    public Campaign open(String duty, String occasion, Collection<String> partyCodes, String username) {
        return open(duty, occasion, partyCodes, null, username);
    }

    private Set<String> already(Duty duty, String occasion) {
        return new HashSet<>(jdbc.sql("select party_code from obligation where duty = :duty and occasion = :occasion")
                .param("duty", duty.key())
                .param("occasion", occasion)
                .query(String.class)
                .list());
    }

    /** Those asked for that the duty does not bind; who has the obligation keeps it, whatever binds today. */
    private Set<String> notBound(Duty duty, String occasion, Set<String> asked, Set<String> already) {
        SortedSet<String> not = new TreeSet<>(asked);
        not.removeAll(already);
        if (!not.isEmpty()) {
            bound.of(duty, occasion).forEach(party -> not.remove(party.code()));
        }
        return not;
    }

    /** The reason to keep; null where none is needed. */
    private @Nullable String late(
            Duty duty,
            String occasion,
            Collection<Map<String, Deadline>> dates,
            @Nullable String given,
            String username) {
        // a reason would not help where the duty is closed as soon as it opens
        fit.stillOpen(duty, occasion);
        Optional<Preview.Late> late =
                username.equals(LedgerEvent.SYSTEM) ? Optional.empty() : fit.late(duty, occasion, dates, fit.today());
        if (late.isEmpty()) {
            return null;
        }
        String why = given == null ? "" : given.strip();
        if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
            throw sentences.invalid(
                    "lateReason",
                    late.get().kind().code(),
                    occasion,
                    sentences.day(late.get().since()),
                    SHORTEST_REASON,
                    LONGEST_REASON);
        }
        return why;
    }

    @Override
    @Transactional
    public List<Campaign> openTogether(
            Collection<String> dutyKeys, String occasion, @Nullable String lateReason, String username) {
        List<Campaign> opened = new ArrayList<>();
        together(dutyKeys, occasion).forEach((key, all) -> opened.add(open(key, occasion, all, lateReason, username)));
        return opened;
    }

    @Override
    public List<Preview> previewTogether(Collection<String> dutyKeys, String occasion) {
        List<Preview> previews = new ArrayList<>();
        together(dutyKeys, occasion).forEach((key, all) -> previews.add(preview(key, occasion, all)));
        return previews;
    }

    /** The Parties bound by each duty, in one order for everybody, so that two who open the same never wait for each other. */
    private SortedMap<String, List<String>> together(Collection<String> dutyKeys, String occasion) {
        if (dutyKeys.isEmpty()) {
            throw sentences.invalid("duty", "no-duty");
        }
        SortedMap<String, List<String>> together = new TreeMap<>();
        for (String key : dutyKeys) {
            List<String> all = codes(bound(fit.duty(key, occasion), occasion));
            if (all.isEmpty()) {
                throw sentences.invalid("duty", "binds-nobody", key);
            }
            together.put(key, all);
        }
        return together;
    }

    @Override
    public Preview preview(String dutyKey, String occasion, Collection<String> partyCodes) {
        Duty duty = fit.duty(dutyKey, occasion);
        if (partyCodes.isEmpty()) {
            throw sentences.invalid("parties", "no-party");
        }
        List<Party> all = parties.all();
        Set<String> unknown = new LinkedHashSet<>(partyCodes);
        all.forEach(party -> unknown.remove(party.code()));
        if (!unknown.isEmpty()) {
            throw sentences.invalid("parties", "unknown-party", String.join(", ", unknown));
        }
        fit.stillOpen(duty, occasion);
        Set<String> asked = Set.copyOf(partyCodes);
        return previews.of(
                duty,
                occasion,
                all.stream().filter(party -> asked.contains(party.code())).toList());
    }

    @Override
    @Transactional
    public Campaign add(UUID id, String partyCode, @Nullable String lateReason, String username) {
        Campaign campaign = find(id).orElseThrow();
        Duty duty = fit.duty(campaign.duty(), campaign.occasion());
        Set<String> asked = known(List.of(partyCode));
        ledger.lockOccasion(duty.key(), campaign.occasion());
        if (exempted(duty.key(), campaign.occasion()).contains(partyCode)) {
            throw sentences.invalid("parties", "exempted", partyCode);
        }
        if (parties(id).contains(partyCode)) {
            throw sentences.invalid("parties", "there-already", partyCode);
        }
        Set<String> already = already(duty, campaign.occasion());
        if (!notBound(duty, campaign.occasion(), asked, already).isEmpty()) {
            throw sentences.invalid("parties", "not-bound", partyCode);
        }
        Map<Map<String, Deadline>, List<String>> dates = fit.deadlines(duty, campaign.occasion(), asked);
        if (campaign.lateReason() == null && !already.contains(partyCode)) {
            String why = late(duty, campaign.occasion(), dates.keySet(), lateReason, username);
            jdbc.sql("update campaign set late_reason = :why where id = :id")
                    .param("why", why)
                    .param("id", id)
                    .update();
        }
        jdbc.sql("delete from campaign_party where campaign_id = :id and party_code = :party and not bound")
                .param("id", id)
                .param("party", partyCode)
                .update();
        list(id, asked, enter(duty, campaign.occasion(), dates, username));
        return find(id).orElseThrow();
    }

    @Override
    public Preview.@Nullable Late late(Campaign campaign) {
        Duty duty = fit.duty(campaign.duty(), campaign.occasion());
        if (campaign.lateReason() != null || duty.deadline().start() == DueRule.Start.OPENED) {
            return null;
        }
        // the same for all but a few days
        Collection<Map<String, Deadline>> dates =
                fit.deadlines(duty, campaign.occasion(), List.of("")).keySet();
        return fit.late(duty, campaign.occasion(), dates, fit.today()).orElse(null);
    }

    private Set<String> known(Collection<String> partyCodes) {
        Set<String> asked = new LinkedHashSet<>(partyCodes);
        if (asked.isEmpty()) {
            throw sentences.invalid("parties", "no-party");
        }
        List<String> unknown = parties.unknown(asked);
        if (!unknown.isEmpty()) {
            throw sentences.invalid("parties", "unknown-party", String.join(", ", unknown));
        }
        return asked;
    }

    private Set<String> exempted(String duty, String occasion) {
        return exemptions.of(duty, occasion).stream().map(Exemption::partyCode).collect(Collectors.toSet());
    }

    private Set<String> enter(
            Duty duty, String occasion, Map<Map<String, Deadline>, List<String>> parties, String username) {
        fit.stillOpen(duty, occasion);
        Set<String> opened = new HashSet<>();
        parties.forEach((dates, some) -> {
            Map<String, Deadline> further = new LinkedHashMap<>(dates);
            Deadline main = Objects.requireNonNull(further.remove(Duty.DUE));
            ledger.open(duty.key(), occasion, some, main, further, username).stream()
                    .map(Obligation::partyCode)
                    .forEach(opened::add);
        });
        return opened;
    }

    private UUID file(String duty, String occasion, @Nullable String lateReason, String username) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into campaign (id, duty, occasion, opened_by, opened_at, late_reason)"
                        + " values (:id, :duty, :occasion, :by, :at, :late)")
                .param("id", id)
                .param("duty", duty)
                .param("occasion", occasion)
                .param("by", username)
                .param("at", ledger.now().atOffset(ZoneOffset.UTC))
                .param("late", lateReason)
                .update();
        return id;
    }

    private void leaveOut(UUID id, Set<String> notBound) {
        if (notBound.isEmpty()) {
            return;
        }
        batch.batchUpdate(
                "insert into campaign_party (campaign_id, party_code, already, bound)"
                        + " values (:id, :party, false, false)",
                notBound.stream()
                        .map(party ->
                                new MapSqlParameterSource().addValue("id", id).addValue("party", party))
                        .toArray(SqlParameterSource[]::new));
    }

    private void list(UUID id, Set<String> asked, Set<String> opened) {
        batch.batchUpdate(
                "insert into campaign_party (campaign_id, party_code, already) values (:id, :party, :already)",
                asked.stream()
                        .map(party -> new MapSqlParameterSource()
                                .addValue("id", id)
                                .addValue("party", party)
                                .addValue("already", !opened.contains(party)))
                        .toArray(SqlParameterSource[]::new));
    }

    @Override
    public Optional<Campaign> find(UUID id) {
        return jdbc.sql(SELECT + "where c.id = :id")
                .param("id", id)
                .query(JdbcCampaigns::campaign)
                .optional();
    }

    @Override
    public Set<String> parties(UUID id) {
        return new HashSet<>(jdbc.sql("select party_code from campaign_party where campaign_id = :id and bound")
                .param("id", id)
                .query(String.class)
                .list());
    }

    @Override
    public List<String> notBound(UUID id) {
        return jdbc.sql("select party_code from campaign_party where campaign_id = :id and not bound"
                        + " order by party_code")
                .param("id", id)
                .query(String.class)
                .list();
    }

    @Override
    public List<Campaign> latest(int most) {
        return jdbc.sql(SELECT + "order by c.opened_at desc, c.id fetch first :most rows only")
                .param("most", most)
                .query(JdbcCampaigns::campaign)
                .list();
    }

    @Override
    public List<Party> bound(Duty duty, String occasion) {
        return bound.of(duty, occasion);
    }

    @Override
    public List<Meeting> meetings(Duty duty) {
        return duty.meetings().isEmpty()
                ? List.of()
                : meetings.all().stream()
                        .filter(meeting -> Fit.forMeeting(duty, meeting))
                        .toList();
    }

    @Override
    public List<Party> suggested(Duty duty, String meetingCode) {
        Set<String> already = already(duty, meetingCode);
        return bound.of(duty, meetingCode).stream()
                .filter(party -> !already.contains(party.code()))
                .toList();
    }

    @Override
    public List<Party> suggested(Duty duty) {
        Set<String> out = new HashSet<>(obligations.partiesWithOpen(duty.key()));
        if (duty.binds().suggests() == Duty.Suggestion.UNCONFIRMED) {
            Set<String> unconfirmed = new HashSet<>(codes(
                    parties.withoutConfirmed(SeatRole.of(duty.binds().role()).orElseThrow())));
            return bound.of(duty).stream()
                    .filter(party -> unconfirmed.contains(party.code()) && !out.contains(party.code()))
                    .toList();
        }
        return bound.of(duty).stream()
                .filter(party -> !out.contains(party.code()))
                .toList();
    }

    @Override
    @Transactional
    public Exemption exempt(String dutyKey, String occasion, String partyCode, String reason, String username) {
        Duty duty = fit.duty(dutyKey, occasion);
        known(List.of(partyCode));
        String why = reason.strip();
        if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
            throw sentences.invalid("reason", "reason", SHORTEST_REASON, LONGEST_REASON);
        }
        ledger.lockOccasion(duty.key(), occasion);
        if (exempted(duty.key(), occasion).contains(partyCode)) {
            throw sentences.invalid("parties", "exempted-already", partyCode);
        }
        Exemption exemption = new Exemption(duty.key(), occasion, partyCode, why, username, ledger.now());
        exemptions.put(exemption);
        Optional<Obligation> owed =
                obligations
                        .list(new Obligations.Filter(duty.key(), partyCode, occasion, Set.of(), false), 0, 1)
                        .items()
                        .stream()
                        .findFirst();
        if (owed.isPresent()) {
            if (!owed.get().state().open()) {
                throw sentences.invalid("parties", "ended", partyCode);
            }
            cases.excuse(owed.get().id(), why, username);
        }
        return exemption;
    }

    @Override
    @Transactional
    public void lift(String duty, String occasion, String partyCode, String username) {
        exemptions.lift(duty, occasion, partyCode, username, ledger.now());
    }

    @Override
    public List<Exemption> exemptions(String duty, String occasion) {
        return exemptions.of(duty, occasion);
    }

    private static List<String> codes(List<Party> some) {
        return some.stream().map(Party::code).toList();
    }

    private static Campaign campaign(ResultSet row, int number) throws SQLException {
        return new Campaign(
                row.getObject("id", UUID.class),
                row.getString("duty"),
                row.getString("occasion"),
                row.getString("opened_by"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getInt("total"),
                row.getInt("opened"),
                row.getInt("already"),
                row.getInt("not_bound"),
                row.getString("late_reason"));
    }
}
