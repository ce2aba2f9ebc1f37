package org.sterna.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.sterna.campaigns.Campaigns;
import org.sterna.campaigns.Occasions;
import org.sterna.obligations.Obligation;
import org.sterna.obligations.Obligations;
import org.sterna.time.TimeLapse;

/** Years that go by in a running application: its job executor does what is due wherever the clock stops. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:days;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000",
            "sterna.notices.sender.enabled=false",
            "sterna.occasions.open-by-themselves=true"
        })
@ActiveProfiles("demo")
@DirtiesContext
class DueCaseWorkTests {

    @Autowired
    TimeLapse lapse;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Occasions occasions;

    @Autowired
    Obligations obligations;

    @Autowired
    JdbcClient jdbc;

    @Test
    void remindsInOrderAndOpensEveryYear() {
        occasions.openDue();
        campaigns.open("nomination-confirmation", "2026-12", List.of("KEN"), "secretariat");
        Instant begun = lapse.progress().now();

        lapse.start(Period.ofYears(2));
        await().atMost(Duration.ofMinutes(4)).until(() -> !lapse.progress().running());

        int first = begun.atZone(ZoneOffset.UTC).getYear() + 1;
        for (int year = first; year < first + 2; year++) {
            assertThat(jdbc.sql("select count(*) from obligation where duty = 'annual-contribution'"
                                    + " and occasion = :year")
                            .param("year", Integer.toString(year))
                            .query(Integer.class)
                            .single())
                    .isEqualTo(133);
        }
        Obligation kenya =
                obligations.find("nomination-confirmation", "2026-12", "KEN").orElseThrow();
        LocalDate due = kenya.deadline().on();
        assertThat(jdbc.sql("select created_at from notice where obligation_id = :id and milestone like 'reminder-7@%'")
                        .param("id", kenya.id())
                        .query((row, number) -> row.getObject("created_at", OffsetDateTime.class)
                                .toLocalDate())
                        .list())
                .isNotEmpty()
                .allSatisfy(day -> assertThat(day).isEqualTo(due.minusDays(7)));
        assertThat(occasions.missed()).isEmpty();
        assertThat(jdbc.sql("select count(*) from campaign where duty = 'annual-contribution'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }
}
