package org.sterna.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
@DependsOn("registerFilling")
class JdbcScale implements Scale {

    private static final String NOW = "select * from un_scale_share s where s.from_year = (select max(t.from_year)"
            + " from un_scale_share t where t.party_code = s.party_code and t.from_year <= :year)";

    private final JdbcClient database;
    private final MoneySettings settings;
    private final Clock clock;

    JdbcScale(JdbcClient database, MoneySettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Optional<Share> of(String partyCode) {
        return database.sql(NOW + " and s.party_code = :party")
                .param("year", year())
                .param("party", partyCode)
                .query(JdbcScale::share)
                .optional();
    }

    @Override
    public Map<String, Share> all() {
        return database.sql(NOW).param("year", year()).query(JdbcScale::share).list().stream()
                .collect(Collectors.toMap(Share::partyCode, Function.identity()));
    }

    @Override
    public boolean europeanUnion(String partyCode) {
        return settings.europeanUnion().contains(partyCode);
    }

    @Override
    public boolean strongEconomy(String partyCode) {
        return settings.strongEconomies().contains(partyCode);
    }

    private int year() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).getYear();
    }

    private static Share share(ResultSet row, int number) throws SQLException {
        return new Share(
                row.getString("party_code"),
                row.getInt("from_year"),
                row.getBigDecimal("percent"),
                Basis.valueOf(row.getString("basis")),
                row.getString("source"));
    }
}
