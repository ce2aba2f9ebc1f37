package org.sterna.campaigns;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.sterna.calendar.CalendarSettings;
import org.sterna.time.DueWork;

/** The days on which something opens by itself, for a clock that goes through the days. */
@Component
class OpeningDays implements DueWork {

    /** When {@code open-due-occasions.bpmn} looks every morning. */
    private static final LocalTime MORNING = LocalTime.of(5, 0);

    private final Occasions occasions;
    private final CalendarSettings calendar;

    OpeningDays(Occasions occasions, CalendarSettings calendar) {
        this.occasions = occasions;
        this.calendar = calendar;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        LocalDate today = LocalDate.ofInstant(after, calendar.zone());
        return occasions
                .nextOpening(today)
                .map(OpeningDays::morning)
                .filter(morning -> morning.isAfter(after))
                .or(() -> occasions.nextOpening(today.plusDays(1)).map(OpeningDays::morning));
    }

    /** The opening itself is a job of the engine's. */
    @Override
    public long due() {
        return 0;
    }

    private static Instant morning(LocalDate day) {
        return day.atTime(MORNING).toInstant(ZoneOffset.UTC);
    }
}
