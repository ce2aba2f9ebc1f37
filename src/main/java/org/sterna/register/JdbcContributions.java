package org.sterna.register;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@DependsOn("registerFilling")
class JdbcContributions implements Contributions {

    static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(2);

    /** The most that ten digits before the point hold. */
    static final BigDecimal MOST = new BigDecimal("9999999999.99");

    /** After all that is booked. */
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private static final int LONGEST_INVOICE_NO = 60;
    private static final int SHORTEST_REFERENCE = 3;
    private static final int LONGEST_REFERENCE = 60;
    private static final int LONGEST_REASON = 2000;
    private static final int LONGEST_SOURCE = 500;

    private final JdbcClient database;
    private final MoneySettings settings;
    private final MoneySentences sentences;
    private final RegisterChanges changes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    JdbcContributions(
            JdbcClient database,
            MoneySettings settings,
            MoneySentences sentences,
            RegisterChanges changes,
            ApplicationEventPublisher events,
            Clock clock) {
        this.database = database;
        this.settings = settings;
        this.sentences = sentences;
        this.changes = changes;
        this.events = events;
        this.clock = clock;
    }

    /** A year's amounts. */
    private record Amounts(int year, BigDecimal assessed, BigDecimal paid, boolean assumed, boolean invoiced) {

        BigDecimal balance() {
            return assessed.subtract(paid).max(NOTHING);
        }
    }

    @Override
    public Map<String, Standing> standings(Collection<String> partyCodes) {
        if (partyCodes.isEmpty()) {
            return Map.of();
        }
        Map<String, List<Amounts>> amounts = amounts(partyCodes, null);
        Map<String, Standing> standings = new LinkedHashMap<>();
        partyCodes.forEach(party -> standings.put(party, standing(party, amounts.getOrDefault(party, List.of()))));
        return standings;
    }

    @Override
    public Map<String, ContributionStatus> statusAt(Collection<String> partyCodes, LocalDate day) {
        if (partyCodes.isEmpty()) {
            return Map.of();
        }
        Map<String, List<Amounts>> amounts = amounts(partyCodes, day);
        Map<String, ContributionStatus> statuses = new LinkedHashMap<>();
        partyCodes.forEach(
                party -> statuses.put(party, status(party, day.getYear(), amounts.getOrDefault(party, List.of()))));
        return statuses;
    }

    private ContributionStatus status(String party, int year, List<Amounts> years) {
        List<Amounts> known = years.stream().filter(one -> one.year() <= year).toList();
        List<BigDecimal> unpaid = known.stream()
                .filter(one -> one.year() < year && one.balance().signum() > 0)
                .map(Amounts::balance)
                .toList();
        Optional<Amounts> own = known.stream().filter(one -> one.year() == year).findFirst();
        return new ContributionStatus(
                party,
                !known.isEmpty(),
                known.stream().anyMatch(Amounts::assumed),
                year,
                own.filter(Amounts::invoiced).isPresent(),
                own.map(Amounts::assessed).orElse(NOTHING),
                own.map(Amounts::paid).orElse(NOTHING),
                sum(unpaid),
                unpaid.size(),
                settings.yearsWithoutRights());
    }

    /**
     * The amounts of all years, the oldest first.
     *
     * @param until the last day on which payments were booked; null for all
     */
    private Map<String, List<Amounts>> amounts(Collection<String> partyCodes, @Nullable LocalDate until) {
        Map<String, Map<Integer, BigDecimal>> paid = new HashMap<>();
        database.sql("""
                        select p.party_code, r.contribution_year, sum(r.amount) as paid
                        from contribution_receipt r join contribution_payment p on p.id = r.payment_id
                        where p.party_code in (:parties) and p.booked_on <= :until
                        group by p.party_code, r.contribution_year
                        """)
                .param("parties", partyCodes)
                .param("until", until == null ? LAST_DAY : until)
                .query((ResultSet row) -> {
                    paid.computeIfAbsent(row.getString("party_code"), code -> new HashMap<>())
                            .put(row.getInt("contribution_year"), row.getBigDecimal("paid"));
                });
        Map<String, List<Amounts>> amounts = new HashMap<>();
        database.sql("select party_code, contribution_year, assessed, invoice_no, basis from contribution"
                        + " where party_code in (:parties) order by party_code, contribution_year")
                .param("parties", partyCodes)
                .query((ResultSet row) -> {
                    String party = row.getString("party_code");
                    int year = row.getInt("contribution_year");
                    amounts.computeIfAbsent(party, code -> new ArrayList<>())
                            .add(new Amounts(
                                    year,
                                    row.getBigDecimal("assessed"),
                                    paid.getOrDefault(party, Map.of()).getOrDefault(year, NOTHING),
                                    row.getString("invoice_no") != null
                                            && row.getString("basis").equals(Basis.ASSUMED.name()),
                                    row.getString("invoice_no") != null));
                });
        return amounts;
    }

