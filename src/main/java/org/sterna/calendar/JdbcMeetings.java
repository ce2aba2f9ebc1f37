package org.sterna.calendar;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.DependsOn;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.sterna.register.Instruments;

@Component
@DependsOn("calendarFilling")
class JdbcMeetings implements Meetings {

    /** An occasion that starts with a letter, so that no meeting can be taken for a year. */
    static final Pattern CODE = Pattern.compile("[a-z](?:[a-z0-9-]{0,38}[a-z0-9])");

    static final int LONGEST_PLACE = 200;

    /** The Convention was signed in 1979. */
    private static final int FIRST_YEAR = 1979;

    private static final int LAST_YEAR = 2199;

    static final Set<String> COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA3);

    private final JdbcClient database;
    private final Instruments instruments;
    private final Sentences sentences;

    JdbcMeetings(JdbcClient database, Instruments instruments, Sentences sentences) {
        this.database = database;
        this.instruments = instruments;
        this.sentences = sentences;
    }

    @Override
    public List<Meeting> all() {
        return database.sql("select * from meeting"
                        + " order by case when opening is null then 0 else 1 end, opening desc, code")
                .query(JdbcMeetings::meeting)
                .list();
    }

    @Override
    public Optional<Meeting> find(String code) {
        if (!CODE.matcher(code).matches()) {
            return Optional.empty();
        }
        return ReadOnce.of(List.of("meeting", code), () -> database.sql("select * from meeting where code = :code")
                .param("code", code)
                .query(JdbcMeetings::meeting)
                .optional());
    }

    @Override
    public ZoneId zone(String name) {
        if (!Zones.known(name)) {
            throw sentences.invalid("zone", "unknown-zone", name);
        }
        return ZoneId.of(name);
    }

    @Override
    @Transactional
    public void add(Meeting meeting) {
        check(meeting);
        if (find(meeting.code()).isPresent()) {
            throw sentences.invalid("code", "duplicate-meeting", meeting.code());
        }
        try {
            database.sql("insert into meeting"
                            + " (code, kind, instrument, place, country, opening, date_precision, closing, zone, provisional)"
                            + " values (:code, :kind, :instrument, :place, :country, :opening, :precision, :closing,"
                            + " :zone, :provisional)")
                    .params(values(meeting))
                    .update();
        } catch (DuplicateKeyException faster) {
            throw sentences.invalid("code", "duplicate-meeting", meeting.code());
        }
    }

    @Override
    @Transactional
    public void change(Meeting meeting) {
        check(meeting);
        int changed = database.sql(
                        "update meeting set kind = :kind, instrument = :instrument, place = :place, country = :country,"
                                + " opening = :opening, date_precision = :precision, closing = :closing, zone = :zone,"
                                + " provisional = :provisional where code = :code")
                .params(values(meeting))
                .update();
        if (changed == 0) {
            throw sentences.invalid("code", "unknown-meeting", meeting.code());
        }
    }

    private void check(Meeting meeting) {
        if (!CODE.matcher(meeting.code()).matches()) {
            throw sentences.invalid("code", "malformed-code", meeting.code());
        }
        checkInstrument(meeting);
        if (meeting.place() != null
                && (meeting.place().length() > LONGEST_PLACE
                        || meeting.place().chars().anyMatch(Character::isISOControl))) {
            throw sentences.invalid("place", "unfit-place");
        }
        if (meeting.country() != null && !COUNTRIES.contains(meeting.country())) {
            throw sentences.invalid("country", "unknown-country", meeting.country());
        }
        Meeting.Span opening = meeting.opening();
        if (opening != null && implausible(opening.first())) {
            throw sentences.invalid("opening", "implausible-day", opening.text());
        }
        LocalDate closing = meeting.closing();
        if (closing != null) {
            if (implausible(closing)) {
                throw sentences.invalid("closing", "implausible-day", closing.toString());
            }
            if (opening == null) {
                throw sentences.invalid("closing", "closing-without-opening");
            }
            if (closing.isBefore(opening.first())) {
                throw sentences.invalid("closing", "closing-before-opening", closing.toString(), opening.text());
            }
        }
    }

    private void checkInstrument(Meeting meeting) {
        String instrument = meeting.instrument();
        if (!meeting.kind().ofInstrument()) {
            if (instrument != null) {
                throw sentences.invalid("instrument", "instrument-of-convention");
            }
            return;
        }
        List<String> known =
                instruments.all().stream().map(Instruments.Instrument::code).toList();
        if (instrument == null) {
            throw sentences.invalid("instrument", "no-instrument", meeting.code());
        }
        if (!known.contains(instrument)) {
            throw sentences.invalid("instrument", "unknown-instrument", instrument, String.join(", ", known));
        }
    }

    static boolean implausible(LocalDate day) {
        return day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR;
    }

    private static Map<String, @Nullable Object> values(Meeting meeting) {
        Map<String, @Nullable Object> values = new HashMap<>();
        Meeting.Span opening = meeting.opening();
        values.put("code", meeting.code());
        values.put("kind", meeting.kind().name());
        values.put("instrument", meeting.instrument());
        values.put("place", meeting.place());
        values.put("country", meeting.country());
        values.put("opening", opening == null ? null : opening.first());
        values.put("precision", opening == null ? null : opening.precision().name());
        values.put("closing", meeting.closing());
        values.put("zone", meeting.zone().getId());
        values.put("provisional", meeting.provisional());
        return values;
    }

    @Override
    @Transactional
    public void notify(NotifiedDate date) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("subject", date.subject());
        values.put("occasion", date.occasion());
        values.put("on", date.on());
        values.put("reference", date.reference());
        values.put("notified", date.notifiedOn());
        values.put("basis", date.basis().name());
        int changed = database.sql("update notified_date set due_on = :on, reference = :reference,"
                        + " notified_on = :notified, basis = :basis where subject = :subject and occasion = :occasion")
                .params(values)
                .update();
        if (changed == 0) {
            database.sql("insert into notified_date (subject, occasion, due_on, reference, notified_on, basis)"
                            + " values (:subject, :occasion, :on, :reference, :notified, :basis)")
                    .params(values)
                    .update();
        }
    }

    @Override
    public List<NotifiedDate> notified(String occasion) {
        return ReadOnce.of(
                List.of("notified", occasion), () -> notified(List.of(occasion)).getOrDefault(occasion, List.of()));
    }

    @Override
    public Map<String, List<NotifiedDate>> notified(Collection<String> occasions) {
        if (occasions.isEmpty()) {
            return Map.of();
        }
        return database
                .sql("select * from notified_date where occasion in (:occasions) order by due_on, subject")
                .param("occasions", occasions)
                .query(JdbcMeetings::notifiedDate)
                .list()
                .stream()
                .collect(Collectors.groupingBy(NotifiedDate::occasion));
    }

    private static Meeting meeting(ResultSet row, int number) throws SQLException {
        LocalDate opening = row.getObject("opening", LocalDate.class);
        return new Meeting(
                row.getString("code"),
                Meeting.Kind.valueOf(row.getString("kind")),
                row.getString("instrument"),
                row.getString("place"),
                row.getString("country"),
                opening == null
                        ? null
                        : new Meeting.Span(opening, Meeting.Precision.valueOf(row.getString("date_precision"))),
                row.getObject("closing", LocalDate.class),
                ZoneId.of(row.getString("zone")),
                row.getBoolean("provisional"));
    }

    private static NotifiedDate notifiedDate(ResultSet row, int number) throws SQLException {
        return new NotifiedDate(
                row.getString("subject"),
                row.getString("occasion"),
                row.getObject("due_on", LocalDate.class),
                row.getString("reference"),
                row.getObject("notified_on", LocalDate.class),
                NotifiedDate.Basis.valueOf(row.getString("basis")));
    }
}
