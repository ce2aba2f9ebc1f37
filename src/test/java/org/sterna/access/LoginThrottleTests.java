package org.sterna.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import org.sterna.time.MovableClock;

class LoginThrottleTests {

    private final MovableClock clock =
            new MovableClock(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC), Duration.ZERO);
    private final LoginThrottle throttle =
            new LoginThrottle(new AccessSettings(10, 60, 100, DataSize.ofMegabytes(1), Duration.ofDays(3)), clock);

    @Test
    void looksAtTenWrongAttemptsAndNoMore() {
        fail("che-nfp", "192.0.2.1", 10);

        assertThatThrownBy(() -> throttle.attempt("che-nfp", "192.0.2.1")).isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void saysHowLongToWait() {
        fail("che-nfp", "192.0.2.1", 10);

        TooManyAttempts refusal =
                catchThrowableOfType(TooManyAttempts.class, () -> throttle.attempt("che-nfp", "192.0.2.1"));

        assertThat(refusal).returns(360L, TooManyAttempts::seconds).returns(6L, TooManyAttempts::minutes);
    }

    @Test
    void lessensWithTime() {
        fail("che-nfp", "192.0.2.1", 10);
        clock.advance(Duration.ofMinutes(6));

        assertThatCode(() -> throttle.attempt("che-nfp", "192.0.2.1")).doesNotThrowAnyException();
    }

    @Test
    void givesBackOneAttemptInSixMinutes() {
        fail("che-nfp", "192.0.2.1", 10);
        clock.advance(Duration.ofMinutes(6));
        fail("che-nfp", "192.0.2.1", 1);

        assertThatThrownBy(() -> throttle.attempt("che-nfp", "192.0.2.1")).isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void doesNotLockTheOwnerOutFromAnotherAddress() {
        fail("che-nfp", "192.0.2.1", 10);

        assertThatCode(() -> throttle.attempt("che-nfp", "192.0.2.2")).doesNotThrowAnyException();
    }

    @Test
    void stopsAnAddressThatTriesManyNames() {
        for (int i = 0; i < 100; i++) {
            throttle.attempt("user-" + i, "192.0.2.1");
        }

        assertThatThrownBy(() -> throttle.attempt("fresh", "192.0.2.1")).isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void stopsManyAddressesThatTryOneName() {
        for (int i = 0; i < 60; i++) {
            throttle.attempt("che-nfp", "192.0.2." + i);
        }

        assertThatThrownBy(() -> throttle.attempt("che-nfp", "198.51.100.1")).isInstanceOf(TooManyAttempts.class);
        assertThatCode(() -> throttle.attempt("fra-nfp", "198.51.100.1")).doesNotThrowAnyException();
        clock.advance(Duration.ofMinutes(1));
        assertThatCode(() -> throttle.attempt("che-nfp", "198.51.100.2"))
                .as("nobody is kept out for long")
                .doesNotThrowAnyException();
    }

    @Test
    void doesNotSlowTheOwnerDownWhereTheyHaveLoggedInBefore() {
        throttle.attempt("che-nfp", "198.51.100.1");
        throttle.succeeded("che-nfp", "198.51.100.1");
        throttle.trust("che-nfp", "198.51.100.2");
        for (int i = 0; i < 60; i++) {
            throttle.attempt("che-nfp", "192.0.2." + i);
        }

        assertThatCode(() -> throttle.attempt("che-nfp", "198.51.100.1")).doesNotThrowAnyException();
        assertThatCode(() -> throttle.attempt("che-nfp", "198.51.100.2")).doesNotThrowAnyException();
    }

    @Test
    void letsTenRequestsForALinkThroughFromOneAddress() {
        for (int i = 0; i < 10; i++) {
            throttle.request("192.0.2.1");
        }

        assertThatThrownBy(() -> throttle.request("192.0.2.1")).isInstanceOf(TooManyAttempts.class);
        assertThatCode(() -> throttle.attempt("che-nfp", "192.0.2.1")).doesNotThrowAnyException();
    }

    @Test
    void countsASixtyFourBitNetworkAsOneAddress() {
        fail("che-nfp", "2001:db8:1:2:aaaa::1", 10);

        assertThatThrownBy(() -> throttle.attempt("che-nfp", "2001:db8:1:2:bbbb::2"))
                .isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void tellsNeighbouringNetworksApart() {
        fail("che-nfp", "2001:db8:1:2::1", 10);

        assertThatCode(() -> throttle.attempt("che-nfp", "2001:db8:1:3::1")).doesNotThrowAnyException();
    }

    @Test
    void costsNothingToLogInRightly() {
        assertThatCode(() -> {
                    for (int i = 0; i < 1000; i++) {
                        throttle.attempt("che-nfp", "192.0.2.1");
                        throttle.succeeded("che-nfp", "192.0.2.1");
                    }
                })
                .doesNotThrowAnyException();
    }

    private void fail(String username, String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.attempt(username, address);
        }
    }
}