    private Standing standing(String party, List<Amounts> years) {
        int current = currentYear();
        List<BigDecimal> unpaid = years.stream()
                .filter(one -> one.year() < current && one.balance().signum() > 0)
                .map(Amounts::balance)
                .toList();
        int tooMany = unpaid.size() - settings.yearsWithoutRights() + 1;
        return new Standing(
                party,
                !years.isEmpty(),
                years.stream().anyMatch(Amounts::assumed),
                current,
                sum(years.stream().map(Amounts::assessed).toList()),
                sum(years.stream().map(Amounts::paid).toList()),
                years.stream()
                        .filter(one -> one.year() == current)
                        .map(Amounts::balance)
                        .findFirst()
                        .orElse(NOTHING),
                sum(unpaid),
                unpaid.size(),
                settings.yearsWithoutRights(),
                tooMany > 0 ? sum(unpaid.subList(0, tooMany)) : NOTHING,
                notInvoiced(years, current),
                years.isEmpty() ? null : years.get(0).year(),
                years.isEmpty() ? null : years.get(years.size() - 1).year());
    }

    private static List<Integer> notInvoiced(List<Amounts> years, int current) {
        if (years.isEmpty()) {
            return List.of();
        }
        Set<Integer> invoiced =
                years.stream().filter(Amounts::invoiced).map(Amounts::year).collect(Collectors.toSet());
        return IntStream.rangeClosed(years.get(0).year(), current)
                .filter(year -> !invoiced.contains(year))
                .boxed()
                .toList();
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(NOTHING, BigDecimal::add);
    }

    @Override
    public List<Contribution> years(String partyCode) {
        return read(partyCode, null);
    }

    @Override
    public Optional<Contribution> year(String partyCode, int year) {
        return read(partyCode, year).stream().findFirst();
    }

    private List<Contribution> read(String party, @Nullable Integer only) {
        Map<Integer, List<Contribution.Payment>> payments = new HashMap<>();
        statement("select * from contribution_payment where %s order by notified_at, paid_on, id", party, only)
                .query((ResultSet row) -> {
                    payments.computeIfAbsent(row.getInt("contribution_year"), year -> new ArrayList<>())
                            .add(payment(row));
                });
        Map<Integer, List<Contribution.Dispute>> disputes = new HashMap<>();
        statement("select * from contribution_dispute where %s order by raised_at, id", party, only)
                .query((ResultSet row) -> {
                    disputes.computeIfAbsent(row.getInt("contribution_year"), year -> new ArrayList<>())
                            .add(dispute(row));
                });
        Map<Integer, BigDecimal> paid = amounts(List.of(party), null).getOrDefault(party, List.of()).stream()
                .collect(Collectors.toMap(Amounts::year, Amounts::paid));
        return statement("select * from contribution where %s order by contribution_year desc", party, only)
                .query((row, number) -> {
                    int year = row.getInt("contribution_year");
                    return new Contribution(
                            party,
                            year,
                            row.getString("invoice_no"),
                            row.getBigDecimal("assessed"),
                            paid.getOrDefault(year, NOTHING),
                            Basis.valueOf(row.getString("basis")),
                            row.getString("source"),
                            List.copyOf(payments.getOrDefault(year, List.of())),
                            List.copyOf(disputes.getOrDefault(year, List.of())));
                })
                .list();
    }

    private JdbcClient.StatementSpec statement(String sql, String party, @Nullable Integer only) {
        String where = only == null ? "party_code = :party" : "party_code = :party and contribution_year = :only";
        JdbcClient.StatementSpec statement = database.sql(sql.formatted(where)).param("party", party);
        return only == null ? statement : statement.param("only", only);
    }

