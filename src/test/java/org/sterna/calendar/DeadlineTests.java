package org.sterna.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTests {

    @ParameterizedTest
    @CsvSource({
        "2026-12-24, Europe/Berlin, 2026-12-24T22:59:59Z",
        "2026-07-01, Europe/Berlin, 2026-07-01T21:59:59Z",
        "2026-03-29, Europe/Berlin, 2026-03-29T21:59:59Z",
        "2026-10-25, Europe/Berlin, 2026-10-25T22:59:59Z",
        // the day's last hour is left out
        "2026-03-28, America/Nuuk, 2026-03-29T00:59:59Z",
        // the day's last hour comes twice
        "2026-10-24, America/Nuuk, 2026-10-25T01:59:59Z",
        // the next day's first hour is left out
        "2026-04-23, Africa/Cairo, 2026-04-23T21:59:59Z",
        // there was no such day
        "2011-12-30, Pacific/Apia, 2011-12-30T09:59:59Z"
    })
    void endsWithTheDayInItsZone(LocalDate on, ZoneId zone, Instant end) {
        assertThat(deadline(on, zone).at()).isEqualTo(end);
    }

    @Test
    void knowsNoZoneWithoutRules() {
        ZoneRulesProvider.registerProvider(new ZoneRulesProvider() {
            @Override
            protected Set<String> provideZoneIds() {
                return Set.of("Nowhere/Without_Rules");
            }

            @Override
            protected ZoneRules provideRules(String zone, boolean forCaching) {
                return null;
            }

            @Override
            protected NavigableMap<String, ZoneRules> provideVersions(String zone) {
                return new TreeMap<>();
            }
        });

        assertThat(Zones.known("Nowhere/Without_Rules")).isFalse();
        assertThat(Zones.names()).contains("Europe/Berlin").doesNotContain("Nowhere/Without_Rules");
    }

    @Test
    void isTheLastSecondOfItsDayAroundEveryChangeOfClocks() {
        Random random = new Random(1979);
        List<String> zones = Zones.names();
        for (int i = 0; i < 5000; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            LocalDate day = LocalDate.of(2000, 1, 1).plusDays(random.nextInt(18_000));
            ZoneOffsetTransition change =
                    zone.getRules().nextTransition(day.atStartOfDay(zone).toInstant());
            if (change != null && random.nextBoolean()) {
                day = change.getDateTimeBefore().toLocalDate().plusDays(random.nextInt(3) - 1);
            }

            Instant end = deadline(day, zone).at();

            assertThat(LocalDate.ofInstant(end, zone)).as("%s in %s", day, zone).isBeforeOrEqualTo(day);
            assertThat(LocalDate.ofInstant(end.plusSeconds(1), zone))
                    .as("after %s in %s", day, zone)
                    .isAfter(day);
        }
    }

    private static Deadline deadline(LocalDate on, ZoneId zone) {
        return new Deadline(on, zone, Deadline.Origin.RULE, "opened+30D", false);
    }
}
