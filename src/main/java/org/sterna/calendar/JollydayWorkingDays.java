package org.sterna.calendar;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Public holidays of whole countries from Jollyday, weekends from CLDR, corrections from the database. */
@Component
class JollydayWorkingDays implements WorkingDays {

    private static final Set<DayOfWeek> USUAL = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    /**
     * Weekends other than Saturday and Sunday: Unicode CLDR 38, supplemental week data, which Java's own locale data
     * leaves out. Differs from it for the United Arab Emirates, whose offices have had Saturday and Sunday off since
     * January 2022.
     */
    private static final Map<String, Set<DayOfWeek>> WEEKENDS = weekends();

    private static final int LONGEST_NOTE = 200;

    /** The European Union's code is reserved, not assigned. */
    private static final String EUROPEAN_UNION = "EUE";

    /** A country's holidays in a year. */
    private record Period(String country, int year) {}

    private final JdbcClient database;
    private final Sentences sentences;
    private final Map<String, String> holidayCodes = holidayCodes();
    private final Map<Period, Set<LocalDate>> holidays = new ConcurrentHashMap<>();

    JollydayWorkingDays(JdbcClient database, Sentences sentences) {
        this.database = database;
        this.sentences = sentences;
    }

    private static Map<String, Set<DayOfWeek>> weekends() {
        Map<String, Set<DayOfWeek>> weekends = new HashMap<>();
        for (String country : List.of(
                "BHR", "DZA", "EGY", "IRQ", "ISR", "JOR", "KWT", "LBY", "OMN", "QAT", "SAU", "SDN", "SYR", "YEM")) {
            weekends.put(country, Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY));
        }
        weekends.put("AFG", Set.of(DayOfWeek.THURSDAY, DayOfWeek.FRIDAY));
        weekends.put("IRN", Set.of(DayOfWeek.FRIDAY));
        weekends.put("IND", Set.of(DayOfWeek.SUNDAY));
        weekends.put("UGA", Set.of(DayOfWeek.SUNDAY));
        return Map.copyOf(weekends);
    }

    /** Jollyday's codes, which are ISO 3166-1 alpha-2, by those of Parties. */
    private static Map<String, String> holidayCodes() {
        Set<String> supported = HolidayManager.getSupportedCalendarCodes().stream()
                .map(code -> code.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Map<String, String> codes = new HashMap<>();
        for (String country : Locale.getISOCountries()) {
            String code = country.toLowerCase(Locale.ROOT);
            if (supported.contains(code)) {
                try {
                    codes.put(new Locale.Builder().setRegion(country).build().getISO3Country(), code);
                } catch (MissingResourceException withoutThreeLetters) {
                    // no Party either
                }
            }
        }
        return codes;
    }

    @Override
    public boolean isWorked(LocalDate day, String country) {
        return isWorked(day, country, corrections(country));
    }

    @Override
    public LocalDate count(LocalDate from, int workingDays, String country) {
        Map<LocalDate, Correction.Kind> corrections = corrections(country);
        LocalDate day = from;
        for (int left = Math.abs(workingDays); left > 0; ) {
            day = day.plusDays(Integer.signum(workingDays));
            if (isWorked(day, country, corrections)) {
                left--;
            }
        }
        return day;
    }

    private boolean isWorked(LocalDate day, String country, Map<LocalDate, Correction.Kind> corrections) {
        Correction.Kind corrected = corrections.get(day);
        if (corrected != null) {
            return corrected == Correction.Kind.REMOVED;
        }
        return !WEEKENDS.getOrDefault(country, USUAL).contains(day.getDayOfWeek())
                && !holidays.computeIfAbsent(new Period(country, day.getYear()), this::holidays)
                        .contains(day);
    }

    /** A holiday may be kept on another day than its own, even in another year. */
    private Set<LocalDate> holidays(Period period) {
        if (!hasHolidays(period.country())) {
            return Set.of();
        }
        boolean secretariat = period.country().equals(SECRETARIAT);
        String code = secretariat ? "de" : holidayCodes.get(period.country());
        String[] region = secretariat ? new String[] {"nw"} : new String[0];
        HolidayManager manager = HolidayManager.getInstance(ManagerParameters.create(code));
        return IntStream.rangeClosed(period.year() - 1, period.year() + 1)
                .mapToObj(year -> manager.getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, region))
                .flatMap(Set::stream)
                .map(Holiday::getDate)
                .filter(day -> day.getYear() == period.year())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean hasHolidays(String country) {
        return country.equals(SECRETARIAT) || holidayCodes.containsKey(country);
    }

    @Override
    public List<LocalDate> holidays(String country, int year) {
        Set<LocalDate> days = new TreeSet<>(holidays.computeIfAbsent(new Period(country, year), this::holidays));
        corrections(country).forEach((day, kind) -> {
            if (kind == Correction.Kind.REMOVED) {
                days.remove(day);
            } else if (day.getYear() == year) {
                days.add(day);
            }
        });
        return List.copyOf(days);
    }

    private Map<LocalDate, Correction.Kind> corrections(String country) {
        return database
                .sql("select * from holiday_correction where country = :country")
                .param("country", country)
                .query(JollydayWorkingDays::correction)
                .list()
                .stream()
                .collect(Collectors.toMap(Correction::on, Correction::kind));
    }

    @Override
    public List<Correction> corrections() {
        return database.sql("select * from holiday_correction order by country, on_day")
                .query(JollydayWorkingDays::correction)
                .list();
    }

    private static Correction correction(ResultSet row, int number) throws SQLException {
        return new Correction(
                row.getString("country"),
                row.getObject("on_day", LocalDate.class),
                Correction.Kind.valueOf(row.getString("kind")),
                row.getString("note"));
    }

    @Override
    @Transactional
    public void correct(Correction correction) {
        if (!correction.country().equals(SECRETARIAT)
                && !correction.country().equals(EUROPEAN_UNION)
                && !Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA3).contains(correction.country())) {
            throw sentences.uncorrected("country", "uncorrectable-country", correction.country());
        }
        if (JdbcMeetings.implausible(correction.on())) {
            throw sentences.uncorrected("on", "implausible-day", correction.on().toString());
        }
        String note = correction.note().strip();
        if (note.isEmpty() || note.length() > LONGEST_NOTE || note.chars().anyMatch(Character::isISOControl)) {
            throw sentences.uncorrected("note", "unfit-note", LONGEST_NOTE);
        }
        forget(correction.country(), correction.on());
        database.sql("insert into holiday_correction (country, on_day, kind, note)"
                        + " values (:country, :day, :kind, :note)")
                .param("country", correction.country())
                .param("day", correction.on())
                .param("kind", correction.kind().name())
                .param("note", note)
                .update();
    }

    @Override
    @Transactional
    public boolean forget(String country, LocalDate on) {
        return database.sql("delete from holiday_correction where country = :country and on_day = :day")
                        .param("country", country)
                        .param("day", on)
                        .update()
                > 0;
    }
}
