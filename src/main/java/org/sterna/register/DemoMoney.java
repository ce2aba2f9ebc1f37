package org.sterna.register;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Shares, contributions and memberships to try the application with: all made up, the same every time, and marked so.
 * Left alone as soon as the register has any of a kind.
 */
@Component
@Profile("demo")
class DemoMoney {

    static final String SOURCE = "Made up for the demonstration";

    /** Parties with so many years in arrears; chosen for their regions, without any regard to what they really owe. */
    static final Map<String, Integer> IN_ARREARS = Map.ofEntries(
            Map.entry("GHA", 1),
            Map.entry("PER", 1),
            Map.entry("FJI", 1),
            Map.entry("JOR", 1),
            Map.entry("MDA", 1),
            Map.entry("TGO", 3),
            Map.entry("BOL", 3),
            Map.entry("MNG", 3),
            Map.entry("SEN", 4),
            Map.entry("LBR", 4));

    private static final int YEARS_BEFORE = 5;
    private static final String BY = "secretariat";
    private static final BigDecimal PER_PERCENT = new BigDecimal("26000");

    private static final Map<String, Set<Region>> INSTRUMENTS = Map.of(
            "AEWA", Set.of(Region.AFRICA, Region.EUROPE),
            "EUROBATS", Set.of(Region.EUROPE),
            "ASCOBANS", Set.of(Region.EUROPE),
            "ACCOBAMS", Set.of(Region.AFRICA, Region.EUROPE),
            "ACAP", Set.of(Region.OCEANIA, Region.SOUTH_AND_CENTRAL_AMERICA_AND_THE_CARIBBEAN),
            "Raptors MOU", Set.of(Region.AFRICA, Region.ASIA, Region.EUROPE),
            "IOSEA", Set.of(Region.AFRICA, Region.ASIA, Region.OCEANIA),
            "Sharks MOU", Set.of(Region.values()));

    private final ReferenceRegister reference;
    private final JdbcTemplate database;
    private final MoneySettings settings;
    private final Clock clock;

    DemoMoney(ReferenceRegister reference, JdbcTemplate database, MoneySettings settings, Clock clock) {
        this.reference = reference;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    void fill() {
        int current = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).getYear();
        List<Party> parties = reference.parties();
        if (none("un_scale_share")) {
            shares(parties, current - YEARS_BEFORE);
        }
        if (none("contribution")) {
            contributions(parties, current);
        }
        if (none("instrument_membership")) {
            memberships(parties);
        }
    }

    private boolean none(String table) {
        Integer rows = database.queryForObject("select count(*) from " + table, Integer.class);
        return rows == null || rows == 0;
    }

    private void shares(List<Party> parties, int from) {
        database.batchUpdate(
                "insert into un_scale_share (party_code, from_year, percent, basis, source) values (?, ?, ?, ?, ?)",
                parties.stream()
                        .map(party -> new Object[] {party.code(), from, percent(party), Basis.ASSUMED.name(), SOURCE})
                        .toList());
    }

    private BigDecimal percent(Party party) {
        long number = number(party.code());
        boolean rich = settings.europeanUnion().contains(party.code())
                || settings.strongEconomies().contains(party.code());
        if (rich) {
            return BigDecimal.valueOf(50 + number % 4000, 3);
        }
        // every ninth of the others is above the threshold of 0.200 %
        return number % 9 == 0 && !IN_ARREARS.containsKey(party.code())
                ? BigDecimal.valueOf(201 + number % 900, 3)
                : BigDecimal.valueOf(1 + number % 150, 3);
    }

    private void contributions(List<Party> parties, int current) {
        List<Object[]> invoices = new ArrayList<>();
        List<Object[]> payments = new ArrayList<>();
        List<Object[]> receipts = new ArrayList<>();
        for (Party party : parties) {
            int unpaid = IN_ARREARS.getOrDefault(party.code(), 0);
            boolean late = unpaid > 0 || number(party.code()) % 10 == 0;
            for (int year = current - YEARS_BEFORE; year <= current; year++) {
                BigDecimal assessed = assessed(party, year);
                invoices.add(new Object[] {
                    party.code(),
                    year,
                    "DEMO-%d-%s".formatted(year, party.code()),
                    assessed,
                    Basis.ASSUMED.name(),
                    SOURCE,
                    LocalDate.of(year, 1, 1).atStartOfDay().atOffset(ZoneOffset.UTC),
                    BY
                });
                if (year < current - unpaid || year == current && !late) {
                    LocalDate on = LocalDate.of(year, 1, 10).plusDays(number(party.code()) % 75);
                    UUID id = UUID.nameUUIDFromBytes(
                            ("demo/" + party.code() + "/" + year).getBytes(StandardCharsets.UTF_8));
                    payments.add(new Object[] {
                        id,
                        party.code(),
                        year,
                        assessed,
                        on,
                        "DEMO " + party.code() + " " + year,
                        on.atStartOfDay().atOffset(ZoneOffset.UTC),
                        BY,
                        assessed,
                        on.plusDays(7),
                        on.plusDays(7).atStartOfDay().atOffset(ZoneOffset.UTC),
                        BY
                    });
                    receipts.add(new Object[] {id, year, assessed});
                }
            }
        }
        database.batchUpdate(
                "insert into contribution (party_code, contribution_year, invoice_no, assessed, basis, source,"
                        + " entered_at, entered_by) values (?, ?, ?, ?, ?, ?, ?, ?)",
                invoices);
        database.batchUpdate(
                "insert into contribution_payment (id, party_code, contribution_year, amount, currency, paid_on,"
                        + " reference, notified_at, notified_by, received, booked_on, matched_at, matched_by)"
                        + " values (?, ?, ?, ?, 'EUR', ?, ?, ?, ?, ?, ?, ?, ?)",
                payments);
        database.batchUpdate(
                "insert into contribution_receipt (payment_id, contribution_year, amount) values (?, ?, ?)", receipts);
    }

    private BigDecimal assessed(Party party, int year) {
        return percent(party)
                .multiply(PER_PERCENT)
                .multiply(BigDecimal.valueOf(100 + year % 5, 2))
                .max(new BigDecimal(50))
                .setScale(2, RoundingMode.HALF_UP);
    }

    private void memberships(List<Party> parties) {
        Set<String> known = new HashSet<>(database.queryForList("select code from instrument", String.class));
        List<Object[]> memberships = new ArrayList<>();
        for (Party party : parties) {
            INSTRUMENTS.forEach((code, regions) -> {
                long number = number(party.code() + code);
                if (known.contains(code) && regions.contains(party.region()) && number % 3 != 0) {
                    memberships.add(new Object[] {
                        party.code(), code, LocalDate.of((int) (2000 + number % 20), 1, 1), Basis.ASSUMED.name(), SOURCE
                    });
                }
            });
        }
        database.batchUpdate(
                "insert into instrument_membership (party_code, instrument_code, first_day, basis, source)"
                        + " values (?, ?, ?, ?, ?)",
                memberships);
    }

    /** A number that is always the same for a text and looks like chance. */
    private static long number(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }
}
