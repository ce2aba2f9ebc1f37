package org.sterna.calendar;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sterna.register.Instruments;

/**
 * Puts in the meetings of the reference data that are missing, with what was published for them; one that is there
 * stays as the Secretariat left it. Done while this bean is made, before anybody can ask for a meeting.
 */
@Component("calendarFilling")
class CalendarFilling implements InitializingBean {

    private final JdbcTemplate database;
    private final Instruments instruments;
    private final PlatformTransactionManager transactions;

    CalendarFilling(JdbcTemplate database, Instruments instruments, PlatformTransactionManager transactions) {
        this.database = database;
        this.instruments = instruments;
        this.transactions = transactions;
    }

    @Override
    public void afterPropertiesSet() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            database.queryForObject("select id from calendar_filling where id = 1 for update", Integer.class);
            List<String> known =
                    instruments.all().stream().map(Instruments.Instrument::code).toList();
            fill(ReferenceMeetings.read(), known);
            derive(known);
        });
    }

    /**
     * Enters whose meeting of Parties it is where the meeting's code says so beyond doubt, for example {@code
     * eurobats-mop11}. All others are for the Secretariat to say.
     */
    private void derive(List<String> known) {
        for (String code : database.queryForList(
                "select code from meeting where kind = 'MOP' and instrument is null", String.class)) {
            List<String> fitting =
                    known.stream().filter(instrument -> named(code, instrument)).toList();
            if (fitting.size() == 1) {
                database.update(
                        "update meeting set instrument = ? where code = ? and instrument is null",
                        fitting.get(0),
                        code);
            }
        }
    }

    /** Whether the code begins with the instrument's short name, with or without what kind of instrument it is. */
    private static boolean named(String code, String instrument) {
        String slug = instrument.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return code.startsWith(slug + "-") || code.startsWith(slug.replaceAll("-(mou|agreement)$", "") + "-");
    }

    private void fill(ReferenceMeetings reference, List<String> instrumentsKnown) {
        reference.meetings().stream()
                .filter(meeting -> meeting.instrument() != null && !instrumentsKnown.contains(meeting.instrument()))
                .forEach(meeting -> {
                    throw new IllegalStateException(
                            "reference/meetings.csv, %s: there is no instrument '%s'; write one of %s"
                                    .formatted(
                                            meeting.code(), meeting.instrument(), String.join(", ", instrumentsKnown)));
                });
        Set<String> known = new HashSet<>(database.queryForList("select code from meeting", String.class));
        database.batchUpdate(
                "insert into meeting (code, kind, instrument, place, country, opening, date_precision, closing, zone,"
                        + " provisional) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                reference.meetings().stream()
                        .filter(meeting -> !known.contains(meeting.code()))
                        .map(meeting -> new Object[] {
                            meeting.code(),
                            meeting.kind().name(),
                            meeting.instrument(),
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
