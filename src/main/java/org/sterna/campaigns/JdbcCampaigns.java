package org.sterna.campaigns;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.sterna.calendar.CalendarSettings;
import org.sterna.calendar.Deadline;
import org.sterna.calendar.Deadlines;
import org.sterna.calendar.InvalidOccasion;
import org.sterna.calendar.Meeting;
import org.sterna.calendar.Meetings;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.obligations.Ledger;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Parties;
import org.sterna.register.Party;
import org.sterna.register.SeatRole;

@Component
class JdbcCampaigns implements Campaigns {

    private static final Pattern OCCASION = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    private static final String SELECT = "select c.*,"
            + " (select count(*) from campaign_party p where p.campaign_id = c.id) as total,"
            + " (select count(*) from campaign_party p where p.campaign_id = c.id and p.already) as already,"
            + " (select count(*) from campaign_party p join obligation o on o.duty = c.duty"
            + " and o.occasion = c.occasion and o.party_code = p.party_code"
            + " where p.campaign_id = c.id and o.state <> 'OPENING') as opened"
            + " from campaign c ";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batch;
    private final Duties duties;
    private final Parties parties;
    private final Ledger ledger;
    private final Obligations obligations;
    private final Meetings meetings;
    private final Deadlines deadlines;
    private final CalendarSettings calendar;
    private final MessageSource messages;
    private final Clock clock;

    JdbcCampaigns(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batch,
            Duties duties,
            Parties parties,
            Ledger ledger,
            Obligations obligations,
            Meetings meetings,
            Deadlines deadlines,
            CalendarSettings calendar,
            MessageSource messages,
            Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.duties = duties;
        this.parties = parties;
        this.ledger = ledger;
        this.obligations = obligations;
        this.meetings = meetings;
        this.deadlines = deadlines;
        this.calendar = calendar;
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Campaign open(String dutyKey, String occasion, Collection<String> partyCodes, String username) {
        Duty duty = duties.find(dutyKey).orElseThrow(() -> invalid("duty", "unknown-duty", dutyKey));
        if (!OCCASION.matcher(occasion).matches()) {
            throw invalid("occasion", "malformed-occasion", occasion);
        }
        Set<String> asked = new LinkedHashSet<>(partyCodes);
        if (asked.isEmpty()) {
            throw invalid("parties", "no-party");
        }
        List<String> unknown = parties.unknown(asked);
        if (!unknown.isEmpty()) {
            throw invalid("parties", "unknown-party", String.join(", ", unknown));
        }

        checkMeeting(duty, occasion);
        Set<String> opened = new HashSet<>();
        deadlines(duty, occasion, asked).forEach((dates, bound) -> {
            Map<String, Deadline> further = new LinkedHashMap<>(dates);
            Deadline main = Objects.requireNonNull(further.remove(Duty.DUE));
            ledger.open(duty.key(), occasion, bound, main, further, username).stream()
                    .map(Obligation::partyCode)
                    .forEach(opened::add);
        });
        return file(duty.key(), occasion, asked, opened, username);
    }

    /** A meeting must be of a kind that the duty is for. */
    private void checkMeeting(Duty duty, String occasion) {
        Optional<Meeting> meeting = meetings.find(occasion);
        if (!duty.meetings().isEmpty()
                && meeting.filter(found -> !duty.meetings().contains(found.kind()))
                        .isPresent()) {
            Locale reader = LocaleContextHolder.getLocale();
            throw invalid(
                    "occasion",
                    "wrong-meeting",
                    occasion,
                    duty.meetings().stream()
                            .sorted()
                            .map(kind -> messages.getMessage("secretariat.meeting.kind." + kind.code(), null, reader))
                            .collect(Collectors.joining(", ")));
        }
    }

    /** The Parties by their deadlines by name, which are the same for all unless they depend on the Party. */
    private Map<Map<String, Deadline>, List<String>> deadlines(Duty duty, String occasion, Set<String> asked) {
        LocalDate today = LocalDate.now(clock.withZone(calendar.zone()));
        boolean oneForAll = !duty.deadline().dependsOnParty()
                && duty.further().stream().noneMatch(further -> further.rule().dependsOnParty());
        try {
            if (oneForAll) {
                String any = asked.iterator().next();
                return Map.of(dates(duty, occasion, today, any), List.copyOf(asked));
            }
            return asked.stream()
                    .collect(Collectors.groupingBy(
                            party -> dates(duty, occasion, today, party), LinkedHashMap::new, Collectors.toList()));
        } catch (InvalidOccasion misfit) {
            throw new InvalidCampaign("occasion", misfit.getMessage());
        }
    }

    /** Those of the duty's deadlines that are known at the opening. */
    private Map<String, Deadline> dates(Duty duty, String occasion, LocalDate today, String party) {
        Map<String, Deadline> dates = new LinkedHashMap<>();
        dates.put(Duty.DUE, deadlines.of(duty.deadline(), duty.key(), occasion, today, party));
        for (Duty.Further further : duty.further()) {
            if (further.rule().fixedAtOpening()) {
                dates.put(
                        further.name(),
                        deadlines.of(further.rule(), duty.subject(further.name()), occasion, today, party));
            }
        }
        return dates;
    }

    private Campaign file(String duty, String occasion, Set<String> asked, Set<String> opened, String username) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into campaign (id, duty, occasion, opened_by, opened_at)"
                        + " values (:id, :duty, :occasion, :by, :at)")
                .param("id", id)
                .param("duty", duty)
                .param("occasion", occasion)
                .param("by", username)
                .param("at", ledger.now().atOffset(ZoneOffset.UTC))
                .update();
        batch.batchUpdate(
                "insert into campaign_party (campaign_id, party_code, already) values (:id, :party, :already)",
                asked.stream()
                        .map(party -> new MapSqlParameterSource()
                                .addValue("id", id)
                                .addValue("party", party)
                                .addValue("already", !opened.contains(party)))
                        .toArray(SqlParameterSource[]::new));
        return find(id).orElseThrow();
    }

    @Override
    public Optional<Campaign> find(UUID id) {
        return jdbc.sql(SELECT + "where c.id = :id")
                .param("id", id)
                .query(JdbcCampaigns::campaign)
                .optional();
    }

    @Override
    public List<Campaign> latest(int most) {
        return jdbc.sql(SELECT + "order by c.opened_at desc, c.id fetch first :most rows only")
                .param("most", most)
                .query(JdbcCampaigns::campaign)
                .list();
    }

    @Override
    public List<Party> suggested(Duty duty) {
        List<Party> candidates =
                switch (duty.binds().suggests()) {
                    case ALL -> parties.all();
                    case UNCONFIRMED ->
                        parties.withoutConfirmed(
                                SeatRole.of(duty.binds().role()).orElseThrow());
                };
        Set<String> busy = obligations.partiesWithOpen(duty.key());
        return candidates.stream().filter(party -> !busy.contains(party.code())).toList();
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
                row.getInt("already"));
    }

    private InvalidCampaign invalid(String field, String key, Object... arguments) {
        Locale reader = LocaleContextHolder.getLocale();
        return new InvalidCampaign(field, messages.getMessage("campaigns." + key, arguments, reader));
    }
}
