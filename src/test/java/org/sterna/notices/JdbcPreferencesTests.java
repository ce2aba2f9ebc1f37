package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DuplicateKeyException;
import org.sterna.Databases;
import org.sterna.obligations.Obligation;
import org.sterna.register.Holder;
import org.sterna.register.Party;
import org.sterna.register.Region;

class JdbcPreferencesTests {

    private static final LocalDate DAY = LocalDate.of(2027, 1, 10);

    @ParameterizedTest
    @EnumSource(Chancery.On.class)
    void withholdsWhatTheReaderWishesAndNothingElse(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), null);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", reader("anna"), reader("beat"), reader("carla"));
        chancery.preferences.setDigest("anna", true);
        chancery.preferences.snooze(obligation.id(), "beat", DAY);

        int written = chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
        int again = chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE"));
        chancery.notices.issue(Chancery.request(obligation, "overdue", "overdue-1@2027-01-15", Map.of(), "nfp-CHE"));

        assertThat(written).isEqualTo(1);
        assertThat(again).isZero();
        assertThat(chancery.notices.of(obligation.id()))
                .extracting(notice -> notice.kind() + " " + notice.email())
                .containsExactlyInAnyOrder(
                        "reminder carla@example.org",
                        "overdue anna@example.org",
                        "overdue beat@example.org",
                        "overdue carla@example.org");
        assertThat(chancery.preferences.gathered("anna")).containsExactly(Map.entry(obligation.id(), "reminder"));
        assertThat(chancery.preferences.gathered("beat")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Chancery.On.class)
    void writesTheDigestOfADayOnceHoweverManyNodesBegin(Chancery.On on) throws Exception {
        Chancery chancery = new Chancery(on.database(), null);
        ExecutorService nodes = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Boolean>> all = IntStream.range(0, 6)
                    .<Callable<Boolean>>mapToObj(node -> () -> {
                        try {
                            return chancery.transaction.execute(status -> chancery.preferences.begin("anna", DAY));
                        } catch (DuplicateKeyException otherNode) {
                            return false;
                        }
                    })
                    .toList();
            int begun = 0;
            for (Future<Boolean> one : nodes.invokeAll(all)) {
                begun += one.get() ? 1 : 0;
            }
            assertThat(begun).isEqualTo(1);
        } finally {
            nodes.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Chancery.On.class)
    void wakesASnoozeOnce(Chancery.On on) {
        Chancery chancery = new Chancery(on.database(), null);
        Obligation obligation = chancery.obligation(UUID.randomUUID(), Obligation.State.WITH_PARTY, Chancery.DEADLINE);
        chancery.preferences.snooze(obligation.id(), "beat", DAY);

        assertThat(chancery.preferences.over(DAY.minusDays(1))).isEmpty();
        JdbcPreferences.Over over = chancery.preferences.over(DAY).get(0);
        assertThat(chancery.preferences.markWoken(over)).isTrue();
        assertThat(chancery.preferences.markWoken(over)).isFalse();
        assertThat(chancery.preferences.over(DAY)).isEmpty();
        assertThat(chancery.preferences.snoozed(Set.of(obligation.id()))).isEmpty();
    }

    /** It is 1 January 2027, 08:00 UTC. */
    @ParameterizedTest
    @CsvSource({
        "Pacific/Kiritimati, 2027-01-01, 2027-01-02",
        "Pacific/Fiji, 2027-01-01, 2027-01-02",
        "Europe/Paris, 2027-01-01, 2027-01-02",
        "Pacific/Pago_Pago, 2026-12-31, 2027-01-01"
    })
    void putsRemindersOffUntilADayAfterTodayWhereThePartyIs(ZoneId zone, LocalDate today, LocalDate tomorrow) {
        Chancery chancery = new Chancery(Databases.h2(), null);
        Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
        chancery.seat("nfp-CHE", reader("beat"));
        given(chancery.parties.find("CHE"))
                .willReturn(Optional.of(
                        new Party("CHE", "Switzerland", "Suisse", "Suiza", Region.EUROPE, Locale.ENGLISH, zone)));

        assertThatExceptionOfType(InvalidSnooze.class)
                .isThrownBy(() -> chancery.preferences.snooze(obligation.id(), "beat", today));
        chancery.preferences.snooze(obligation.id(), "beat", tomorrow);

        assertThat(chancery.notices.issue(Chancery.reminder(obligation, "nfp-CHE")))
                .as("while it is not tomorrow there")
                .isZero();
    }

    private static Holder reader(String name) {
        return new Holder(
                UUID.randomUUID(),
                "nfp-CHE",
                name,
                name,
                name + "@example.org",
                Locale.ENGLISH,
                LocalDate.of(2026, 1, 1),
                null,
                true,
                null);
    }
}