    private static Contribution.Payment payment(ResultSet row) throws SQLException {
        BigDecimal received = row.getBigDecimal("received");
        return new Contribution.Payment(
                row.getObject("id", UUID.class),
                row.getBigDecimal("amount"),
                Contribution.Currency.valueOf(row.getString("currency")),
                row.getBigDecimal("exchange_rate"),
                row.getObject("paid_on", LocalDate.class),
                row.getString("reference"),
                row.getObject("document", UUID.class),
                at(row, "notified_at"),
                row.getString("notified_by"),
                received == null
                        ? null
                        : new Contribution.Match(received, at(row, "matched_at"), row.getString("matched_by")));
    }

    private static Contribution.Dispute dispute(ResultSet row) throws SQLException {
        String answer = row.getString("answer");
        return new Contribution.Dispute(
                row.getObject("id", UUID.class),
                row.getString("reason"),
                at(row, "raised_at"),
                row.getString("raised_by"),
                answer,
                answer == null ? null : at(row, "answered_at"),
                row.getString("answered_by"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    @Transactional
    public void invoice(Invoice invoice, String username) {
        checkYear(invoice.year());
        String number = invoice.invoiceNo().strip();
        if (number.isEmpty() || number.length() > LONGEST_INVOICE_NO || unprintable(number)) {
            throw sentences.invalid("invoiceNo", "invoice-no", LONGEST_INVOICE_NO);
        }
        BigDecimal assessed = amount("assessed", invoice.assessed());
        String source = invoice.source().strip();
        if (source.isEmpty() || source.length() > LONGEST_SOURCE || unprintable(source)) {
            throw sentences.invalid("source", "source", LONGEST_SOURCE);
        }
        lock(invoice.partyCode());
        Integer other = database.sql("select contribution_year from contribution"
                        + " where party_code = :party and invoice_no = :number and contribution_year <> :year")
                .param("party", invoice.partyCode())
                .param("number", number)
                .param("year", invoice.year())
                .query(Integer.class)
                .optional()
                .orElse(null);
        if (other != null) {
            throw sentences.invalid("invoiceNo", "invoice-no-taken", number, String.valueOf(other));
        }
        year(invoice.partyCode(), invoice.year())
                .ifPresent(before -> replace(before, number, assessed, invoice.from(), invoice.reason(), username));
        row(invoice.partyCode(), invoice.year(), username);
        database.sql("update contribution set invoice_no = :number, assessed = :assessed, basis = :basis,"
                        + " source = :source, entered_at = :at, entered_by = :by, loaded_from = null, loaded_by = null"
                        + " where party_code = :party and contribution_year = :year")
                .param("number", number)
                .param("assessed", assessed)
                .param("basis", invoice.basis().name())
                .param("source", source)
                .param("at", now())
                .param("by", username)
                .param("party", invoice.partyCode())
                .param("year", invoice.year())
                .update();
        if (year(invoice.partyCode(), invoice.year()).orElseThrow().balance().signum() == 0) {
            events.publishEvent(new YearSettled(invoice.partyCode(), invoice.year()));
        }
    }

    /** Keeps what another number or amount replaces, which needs a reason. */
    private void replace(
            Contribution before, String number, BigDecimal assessed, String from, String reason, String username) {
        String invoiceNo = before.invoiceNo();
        if (invoiceNo == null || invoiceNo.equals(number) && before.assessed().compareTo(assessed) == 0) {
            return;
        }
        if (!RegisterChange.reason(reason)) {
            throw sentences.invalid(
                    "changeReason",
                    "change-reason",
                    invoiceNo,
                    before.assessed().toPlainString(),
                    before.source(),
                    number,
                    assessed.toPlainString(),
                    RegisterChange.SHORTEST_REASON,
                    String.valueOf(RegisterChange.LONGEST_REASON));
        }
        String year = String.valueOf(before.year());
        if (!invoiceNo.equals(number)) {
            changes.note("invoice_no", before.partyCode(), year, invoiceNo, number, from, reason, username);
        }
        if (before.assessed().compareTo(assessed) != 0) {
            changes.note(
                    "assessed",
                    before.partyCode(),
                    year,
                    before.assessed().toPlainString(),
                    assessed.toPlainString(),
                    from,
                    reason,
                    username);
        }
    }

    @Override
    public Map<String, Loaded> loaded(int year, Collection<String> partyCodes) {
        Map<String, Loaded> loaded = new HashMap<>();
        if (!partyCodes.isEmpty()) {
            database.sql("select party_code, loaded_from, loaded_by from contribution where contribution_year = :year"
                            + " and loaded_from is not null and party_code in (:parties)")
                    .param("year", year)
                    .param("parties", partyCodes)
                    .query((ResultSet row) -> {
                        loaded.put(
                                row.getString("party_code"),
                                new Loaded(row.getString("loaded_from"), row.getString("loaded_by")));
                    });
        }
        return loaded;
    }

    @Override
    public List<RegisterChange> changes(String partyCode) {
        return changes.of(partyCode);
    }

    @Override
    public Optional<Contribution.Payment> bookedAlready(UUID payment, BigDecimal received) {
        return database.sql("select o.* from contribution_payment p join contribution_payment o"
                        + " on o.party_code = p.party_code and o.contribution_year = p.contribution_year and o.id <> p.id"
                        + " where p.id = :id and p.received is null and o.received > 0 and (lower(o.reference) ="
                        + " lower(p.reference) or (o.paid_on = p.paid_on and o.received = :received))"
                        + " order by o.matched_at desc, o.id fetch first 1 row only")
                .param("id", payment)
                .param("received", received)
                .query((row, number) -> payment(row))
                .optional();
    }

    @Override
    @Transactional
    public UUID notified(Notification payment, String username) {
        checkYear(payment.year());
        BigDecimal amount = amount("amount", payment.amount());
        if (amount.signum() == 0) {
            throw sentences.invalid("amount", "amount-above-zero");
        }
        BigDecimal rate = payment.exchangeRate();
        if (payment.currency() == Contribution.Currency.EUR) {
            rate = null;
        } else if (rate == null || rate.signum() <= 0 || rate.compareTo(new BigDecimal("999999")) > 0) {
            throw sentences.invalid("exchangeRate", "exchange-rate");
        }
        if (payment.paidOn()
                .isAfter(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1))) {
            // a day ends later in the west than it begins in the east
            throw sentences.invalid("paidOn", "paid-on");
        }
        String reference = payment.reference().strip();
        if (reference.length() < SHORTEST_REFERENCE
                || reference.length() > LONGEST_REFERENCE
                || unprintable(reference)) {
            throw sentences.invalid("reference", "reference", SHORTEST_REFERENCE, LONGEST_REFERENCE);
        }
        lock(payment.partyCode());
        row(payment.partyCode(), payment.year(), username);
        UUID id = UUID.randomUUID();
        database.sql("insert into contribution_payment (id, party_code, contribution_year, amount, currency,"
                        + " exchange_rate, paid_on, reference, document, notified_at, notified_by) values (:id, :party,"
                        + " :year, :amount, :currency, :rate, :paid, :reference, :document, :at, :by)")
                .param("id", id)
                .param("party", payment.partyCode())
                .param("year", payment.year())
                .param("amount", amount)
                .param("currency", payment.currency().name())
                .param("rate", rate == null ? null : rate.setScale(6, RoundingMode.HALF_UP))
                .param("paid", payment.paidOn())
                .param("reference", reference)
                .param("document", payment.document())
                .param("at", now())
                .param("by", username)
                .update();
        return id;
    }

    @Override
    @Transactional
    public void matched(UUID payment, BigDecimal received, @Nullable LocalDate bookedOn, Order order, String username) {
        BigDecimal amount = amount("received", received);
        record Of(String party, int year) {}
        Of of = database.sql("select party_code, contribution_year from contribution_payment where id = :id")
                .param("id", payment)
                .query((row, number) -> new Of(row.getString("party_code"), row.getInt("contribution_year")))
                .optional()
                .orElseThrow(() -> sentences.invalid("payment", "no-such-payment"));
        lock(of.party());
        int changed = database.sql("update contribution_payment set received = :received, booked_on = :booked,"
                        + " matched_at = :at, matched_by = :by where id = :id and received is null")
                .param("received", amount)
                .param("booked", bookedOn == null ? LocalDate.ofInstant(clock.instant(), Party.BONN) : bookedOn)
                .param("at", now())
                .param("by", username)
                .param("id", payment)
                .update();
        if (changed == 0) {
            throw sentences.invalid("payment", "matched-before");
        }
        putDown(payment, of.party(), of.year(), amount, order, username);
    }

    private void putDown(UUID payment, String party, int named, BigDecimal amount, Order order, String username) {
        List<Amounts> years = new ArrayList<>(amounts(List.of(party), null).getOrDefault(party, List.of()));
        int last = Math.max(named, years.get(years.size() - 1).year());
        if (order == Order.NAMED_YEAR_FIRST) {
            years.sort(
                    Comparator.comparing((Amounts one) -> one.year() != named).thenComparing(Amounts::year));
        }
        BigDecimal left = amount;
        for (Amounts year : years) {
            BigDecimal part = left.min(year.balance());
            if (part.signum() > 0) {
                receipt(payment, year.year(), part);
                left = left.subtract(part);
                if (part.compareTo(year.balance()) == 0) {
                    events.publishEvent(new YearSettled(party, year.year()));
                }
            }
        }
        if (left.signum() > 0) {
            // nothing is open any more: the rest is the share of the first year that no invoice went out for
            int next = invoiced(party, last) ? last + 1 : last;
            row(party, next, username);
            receipt(payment, next, left);
        }
    }

    private boolean invoiced(String party, int year) {
        return database.sql("select count(*) from contribution where party_code = :party and contribution_year = :year"
                                + " and invoice_no is not null")
                        .param("party", party)
                        .param("year", year)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void receipt(UUID payment, int year, BigDecimal amount) {
        database.sql("insert into contribution_receipt (payment_id, contribution_year, amount)"
                        + " values (:payment, :year, :amount)")
                .param("payment", payment)
                .param("year", year)
                .param("amount", amount)
                .update();
    }

    @Override
    @Transactional
    public void disputed(String partyCode, int year, String reason, String username) {
        checkYear(year);
        String text = reason.strip();
        if (text.isEmpty() || text.length() > LONGEST_REASON) {
            throw sentences.invalid("reason", "reason", LONGEST_REASON);
        }
        lock(partyCode);
        row(partyCode, year, username);
        database.sql(
                        "insert into contribution_dispute (id, party_code, contribution_year, reason, raised_at, raised_by)"
                                + " values (:id, :party, :year, :reason, :at, :by)")
                .param("id", UUID.randomUUID())
                .param("party", partyCode)
                .param("year", year)
                .param("reason", text)
                .param("at", now())
                .param("by", username)
                .update();
    }

    @Override
    @Transactional
    public void answered(String partyCode, int year, String answer, String username) {
        String text = answer.strip();
        if (text.isEmpty() || text.length() > LONGEST_REASON) {
            throw sentences.invalid("reason", "reason", LONGEST_REASON);
        }
        database.sql("update contribution_dispute set answer = :answer, answered_at = :at, answered_by = :by"
                        + " where party_code = :party and contribution_year = :year and answer is null")
                .param("answer", text)
                .param("at", now())
                .param("by", username)
                .param("party", partyCode)
                .param("year", year)
                .update();
    }

    /** Writers of one Party take turns, so that none puts money down to what another has just settled. */
    private void lock(String party) {
        database.sql("select code from party where code = :party for update")
                .param("party", party)
                .query(String.class)
                .optional()
                .orElseThrow(() -> sentences.invalid("party", "unknown-party", party));
    }

    /** Makes sure that the year has a row; without an invoice until one is entered. */
    private void row(String party, int year, String username) {
        database.sql("insert into contribution"
                        + " (party_code, contribution_year, assessed, basis, source, entered_at, entered_by)"
                        + " select code, :year, 0, 'ASSUMED', 'Not invoiced yet', :at, :by from party where code = :party"
                        + " and not exists (select 1 from contribution c"
                        + " where c.party_code = :party and c.contribution_year = :year)")
                .param("party", party)
                .param("year", year)
                .param("at", now())
                .param("by", username)
                .update();
    }

    private void checkYear(int year) {
        int last = currentYear() + YEARS_AHEAD;
        if (year < FIRST_YEAR || year > last) {
            throw sentences.invalid("year", "year", String.valueOf(FIRST_YEAR), String.valueOf(last));
        }
    }

    /** The amount with two decimals. */
    private BigDecimal amount(String field, BigDecimal amount) {
        if (amount.signum() < 0
                || amount.compareTo(MOST) > 0
                || amount.stripTrailingZeros().scale() > 2) {
            throw sentences.invalid(field, "amount");
        }
        return amount.setScale(2, RoundingMode.UNNECESSARY);
    }

    private static boolean unprintable(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private int currentYear() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).getYear();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
