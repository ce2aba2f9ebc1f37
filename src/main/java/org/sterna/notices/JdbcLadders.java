package org.sterna.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.sterna.calendar.Rung;
import org.sterna.duties.Duties;
import org.sterna.duties.Duty;
import org.sterna.duties.Words;
import org.sterna.obligations.Obligation;
import org.sterna.register.Parties;

/** Rungs are kept as lines of text, one rung a line: nothing ever looks for a single one. */
@Component
class JdbcLadders implements Ladders {

    /** Stands for any occasion or any Party: a unique key takes no nulls for the same. */
    private static final String ANY = "";

    private final JdbcClient jdbc;
    private final Duties duties;
    private final Words words;
    private final Parties parties;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    JdbcLadders(
            JdbcClient jdbc,
            Duties duties,
            Words words,
            Parties parties,
            Clock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.duties = duties;
        this.words = words;
        this.parties = parties;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public List<Rung> of(Obligation obligation, String deadline) {
        return of(ofDuty(obligation.duty()), obligation, deadline);
    }

    /** The same, where the ladders set for the duty have been read. */
    List<Rung> of(List<Own> set, Obligation obligation, String deadline) {
        return first(set, obligation, deadline, own -> obligation
                        .partyCode()
                        .equals(own.scope().partyCode()))
                .or(() -> first(set, obligation, deadline, own -> obligation
                        .occasion()
                        .equals(own.scope().occasion())))
                .map(Own::rungs)
                .orElseGet(() -> usual(obligation.duty(), deadline));
    }

    private static Optional<Own> first(List<Own> set, Obligation obligation, String deadline, Predicate<Own> counts) {
        return set.stream()
                .filter(own -> own.scope().duty().equals(obligation.duty())
                        && own.scope().deadline().equals(deadline))
                .filter(counts)
                .findFirst();
    }

    private List<Own> ofDuty(String duty) {
        return PerTransaction.once(key(duty), () -> jdbc.sql("select * from ladder where duty = :duty")
                .param("duty", duty)
                .query(JdbcLadders::own)
                .list());
    }

    private static Object key(String duty) {
        return List.of(JdbcLadders.class, duty);
    }

    @Override
    public List<Rung> usual(String duty, String deadline) {
        return duties.find(duty).map(found -> found.ladder(deadline)).orElse(List.of());
    }

    @Override
    public SortedSet<String> texts(String duty) {
        String before = duty + ".notice.";
        return words.names(before).stream()
                .filter(name -> name.endsWith(".subject"))
                .map(name -> name.substring(0, name.indexOf('.')))
                .filter(name -> Arrays.stream(Rung.Kind.values()).anyMatch(kind -> kind.speaks(name)))
                .filter(name -> words.has(before + name + ".body"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public List<Own> all() {
        return jdbc.sql("select * from ladder order by duty, deadline_name, occasion, party_code")
                .query(JdbcLadders::own)
                .list();
    }

    @Override
    public Optional<Own> find(Scope scope) {
        return jdbc.sql("select * from ladder where duty = :duty and deadline_name = :deadline"
                        + " and occasion = :occasion and party_code = :party")
                .params(params(scope))
                .query(JdbcLadders::own)
                .optional();
    }

    private static Map<String, String> params(Scope scope) {
        return Map.of(
                "duty",
                scope.duty(),
                "deadline",
                scope.deadline(),
                "occasion",
                scope.occasion() == null ? ANY : scope.occasion(),
                "party",
                scope.partyCode() == null ? ANY : scope.partyCode());
    }

    @Override
    @Transactional
    public void set(Scope scope, List<Line> lines, String username) {
        Duty duty = duties.get(scope.duty());
        if (!scope.deadline().equals(Duty.DUE) && duty.further(scope.deadline()).isEmpty()) {
            throw new IllegalArgumentException(
                    "The duty %s has no deadline called '%s'".formatted(duty.key(), scope.deadline()));
        }
        if (scope.partyCode() != null && parties.find(scope.partyCode()).isEmpty()) {
            throw new IllegalArgumentException("There is no Party " + scope.partyCode());
        }
        List<Rung> rungs = new LadderRules(
                        duty, texts(duty.key()), scope.deadline(), usual(duty.key(), scope.deadline()))
                .read(lines);
        remove(scope);
        jdbc.sql("""
                        insert into ladder (duty, deadline_name, occasion, party_code, rungs, set_by, set_at)
                        values (:duty, :deadline, :occasion, :party, :rungs, :by, :at)
                        """)
                .params(params(scope))
                .param("rungs", rungs.stream().map(JdbcLadders::line).collect(Collectors.joining("\n")))
                .param("by", username)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        changed(scope);
    }

    @Override
    @Transactional
    public void clear(Scope scope, String username) {
        if (remove(scope) > 0) {
            changed(scope);
        }
    }

    private int remove(Scope scope) {
        return jdbc.sql("delete from ladder where duty = :duty and deadline_name = :deadline"
                        + " and occasion = :occasion and party_code = :party")
                .params(params(scope))
                .update();
    }

    private void changed(Scope scope) {
        PerTransaction.forget(key(scope.duty()));
        events.publishEvent(new LadderChanged(scope));
    }

    private static String line(Rung rung) {
        return String.join(
                "|",
                rung.id(),
                rung.kind().name(),
                rung.offset().toString(),
                String.join(",", rung.to()),
                String.join(",", rung.copies()),
                Boolean.toString(rung.decide()),
                rung.text() == null ? "" : rung.text());
    }

    private static Rung rung(String line) {
        String[] parts = line.split("\\|", -1);
        return new Rung(
                parts[0],
                Rung.Kind.valueOf(parts[1]),
                Period.parse(parts[2]),
                roles(parts[3]),
                roles(parts[4]),
                Boolean.parseBoolean(parts[5]),
                // ladders set before rungs had texts end here
                parts.length > 6 && !parts[6].isEmpty() ? parts[6] : null);
    }

    private static List<String> roles(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }

    private static Own own(ResultSet row, int number) throws SQLException {
        String occasion = row.getString("occasion");
        String party = row.getString("party_code");
        return new Own(
                new Scope(
                        row.getString("duty"),
                        row.getString("deadline_name"),
                        occasion.equals(ANY) ? null : occasion,
                        party.equals(ANY) ? null : party),
                Arrays.stream(row.getString("rungs").split("\n"))
                        .filter(line -> !line.isEmpty())
                        .map(JdbcLadders::rung)
                        .toList(),
                row.getString("set_by"),
                row.getObject("set_at", OffsetDateTime.class).toInstant());
    }
}
