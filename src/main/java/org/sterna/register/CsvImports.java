package org.sterna.register;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,10}(\\.\\d{1,2})?");
    private static final Pattern PERCENT = Pattern.compile("\\d{1,3}(\\.\\d{1,3})?");

    /** The year of the first scale of assessments of the United Nations. */
    private static final int FIRST_SCALE = 1946;

    private static final int LONGEST_SOURCE = 500;
    private static final int LONGEST_INVOICE_NO = 60;
    private static final int LONGEST_REFERENCE = 60;
    private static final int SHORTEST_REFERENCE = 3;

    private final JdbcClient database;
    private final JdbcTemplate batch;
    private final Contributions contributions;
    private final MoneySentences sentences;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CsvImports(
            JdbcClient database,
            JdbcTemplate batch,
            Contributions contributions,
            MoneySentences sentences,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.database = database;
        this.batch = batch;
        this.contributions = contributions;
        this.sentences = sentences;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** A sound line and how to write it. */
    private record Step(Line line, Runnable write) {}

    @Override
    public Result check(Kind kind, byte[] file) {
        return new Reading(kind, "").result(file, false);
    }

    @Override
    public Result load(Kind kind, byte[] file, String username) {
        return Objects.requireNonNull(
                transaction.execute(status -> {
                    Result result = new Reading(kind, username).result(file, true);
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
        private final String username;
        private final List<Fault> faults = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final Map<String, Integer> lines = new HashMap<>();
        private final Set<String> parties = new HashSet<>(
                database.sql("select code from party").query(String.class).list());

        Reading(Kind kind, String username) {
            this.kind = kind;
            this.username = username;
        }

        Result result(byte[] bytes, boolean write) {
            CsvFile file = CsvFile.read(kind, bytes, sentences);
            faults.addAll(file.faults());
            switch (kind) {
                case SHARES -> shares(file.rows());
                case CONTRIBUTIONS -> contributions(file.rows());
                case MEMBERSHIPS -> memberships(file.rows());
            }
            if (write && faults.isEmpty()) {
                write();
            }
            faults.sort(Comparator.comparing(Fault::line));
            return new Result(kind, steps.stream().map(Step::line).toList(), List.copyOf(faults));
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
        }

        private void shares(List<CsvFile.Row> rows) {
            Map<String, String> known = new HashMap<>();
            database.sql("select * from un_scale_share").query((ResultSet row) -> {
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
                BigDecimal percent = number(row, "percent", PERCENT, "import.percent");
                if (percent != null && percent.compareTo(new BigDecimal(100)) > 0) {
                    fault(row, "percent", "import.percent", row.value("percent"));
                }
                Basis basis = basis(row);
                String source = text(row, "source", 1, LONGEST_SOURCE);
                String key = party + "/" + year;
                once(row, key, "from_year");
                if (faults.size() == before) {
                    BigDecimal exact = percent.setScale(3);
                    add(row, known.get(key), same(exact.toPlainString(), basis.name(), source), () -> {
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
            database.sql("select * from instrument_membership").query((ResultSet row) -> {
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
                    add(row, known.get(key), same(from.toString(), basis.name(), source), () -> {
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
        private record Known(@Nullable String invoiceNo, String same, BigDecimal paid) {}

        private void contributions(List<CsvFile.Row> rows) {
            Map<String, Known> known = known();
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
                BigDecimal assessed = number(row, "assessed", AMOUNT, "import.amount");
                BigDecimal paid = row.value("paid").isEmpty()
                        ? JdbcContributions.NOTHING
                        : number(row, "paid", AMOUNT, "import.amount");
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
                    add(row, there == null ? null : there.same(), now, () -> {
                        contributions.invoice(new Invoice(party, year, invoiceNo, assessed, basis, source), username);
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

        private void add(CsvFile.Row row, @Nullable String before, String now, Runnable write) {
            Change change = before == null ? Change.NEW : before.equals(now) ? Change.SAME : Change.CHANGED;
            steps.add(new Step(
                    new Line(
                            row.number(),
                            kind.columns().stream().map(row::value).toList(),
                            change),
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

        private @Nullable BigDecimal number(CsvFile.Row row, String column, Pattern form, String key) {
            String value = row.value(column);
            if (form.matcher(value).matches()) {
                return new BigDecimal(value);
            }
            fault(row, column, key, value);
            return null;
        }

        private @Nullable LocalDate day(CsvFile.Row row, String column) {
            try {
                LocalDate day = LocalDate.parse(row.value(column));
                if (day.getYear() >= 1945 && day.getYear() <= 2199) {
                    return day;
                }
            } catch (DateTimeException noDay) {
                // told below, like a day in a year that cannot be meant
            }
            fault(row, column, "import.day", row.value(column));
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
            return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        }

        /** The column that holds what a {@link InvalidContribution} names. */
        private static String column(String field) {
            return switch (field) {
                case "invoiceNo" -> "invoice_no";
                case "paidOn" -> "paid_on";
                case "amount", "received" -> "paid";
                default -> field;
            };
        }
    }
}
