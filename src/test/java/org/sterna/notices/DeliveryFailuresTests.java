package org.sterna.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sterna.notices.Notice.State;
import org.sterna.obligations.Obligation;
import org.sterna.register.Addresses;
import org.sterna.register.Holder;

/** Addresses that fail together are marked only when the Secretariat says so; those that fail repeatedly are listed. */
class DeliveryFailuresTests {

    /** What the register would hold. */
    private final Set<String> marked = new TreeSet<>();

    @ParameterizedTest
    @EnumSource
    void marksNoneWhenMoreThanFiveAddressesFailAtOnce(Chancery.On on) throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = chancery(on, server);
            send(chancery, "gone-1", "gone-2", "gone-3", "gone-4", "gone-5");
            assertThat(marked).hasSize(5);
            assertThat(chancery.failures.waiting()).isZero();

            Notice sixth = send(chancery, "gone-6").get(0);

            assertThat(marked).isEmpty();
            assertThat(chancery.failures.waiting()).isEqualTo(6);
            assertThat(chancery.failures.doubts())
                    .hasSize(6)
                    .first()
                    .extracting(DeliveryFailures.Doubt::email, DeliveryFailures.Doubt::noticeId)
                    .containsExactly("gone-6@example.org", sixth.id());
            assertThat(chancery.failures.doubts().get(0).said()).contains("no such user");
        }
    }

    @Test
    void marksFewThatFailWithinAnHourAndFewMoreInTheNext() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = chancery(Chancery.On.H2, server);
            send(chancery, "gone-1", "gone-2", "gone-3");
            chancery.clock.advance(Duration.ofMinutes(61));
            send(chancery, "gone-4", "gone-5", "gone-6", "gone-7");

            assertThat(marked).hasSize(7);
            assertThat(chancery.failures.waiting()).isZero();
        }
    }

    @Test
    void marksThoseThatWaitedWhenTheSecretariatSaysSoAndPassesTheirNoticesOn() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = chancery(Chancery.On.H2, server);
            List<Notice> failed = send(chancery, "gone-1", "gone-2", "gone-3", "gone-4", "gone-5", "gone-6");
            chancery.seat("nfp-CHE", Chancery.holder("Ben", "ben@example.org", Locale.ENGLISH));
            long newest = chancery.failures.doubts().get(0).number();
            send(chancery, "gone-7");
            chancery.seat("nfp-CHE", Chancery.holder("Ben", "ben@example.org", Locale.ENGLISH));

            assertThat(chancery.failures.mark(newest, "sec")).isEqualTo(6);

            assertThat(marked).hasSize(6).doesNotContain("gone-7@example.org");
            assertThat(chancery.failures.doubts())
                    .extracting(DeliveryFailures.Doubt::email)
                    .containsExactly("gone-7@example.org");
            assertThat(chancery.notices.of(failed.get(5).obligationId()))
                    .extracting(Notice::email)
                    .containsExactly("gone-6@example.org", "ben@example.org");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forgetsAFaultOfOursAndSendsTheNoticesAnewWhereThatIsWanted(boolean again) throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = chancery(Chancery.On.H2, server);
            List<Notice> failed = send(chancery, "gone-1", "gone-2", "gone-3", "gone-4", "gone-5", "gone-6");
            chancery.seat("nfp-CHE", Chancery.holder("Anna", "anna@example.org", Locale.ENGLISH));

            assertThat(chancery.failures.forget(Long.MAX_VALUE, again, "sec")).isEqualTo(6);

            assertThat(marked).isEmpty();
            assertThat(chancery.failures.waiting()).isZero();
            assertThat(chancery.failures.repeated()).isEmpty();
            assertThat(chancery.notices.of(failed.get(5).obligationId())).hasSize(again ? 2 : 1);
        }
    }

    @Test
    void marksAtOnceWhatAPersonSays() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = chancery(Chancery.On.H2, server);
            for (int i = 0; i < 8; i++) {
                Notice notice = send(chancery, "anna-" + i).get(0);
                chancery.transaction.executeWithoutResult(
                        status -> chancery.undeliverable.settle(notice, "The ministry has moved", "sec"));
            }

            assertThat(marked).hasSize(8);
            assertThat(chancery.failures.waiting()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"quota,    FAILING", "overfull, FAILING", "blocked,  REFUSED", "room,     UNKNOWN"})
    void listsAnAddressThatFailsRepeatedlyWithoutBeingGone(String fault, DeliveryVerdict verdict) throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = chancery(Chancery.On.H2, server);
            send(chancery, fault);
            assertThat(chancery.failures.repeated()).isEmpty();
            chancery.clock.advance(Duration.ofDays(20));

            assertThat(send(chancery, fault)).extracting(Notice::state).containsExactly(State.FAILED);

            assertThat(marked).isEmpty();
            assertThat(chancery.failures.repeated()).singleElement().satisfies(one -> {
                assertThat(one.email()).isEqualTo(fault + "@example.org");
                assertThat(one.times()).isEqualTo(2);
                assertThat(one.verdict()).isEqualTo(verdict);
            });
            chancery.clock.advance(Duration.ofDays(90));
            assertThat(chancery.failures.repeated()).isEmpty();
        }
    }

    @Test
    void takesAnAddressOffTheListThatTookAMailSince() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = chancery(Chancery.On.H2, server);
            send(chancery, "quota");
            send(chancery, "quota");
            server.heal("quota");
            chancery.clock.advance(Duration.ofDays(1));
            send(chancery, "quota");
            assertThat(chancery.failures.repeated())
                    .as("it may still come back")
                    .hasSize(1);

            chancery.clock.advance(Duration.ofDays(4));

            assertThat(chancery.failures.repeated()).isEmpty();
        }
    }

    @Test
    void letsTheSecretariatDecideAboutAnAddressThatFailsRepeatedly() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = chancery(Chancery.On.H2, server);
            send(chancery, "quota");
            send(chancery, "quota");
            send(chancery, "room");
            send(chancery, "room");

            chancery.failures.dismiss("quota@example.org", "sec");
            assertThat(chancery.failures.repeated())
                    .extracting(DeliveryFailures.Repeated::email)
                    .containsExactly("room@example.org");
            assertThat(chancery.failures.mark("room@example.org", "sec")).isTrue();

            assertThat(marked).containsExactly("room@example.org");
            assertThat(chancery.failures.repeated()).isEmpty();
            assertThat(chancery.failures.contradicted(List.of(unusable("room@example.org", "550 room"))))
                    .as("a person said so")
                    .isEmpty();
        }
    }

    @Test
    void tellsWhichMarksTheirRepliesDoNotBearOut() throws IOException {
        try (FaultyMailServer server = new FaultyMailServer()) {
            Chancery chancery = chancery(Chancery.On.H2, server);

            assertThat(chancery.failures.contradicted(List.of(
                            unusable("anna@example.org", "Bonjour, tél. 5.33.20 poste 550."),
                            unusable("ben@example.org", "smtp; 550 5.1.1 no such user"),
                            unusable("Zoe@example.org", "Connected to 5.1.1.20 but connection died. (#4.4.2)"))))
                    .containsExactlyInAnyOrder("anna@example.org", "zoe@example.org");
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, PT1H, most", "1001, PT1H, most", "5, PT30S, within", "5, P8D, within"})
    void refusesSettingsThatCannotWork(int most, Duration within, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailureSettings(most, within))
                .withMessageContaining("sterna.notices.failures." + named);
    }

    private static Addresses.Unusable unusable(String email, String said) {
        return new Addresses.Unusable(
                email,
                Chancery.holder("Anna", email, Locale.ENGLISH),
                Addresses.Fault.BOUNCED,
                said,
                Instant.parse("2027-01-01T08:00:00Z"));
    }

    private Chancery chancery(Chancery.On on, FaultyMailServer server) {
        Chancery chancery = new Chancery(on.database(), server.port());
        when(chancery.addresses.mark(any(), any(), any()))
                .thenAnswer(call -> marked.add(Addresses.key(call.getArgument(0))));
        when(chancery.addresses.clear(any())).thenAnswer(call -> marked.remove(Addresses.key(call.getArgument(0))));
        when(chancery.addresses.marked(any())).thenAnswer(call -> marked.contains(Addresses.key(call.getArgument(0))));
        return chancery;
    }

    /** One notice to each, about obligations of their own. */
    private static List<Notice> send(Chancery chancery, String... names) {
        List<Notice> sent = new ArrayList<>();
        for (String name : names) {
            Holder holder = Chancery.holder("Holder", name + "@example.org", Locale.ENGLISH);
            Obligation obligation = chancery.obligation(Obligation.State.WITH_PARTY);
            chancery.seat("nfp-CHE", holder);
            chancery.notices.issue(Chancery.request(obligation, "receipt", "receipt", Map.of(), "nfp-CHE"));
            chancery.sender.sendDue();
            sent.add(chancery.notices.of(obligation.id()).get(0));
        }
        return sent;
    }
}
