package org.sterna.calendar;

import java.time.ZoneId;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The calendar on a database, put together by hand, with the reference data in it. */
class TestCalendar {

    static final ZoneId BONN = ZoneId.of("Europe/Berlin");

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
        meetings = new JdbcMeetings(database, sentences());
    }

    final void fill() {
        new CalendarFilling(template, transactions).afterPropertiesSet();
    }

    static Sentences sentences() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/calendar");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new Sentences(messages);
    }
}
