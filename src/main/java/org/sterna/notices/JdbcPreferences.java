package org.sterna.notices;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.register.Today;

@Component
class JdbcPreferences implements NoticePreferences {

    /** Fewer than a statement may have parameters on any database. */
    private static final int AT_ONCE = 1000;

    private final JdbcClient jdbc;
    private final Obligations obligations;
    private final Today today;
    private final Clock clock;

    JdbcPreferences(JdbcClient jdbc, Obligations obligations, Today today, Clock clock) {
        this.jdbc = jdbc;
        this.obligations = obligations;
        this.today = today;
        this.clock = clock;
    }

    @Override
    public boolean digest(String username) {
        return !digests(Set.of(username)).isEmpty();
    }

    @Override
    public Set<String> digests(Collection<String> usernames) {
        Set<String> wishing = new HashSet<>();
        List<String> asked = List.copyOf(usernames);
        for (int from = 0; from < asked.size(); from += AT_ONCE) {
            wishing.addAll(jdbc.sql("select username from notice_preference where digest and username in (:users)")
                    .param("users", asked.subList(from, Math.min(from + AT_ONCE, asked.size())))
                    .query(String.class)
                    .list());
        }
        return wishing;
    }

    /**
     * What readers wish.
     *
     * @param digests user names of those who get a digest
     * @param snoozed days until which reminders are put off, by obligation, then by user name
     */
    record Wished(Set<String> digests, Map<UUID, Map<String, LocalDate>> snoozed) {

        static final Wished NOTHING = new Wished(Set.of(), Map.of());
    }

    /** What those readers wish about those obligations; one statement. */
    Wished wished(Collection<String> usernames, Collection<UUID> obligationIds) {
        if (usernames.size() + obligationIds.size() > AT_ONCE) {
            return new Wished(digests(usernames), snoozed(obligationIds));
        }
        Wished wished = new Wished(new HashSet<>(), new HashMap<>());
        jdbc.sql("""
                        select cast(null as uuid) as obligation_id, username, cast(null as date) as until_day
                        from notice_preference where digest and username in (:users)
                        union all
                        select obligation_id, username, until_day
                        from notice_snooze where not woken and obligation_id in (:ids)
                        """).param("users", usernames).param("ids", obligationIds).query(row -> {
            UUID id = row.getObject("obligation_id", UUID.class);
            if (id == null) {
                wished.digests().add(row.getString("username"));
            } else {
                wished.snoozed()
                        .computeIfAbsent(id, first -> new HashMap<>())
                        .put(row.getString("username"), row.getObject("until_day", LocalDate.class));
            }
        });
        return wished;
    }

    /** Everybody who gets a digest. */
    List<String> digests() {
        return jdbc.sql("select username from notice_preference where digest order by username")
                .query(String.class)
                .list();
    }

    @Override
    @Transactional
    public void setDigest(String username, boolean digest) {
        int changed = jdbc.sql("update notice_preference set digest = :digest, changed_at = :at where username = :user")
                .param("digest", digest)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("user", username)
                .update();
        if (changed == 0) {
            jdbc.sql("insert into notice_preference (username, digest, changed_at) values (:user, :digest, :at)")
                    .param("digest", digest)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("user", username)
                    .update();
        }
    }

