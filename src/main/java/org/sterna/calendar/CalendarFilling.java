package org.sterna.calendar;

import java.util.HashSet;
import java.util.Set;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts in the meetings of the reference data that are missing, with what was published for them; one that is there
 * stays as the Secretariat left it. Done while this bean is made, before anybody can ask for a meeting.
 */
@Component("calendarFilling")
class CalendarFilling implements InitializingBean {

    private final JdbcTemplate database;
    private final PlatformTransactionManager transactions;

    CalendarFilling(JdbcTemplate database, PlatformTransactionManager transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    @Override
    public void afterPropertiesSet() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            database.queryForObject("select id from calendar_filling where id = 1 for update", Integer.class);
            fill(ReferenceMeetings.read());
        });
    }

    private void fill(ReferenceMeetings reference) {
        Set<String> known = new HashSet<>(database.queryForList("select code from meeting", String.class));
        database.batchUpdate(
                "insert into meeting (code, kind, place, country, opening, date_precision, closing, zone, provisional)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                reference.meetings().stream()
                        .filter(meeting -> !known.contains(meeting.code()))
                        .map(meeting -> new Object[] {
                            meeting.code(),
                            meeting.kind().name(),
                            meeting.place(),
                            meeting.country(),
                            meeting.opening() == null ? null : meeting.opening().first(),
                            meeting.opening() == null
                                    ? null
                                    : meeting.opening().precision().name(),
                            meeting.closing(),
                            meeting.zone().getId(),
                            meeting.provisional()
                        })
                        .toList());

        Set<String> published = new HashSet<>(
                database.queryForList("select concat(subject, '/', occasion) from notified_date", String.class));
        database.batchUpdate(
                "insert into notified_date (subject, occasion, due_on, reference, notified_on, basis)"
                        + " values (?, ?, ?, ?, ?, ?)",
                reference.notified().stream()
                        .filter(date -> !published.contains(date.subject() + "/" + date.occasion()))
                        .map(date -> new Object[] {
                            date.subject(),
                            date.occasion(),
                            date.on(),
                            date.reference(),
                            date.notifiedOn(),
                            date.basis().name()
                        })
                        .toList());
    }
}
