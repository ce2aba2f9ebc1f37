package org.sterna.register;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.sterna.time.MovableClock;

/** The register on a database, put together by hand; its clock starts on 1 March 2026. */
class TestRegister {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final Passwords PASSWORDS = new Passwords();

    final MovableClock clock = new MovableClock(Clock.fixed(START, ZoneOffset.UTC), Duration.ZERO);
    final JdbcClient database;
    final DataSourceTransactionManager transactions;
    final JdbcTemplate template;
    final Passwords passwords = PASSWORDS;
    final Offices offices;
    final Newcomers newcomers;
    final ReferenceRegister reference;
    final DemoRegister demo;
    final JdbcParties parties;
    final JdbcSeats seats;
    final JdbcAccounts accounts;
    final JdbcAppointments appointments;
    final JdbcAddresses addresses;
    final JdbcAccountLetters letters;
    final JdbcCredentials credentials;
    final JdbcAccountAdministration administration;
    final MoneySentences sentences = new MoneySentences(messages());
    final JdbcContributions contributions;
    final JdbcScale scale;
    final JdbcInstruments instruments;
    final CsvImports imports;

    /** What the register told others. */
    final List<Object> events = new ArrayList<>();

    private final DemoMoney demoMoney;

    TestRegister(DataSource source) {
        database = JdbcClient.create(source);
        transactions = new JdbcTransactionManager(source);
        template = new JdbcTemplate(source);
        offices = new Offices(messages());
        newcomers = new Newcomers(template, clock);
        reference = new ReferenceRegister(template);
        demo = new DemoRegister(reference, newcomers, offices, passwords);
        Terms terms = new Terms(database, clock);
        parties = new JdbcParties(database, terms);
        seats = new JdbcSeats(database, terms);
        accounts = new JdbcAccounts(database, seats, passwords);
        AccountJournal journal = new AccountJournal(database, clock);
        letters = new JdbcAccountLetters(database, accounts, journal, clock);
        credentials = new JdbcCredentials(database, accounts, passwords, letters, journal, clock);
        administration = new JdbcAccountAdministration(database, terms, newcomers, letters, journal, clock);
        addresses = new JdbcAddresses(database, terms, letters, journal, clock, events::add);
        appointments = new JdbcAppointments(
                database,
                seats,
                addresses,
                administration,
                letters,
                journal,
                new ObjectMapper(),
                new RegisterSettings(184),
                clock);
        MoneySettings money =
                new MoneySettings(3, Set.of("FRA", "DEU", "EUE"), List.of("CHE", "NOR", "GBR", "LIE", "MCO"));
        RegisterChanges changes = new RegisterChanges(database, clock);
        contributions = new JdbcContributions(database, money, sentences, changes, events::add, clock);
        scale = new JdbcScale(database, money, clock);
        instruments = new JdbcInstruments(database, clock);
        imports =
                new CsvImports(database, template, contributions, changes, events::add, sentences, transactions, clock);
        demoMoney = new DemoMoney(reference, template, money, clock);
    }

    void fill(boolean withDemo, FirstAdministrator.Settings first) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        if (withDemo) {
            beans.registerSingleton("demoRegister", demo);
            beans.registerSingleton("demoMoney", demoMoney);
        }
        new RegisterFilling(
                        template,
                        transactions,
                        reference,
                        new ReferenceInstruments(template),
                        beans.getBeanProvider(DemoRegister.class),
                        beans.getBeanProvider(DemoMoney.class),
                        new FirstAdministrator(first, template, newcomers, passwords, offices, clock))
                .afterPropertiesSet();
    }

    void fillWithDemo() {
        fill(true, new FirstAdministrator.Settings(null, null, null));
    }

    void end(String seatCode) {
        database.sql("update term_of_office set last_day = :day where seat_code = :seat")
                .params(Map.of(
                        "day", START.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1), "seat", seatCode))
                .update();
    }

    void disable(String username) {
        database.sql("update account set enabled = false where username = :username")
                .param("username", username)
                .update();
    }

    int count(String table) {
        return database.sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    private static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/register");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }
}