    @Override
    @Transactional
    public void snooze(UUID obligationId, String username, LocalDate until) {
        Obligation obligation = obligations
                .find(obligationId)
                .filter(found -> found.state() == Obligation.State.WITH_PARTY)
                .orElseThrow(() -> new InvalidSnooze("snooze.nothing-to-do"));
        if (!until.isAfter(today.ofParty(obligation.partyCode()))) {
            throw new InvalidSnooze("snooze.past");
        }
        if (until.isAfter(obligation.deadline().on())) {
            throw new InvalidSnooze("snooze.after-deadline");
        }
        wake(obligationId, username);
        jdbc.sql("insert into notice_snooze (obligation_id, username, until_day, set_at, woken)"
                        + " values (:id, :user, :until, :at, false)")
                .param("id", obligationId)
                .param("user", username)
                .param("until", until)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void wake(UUID obligationId, String username) {
        jdbc.sql("delete from notice_snooze where obligation_id = :id and username = :user")
                .param("id", obligationId)
                .param("user", username)
                .update();
    }

    @Override
    public Optional<LocalDate> snoozed(UUID obligationId, String username) {
        return Optional.ofNullable(snoozed(Set.of(obligationId))
                .getOrDefault(obligationId, Map.of())
                .get(username));
    }

    @Override
    public Map<UUID, Map<String, LocalDate>> snoozed(Collection<UUID> obligationIds) {
        Map<UUID, Map<String, LocalDate>> snoozed = new HashMap<>();
        List<UUID> asked = List.copyOf(obligationIds);
        for (int from = 0; from < asked.size(); from += AT_ONCE) {
            jdbc.sql("select * from notice_snooze where not woken and obligation_id in (:ids)")
                    .param("ids", asked.subList(from, Math.min(from + AT_ONCE, asked.size())))
                    .query(row -> {
                        snoozed.computeIfAbsent(row.getObject("obligation_id", UUID.class), first -> new HashMap<>())
                                .put(row.getString("username"), row.getObject("until_day", LocalDate.class));
                    });
        }
        return snoozed;
    }

    /** A snooze whose day has come. */
    record Over(UUID obligationId, String username, LocalDate until) {}

    /** Snoozes until that day or before that nobody has woken; the same for all nodes until one marks them. */
    List<Over> over(LocalDate latest) {
        return jdbc.sql("select obligation_id, username, until_day from notice_snooze where not woken"
                        + " and until_day <= :latest order by until_day, username")
                .param("latest", latest)
                .query((row, number) ->
                        new Over(row.getObject(1, UUID.class), row.getString(2), row.getObject(3, LocalDate.class)))
                .list();
    }

    /** False if another node was first. */
    boolean markWoken(Over over) {
        return jdbc.sql("update notice_snooze set woken = true where obligation_id = :id and username = :user"
                                + " and until_day = :until and not woken")
                        .param("id", over.obligationId())
                        .param("user", over.username())
                        .param("until", over.until())
                        .update()
                == 1;
    }

    /** Notes that somebody wished not to get a mail of its own; false if that is noted already. */
    boolean withhold(UUID obligationId, String milestone, String emailKey, String username, String kind, Why why) {
        boolean there = jdbc.sql("select count(*) from notice_withheld where obligation_id = :id"
                                + " and milestone = :milestone and email_key = :key")
                        .param("id", obligationId)
                        .param("milestone", milestone)
                        .param("key", emailKey)
                        .query(Long.class)
                        .single()
                > 0;
        if (there) {
            return false;
        }
        jdbc.sql("""
                        insert into notice_withheld
                          (obligation_id, milestone, email_key, username, kind, why, told_at)
                        values (:id, :milestone, :key, :user, :kind, :why, :at)
                        """)
                .param("id", obligationId)
                .param("milestone", milestone)
                .param("key", emailKey)
                .param("user", username)
                .param("kind", kind)
                .param("why", why.name())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return true;
    }

    /** Why a notice was withheld. */
    enum Why {
        DIGEST,
        SNOOZE
    }

    /** Obligations of which the account has been told nothing yet that waits for its digest, by kind. */
    Map<UUID, String> gathered(String username) {
        Map<UUID, String> gathered = new HashMap<>();
        jdbc.sql("select obligation_id, kind from notice_withheld where username = :user and digest_day is null"
                        + " and why = 'DIGEST' order by told_at")
                .param("user", username)
                .query(row -> {
                    gathered.merge(row.getObject(1, UUID.class), row.getString(2), (first, then) -> first);
                });
        return gathered;
    }

    /**
     * Takes the account's digest of a day for this node.
     *
     * @return false if it is written already
     * @throws DuplicateKeyException if another node is just writing it
     */
    boolean begin(String username, LocalDate day) {
        boolean written = jdbc.sql("select count(*) from notice_digest where username = :user and on_day = :day")
                        .param("user", username)
                        .param("day", day)
                        .query(Long.class)
                        .single()
                > 0;
        if (written) {
            return false;
        }
        jdbc.sql("insert into notice_digest (username, on_day, written_at) values (:user, :day, :at)")
                .param("user", username)
                .param("day", day)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return true;
    }

    /** What was gathered has been told. */
    void told(String username, LocalDate day) {
        jdbc.sql("update notice_withheld set digest_day = :day where username = :user and digest_day is null")
                .param("day", day)
                .param("user", username)
                .update();
    }
}
