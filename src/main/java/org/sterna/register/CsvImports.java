package org.sterna.register;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.register.Contributions.Invoice;
import org.sterna.register.Contributions.Notification;

@Component
@DependsOn("registerFilling")
class CsvImports implements Imports {

    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final BigDecimal MOST_PERCENT = new BigDecimal(100);

    /** The year of the first scale of assessments of the United Nations. */
    private static final int FIRST_SCALE = 1946;

    private static final int LONGEST_SOURCE = 500;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_INVOICE_NO = 60;
    private static final int LONGEST_REFERENCE = 60;
    private static final int SHORTEST_REFERENCE = 3;

    private final JdbcClient database;
    private final JdbcTemplate batch;
    private final Contributions contributions;
    private final RegisterChanges changes;
    private final ApplicationEventPublisher events;
    private final MoneySentences sentences;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CsvImports(
            JdbcClient database,
            JdbcTemplate batch,
            Contributions contributions,
            RegisterChanges changes,
            ApplicationEventPublisher events,
            MoneySentences sentences,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.database = database;
        this.batch = batch;
        this.contributions = contributions;
        this.changes = changes;
        this.events = events;
        this.sentences = sentences;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** A sound line and how to write it. */
    private record Step(Line line, Runnable write) {}

    @Override
    public Result check(Kind kind, byte[] file) {
        return new Reading(kind, new Loading("", "", "")).result(file, false);
    }

    @Override
    public Result load(Kind kind, byte[] file, Loading loading) {
        return Objects.requireNonNull(
                transaction.execute(status -> {
                    Result result = new Reading(kind, loading).result(file, true);
                    if (!result.sound()) {
                        status.setRollbackOnly();
                    }
                    return result;
                }),
                "a result");
    }

    /** One file being read. */
    private final class Reading {

        private final Kind kind;
        private final UUID id = UUID.randomUUID();
        private final Loading loading;
        private final String username;
        private boolean semicolons;
        private final List<InvoicesLoaded.Of> said = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final Map<String, Integer> lines = new HashMap<>();
        private final Set<String> parties = new HashSet<>(
                database.sql("select code from party").query(String.class).list());

        Reading(Kind kind, Loading loading) {
            this.kind = kind;
            this.loading = loading;
            this.username = loading.username();
        }

        Result result(byte[] bytes, boolean write) {
            CsvFile file = CsvFile.read(kind, bytes, sentences);
            faults.addAll(file.faults());
            semicolons = file.semicolons();
            switch (kind) {
                case SHARES -> shares(file.rows());
                case CONTRIBUTIONS -> contributions(file.rows());
                case MEMBERSHIPS -> memberships(file.rows());
            }
            if (write && faults.isEmpty() && !RegisterChange.reason(loading.reason())) {
                steps.forEach(step -> step.line()
                        .differences()
                        .forEach(one -> faults.add(new Fault(
                                step.line().number(),
                                one.column(),
                                sentences.say("import.differs", one.before(), one.after())))));
            }
            if (write && faults.isEmpty()) {
                write();
            }
            faults.sort(Comparator.comparing(Fault::line));
            return new Result(id, kind, steps.stream().map(Step::line).toList(), List.copyOf(faults));
        }

        private void write() {
            for (Step step : steps) {
                try {
                    if (step.line().change() != Change.SAME) {
                        step.write().run();
                    }
                } catch (InvalidContribution refused) {
                    faults.add(new Fault(step.line().number(), column(refused.field()), refused.getMessage()));
                    return;
                }
            }
            if (!said.isEmpty()) {
                batch.batchUpdate(
                        "update contribution set loaded_from = ?, loaded_by = ? where party_code = ? and contribution_year = ?",
                        said.stream()
                                .map(one -> new Object[] {fileName(), username, one.partyCode(), one.year()})
                                .toList());
                events.publishEvent(new InvoicesLoaded(id, fileName(), username, List.copyOf(said)));
            }
        }

        /** The file's name as it is kept; of a file without one, what is in it. */
        private String fileName() {
            String name = loading.name().strip().replaceAll("\\p{Cntrl}", "");
            return name.isEmpty() ? kind.code() + ".csv" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
        }

        private void note(CsvFile.Row row, String subject, Difference difference) {
            changes.note(
                    difference.column(),
                    row.value("party"),
                    subject,
                    difference.before(),
                    difference.after(),
                    fileName() + ": " + row.value("source"),
                    loading.reason(),
                    username);
        }

        /** The figure, if the register has another one. */
        private List<Difference> differs(String column, @Nullable String before, String after) {
            return before == null || before.equals(after) ? List.of() : List.of(new Difference(column, before, after));
        }

        private void shares(List<CsvFile.Row> rows) {
            Map<String, String> known = new HashMap<>();
            Map<String, String> percents = new HashMap<>();
            database.sql("select * from un_scale_share").query((ResultSet row) -> {
                percents.put(
                        row.getString("party_code") + "/" + row.getInt("from_year"),
                        row.getBigDecimal("percent").toPlainString());
                known.put(
                        row.getString("party_code") + "/" + row.getInt("from_year"),
                        same(
                                row.getBigDecimal("percent").toPlainString(),
                                row.getString("basis"),
                                row.getString("source")));
            });
            for (CsvFile.Row row : rows) {
                int before = faults.size();
                String party = party(row);
                Integer year = year(row, "from_year", FIRST_SCALE);
                BigDecimal percent = number(row, "percent", 3, MOST_PERCENT, "import.percent");
                Basis basis = basis(row);
                String source = text(row, "source", 1, LONGEST_SOURCE);
                String key = party + "/" + year;
                once(row, key, "from_year");
                if (faults.size() == before) {
                    BigDecimal exact = percent.setScale(3);
                    List<Difference> differences = differs("percent", percents.get(key), exact.toPlainString());
                    add(row, known.get(key), same(exact.toPlainString(), basis.name(), source), differences, () -> {
                        differences.forEach(one -> note(row, String.valueOf(year), one));
                        batch.update("delete from un_scale_share where party_code = ? and from_year = ?", party, year);
                        batch.update(
                                "insert into un_scale_share (party_code, from_year, percent, basis, source)"
                                        + " values (?, ?, ?, ?, ?)",
                                party,
                                year,
                                exact,
                                basis.name(),
                                source);
                    });
                }
            }
        }

        private void memberships(List<CsvFile.Row> rows) {
            Set<String> instruments = new HashSet<>(database.sql("select code from instrument")
                    .query(String.class)
                    .list());
            Map<String, String> known = new HashMap<>();
            Map<String, String> days = new HashMap<>();
            database.sql("select * from instrument_membership").query((ResultSet row) -> {
                days.put(
                        row.getString("party_code") + "/" + row.getString("instrument_code"),
                        row.getObject("first_day", LocalDate.class).toString());
                known.put(
                        row.getString("party_code") + "/" + row.getString("instrument_code"),
                        same(
                                row.getObject("first_day", LocalDate.class).toString(),
                                row.getString("basis"),
                                row.getString("source")));
            });
            for (CsvFile.Row row : rows) {
                int before = faults.size();
                String party = party(row);
                String instrument = row.value("instrument");
                if (!instruments.contains(instrument)) {
                    fault(row, "instrument", "import.instrument", instrument);
                }
                LocalDate from = day(row, "from");
                Basis basis = basis(row);
                String source = text(row, "source", 1, LONGEST_SOURCE);
                String key = party + "/" + instrument;
                once(row, key, "instrument");
                if (faults.size() == before) {
                    List<Difference> differences = differs("from", days.get(key), from.toString());
                    add(row, known.get(key), same(from.toString(), basis.name(), source), differences, () -> {
                        differences.forEach(one -> note(row, instrument, one));
                        batch.update(
                                "delete from instrument_membership where party_code = ? and instrument_code = ?",
                                party,
                                instrument);
                        batch.update(
                                "insert into instrument_membership"
                                        + " (party_code, instrument_code, first_day, basis, source)"
                                        + " values (?, ?, ?, ?, ?)",
                                party,
                                instrument,
                                from,
                                basis.name(),
                                source);
                    });
                }
            }
        }

        /** What the register knows of a year. */
        private record Known(@Nullable String invoiceNo, BigDecimal assessed, String same, BigDecimal paid) {}

        private void contributions(List<CsvFile.Row> rows) {
            Map<String, Known> known = known();
            Map<String, String> told = told();
            Map<String, String> invoices = new LinkedHashMap<>();
            Set<String> inFile = new HashSet<>();
            rows.forEach(row -> inFile.add(row.value("party") + "/" + row.value("year")));
            known.forEach((key, one) -> {
                if (one.invoiceNo() != null && !inFile.contains(key)) {
                    invoices.put(key.substring(0, key.indexOf('/') + 1) + one.invoiceNo(), key);
                }
            });
            for (CsvFile.Row row : rows) {
                int before = faults.size();
                String party = party(row);
                Integer year = year(row, "year", Contributions.FIRST_YEAR);
                String invoiceNo = text(row, "invoice_no", 1, LONGEST_INVOICE_NO);
                BigDecimal assessed = number(row, "assessed", 2, JdbcContributions.MOST, "import.amount");
                BigDecimal paid = row.value("paid").isEmpty()
                        ? JdbcContributions.NOTHING
                        : number(row, "paid", 2, JdbcContributions.MOST, "import.amount");
                if (assessed != null && paid != null && paid.compareTo(assessed) > 0) {
                    fault(row, "paid", "import.paid-too-much");
                }
                Basis basis = basis(row);
                String source = text(row, "source", 1, LONGEST_SOURCE);
                String key = party + "/" + year;
                once(row, key, "year");
                String other = invoices.putIfAbsent(party + "/" + invoiceNo, key);
                if (other != null && !other.equals(key)) {
                    fault(row, "invoice_no", "invoice-no-taken", invoiceNo, other.substring(other.indexOf('/') + 1));
                }
                Known there = known.get(key);
                BigDecimal before2 = there == null ? JdbcContributions.NOTHING : there.paid();
                BigDecimal more = paid == null ? JdbcContributions.NOTHING : paid.subtract(before2);
                LocalDate paidOn = null;
                String reference = "";
                if (more.signum() < 0) {
                    fault(row, "paid", "import.paid-less", before2.toPlainString());
                } else if (more.signum() > 0) {
                    paidOn = day(row, "paid_on");
                    reference = text(row, "reference", SHORTEST_REFERENCE, LONGEST_REFERENCE);
                    if (paidOn != null && paidOn.isAfter(today())) {
                        fault(row, "paid_on", "paid-on");
                    }
                }
                if (faults.size() == before) {
                    String now = same(
                            invoiceNo,
                            assessed.setScale(2).toPlainString(),
                            basis.name(),
                            source,
                            paid.setScale(2).toPlainString());
                    LocalDate on = paidOn;
                    String quoted = reference;
                    List<Difference> differences = new ArrayList<>();
                    if (there != null && there.invoiceNo() != null) {
                        differences.addAll(differs("invoice_no", there.invoiceNo(), invoiceNo));
                        differences.addAll(differs(
                                "assessed",
                                there.assessed().toPlainString(),
                                assessed.setScale(2).toPlainString()));
                    }
                    List<Difference> beside = more.signum() > 0
                            ? differs("paid", told.get(key), more.setScale(2).toPlainString())
                            : List.of();
                    differences.addAll(beside);
                    said.add(new InvoicesLoaded.Of(party, year));
                    add(row, there == null ? null : there.same(), now, differences, () -> {
                        contributions.invoice(
                                new Invoice(
                                        party,
                                        year,
                                        invoiceNo,
                                        assessed,
                                        basis,
                                        source,
                                        loading.reason(),
                                        fileName() + ": " + source),
                                username);
                        beside.forEach(one -> note(row, String.valueOf(year), one));
                        if (more.signum() > 0) {
                            UUID payment = contributions.notified(
                                    new Notification(
                                            party, year, more, Contribution.Currency.EUR, null, on, quoted, null),
                                    username);
                            contributions.matched(payment, more, on, Contributions.Order.NAMED_YEAR_FIRST, username);
                        }
                    });
                }
            }
        }

        /** Payments that Parties told of and that nobody has looked for yet, in words: they may be the money of the file. */
        private Map<String, String> told() {
            Map<String, String> told = new HashMap<>();
            database.sql("select * from contribution_payment where received is null order by notified_at, id")
                    .query((ResultSet row) -> {
                        told.merge(
                                row.getString("party_code") + "/" + row.getInt("contribution_year"),
                                sentences.say(
                                        "import.told",
                                        row.getString("currency"),
                                        row.getBigDecimal("amount").toPlainString(),
                                        row.getObject("paid_on", LocalDate.class)
                                                .toString(),
                                        row.getString("reference")),
                                (one, other) -> one + "; " + other);
                    });
            return told;
        }

        private Map<String, Known> known() {
            Map<String, BigDecimal> paid = new HashMap<>();
            database.sql("""
                            select p.party_code, r.contribution_year, sum(r.amount) as paid
                            from contribution_receipt r join contribution_payment p on p.id = r.payment_id
                            group by p.party_code, r.contribution_year
                            """).query((ResultSet row) -> {
                paid.put(
                        row.getString("party_code") + "/" + row.getInt("contribution_year"), row.getBigDecimal("paid"));
            });
            Map<String, Known> known = new LinkedHashMap<>();
            database.sql("select * from contribution").query((ResultSet row) -> {
                String key = row.getString("party_code") + "/" + row.getInt("contribution_year");
                String invoiceNo = row.getString("invoice_no");
                BigDecimal sum = paid.getOrDefault(key, JdbcContributions.NOTHING);
                known.put(
                        key,
                        new Known(
                                invoiceNo,
                                row.getBigDecimal("assessed"),
                                same(
                                        Objects.toString(invoiceNo, ""),
                                        row.getBigDecimal("assessed").toPlainString(),
                                        row.getString("basis"),
                                        row.getString("source"),
                                        sum.toPlainString()),
                                sum));
            });
            return known;
        }

        private void add(
                CsvFile.Row row, @Nullable String before, String now, List<Difference> differences, Runnable write) {
            Change change = before == null ? Change.NEW : before.equals(now) ? Change.SAME : Change.CHANGED;
            steps.add(new Step(
                    new Line(
                            row.number(),
                            kind.columns().stream().map(row::value).toList(),
                            change,
                            List.copyOf(differences)),
                    write));
        }

        private static String same(String... values) {
            return String.join("\u0000", values);
        }

        private String party(CsvFile.Row row) {
            String party = row.value("party");
            if (!parties.contains(party)) {
                fault(row, "party", "unknown-party", party);
            }
            return party;
        }

        private @Nullable Integer year(CsvFile.Row row, String column, int first) {
            String value = row.value(column);
            int last = today().getYear() + Contributions.YEARS_AHEAD;
            if (YEAR.matcher(value).matches()) {
                int year = Integer.parseInt(value);
                if (year >= first && year <= last) {
                    return year;
                }
            }
            fault(row, column, "year", String.valueOf(first), String.valueOf(last));
            return null;
        }

        private @Nullable BigDecimal number(CsvFile.Row row, String column, int decimals, BigDecimal most, String key) {
            String value = row.value(column);
            Written.Number number = Written.number(value, semicolons, decimals, most);
            switch (number.reading()) {
                case READ -> {
                    return number.value();
                }
                case AMBIGUOUS -> fault(row, column, "import.ambiguous-number", value);
                case NONE -> fault(row, column, semicolons ? key + "-semicolon" : key, value);
            }
            return null;
        }

        private @Nullable LocalDate day(CsvFile.Row row, String column) {
            String value = row.value(column);
            Written.Day day = Written.day(value, semicolons);
            switch (day.reading()) {
                case READ -> {
                    return day.value();
                }
                case AMBIGUOUS -> fault(row, column, "import.ambiguous-day", value);
                case NONE -> fault(row, column, "import.day", value);
            }
            return null;
        }

        private Basis basis(CsvFile.Row row) {
            String value = row.value("basis");
            if (value.isEmpty()) {
                return Basis.SOURCED;
            }
            return Basis.of(value).orElseGet(() -> {
                fault(row, "basis", "import.basis", value);
                return Basis.ASSUMED;
            });
        }

        private String text(CsvFile.Row row, String column, int least, int most) {
            String value = row.value(column);
            Predicate<String> fits = text -> text.length() >= least
                    && text.length() <= most
                    && text.chars().noneMatch(Character::isISOControl);
            if (!fits.test(value)) {
                fault(row, column, "import.text", least, most);
            }
            return value;
        }

        private void once(CsvFile.Row row, String key, String column) {
            Integer other = lines.putIfAbsent(key, row.number());
            if (other != null) {
                fault(row, column, "import.twice", other);
            }
        }

        private void fault(CsvFile.Row row, String column, String key, Object... arguments) {
            faults.add(new Fault(row.number(), column, sentences.say(key, arguments)));
        }

        private LocalDate today() {
            return LocalDate.ofInstant(clock.instant(), Party.BONN);
        }

        /** The column that holds what a {@link InvalidContribution} names. */
        private static String column(String field) {
            return switch (field) {
                case "invoiceNo" -> "invoice_no";
                case "paidOn" -> "paid_on";
                case "amount", "received" -> "paid";
                case "changeReason" -> "assessed";
                default -> field;
            };
        }
    }
}
