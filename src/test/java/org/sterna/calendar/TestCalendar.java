package org.sterna.calendar;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.sterna.register.Instruments;

/** The calendar on a database, put together by hand, with the reference data in it. */
class TestCalendar {

    static final ZoneId BONN = ZoneId.of("Europe/Berlin");

    /** Those that the register would know. */
    static final Instruments INSTRUMENTS = mock();

    static {
        given(INSTRUMENTS.all())
                .willReturn(List.of(
                        new Instruments.Instrument("AEWA", "Waterbirds", Instruments.Kind.AGREEMENT),
                        new Instruments.Instrument("EUROBATS", "Bats", Instruments.Kind.AGREEMENT),
                        new Instruments.Instrument("Sharks MOU", "Sharks", Instruments.Kind.MOU)));
    }

    final JdbcTransactionManager transactions;
    final JdbcTemplate template;
    final JdbcClient database;
    final JdbcMeetings meetings;

    TestCalendar(DataSource source) {
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        transactions = new JdbcTransactionManager(source);
        template = new JdbcTemplate(source);
        database = JdbcClient.create(source);
        fill();
        meetings = new JdbcMeetings(database, INSTRUMENTS, sentences());
    }

    final void fill() {
        new CalendarFilling(template, INSTRUMENTS, transactions).afterPropertiesSet();
    }

    static Sentences sentences() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/calendar");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new Sentences(messages);
    }
}
