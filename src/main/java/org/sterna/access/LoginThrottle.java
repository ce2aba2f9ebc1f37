package org.sterna.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing: by user name and address together, so that nobody can lock the owner out from elsewhere, by
 * address alone, and by user name alone. The last does not count where the owner logged in before, so that it slows down
 * those who guess from many addresses and not the owner. Known and unknown user names count alike. Successful logins
 * cost nothing.
 */
@Component
class LoginThrottle {

    private static final Duration REFILL = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 100_000;

    /** No user name has a space. */
    private static final String REQUESTS = "requests of";

    private record Door(String username, String address) {}

    /** How long it is remembered that an account was used from an address. */
    private static final Duration FAMILIAR = Duration.ofDays(30);

    private final Cache<Door, Bucket> doors;
    private final Cache<String, Bucket> accounts;
    private final Cache<Door, Boolean> familiar;
    private final Cache<String, Bucket> addresses;
    private final AccessSettings settings;
    private final TimeMeter time;

    LoginThrottle(AccessSettings settings, Clock clock) {
        this.settings = settings;
        this.time = new ClockMeter(clock);
        this.doors = remembered();
        this.accounts = remembered();
        this.familiar = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(FAMILIAR)
                .ticker(time::currentTimeNanos)
                .build();
        this.addresses = remembered();
    }

    /**
     * Counts an attempt before it is looked at.
     *
     * @throws TooManyAttempts if this one has to wait
     */
    void attempt(String username, String address) {
        take(address(address));
        take(door(username, address));
        if (familiar.getIfPresent(new Door(username, network(address))) == null) {
            take(account(username));
        }
    }

    /** Gives back the attempt that turned out right, and forgets the wrong ones at that door. */
    void succeeded(String username, String address) {
        address(address).addTokens(1);
        door(username, address).reset();
        account(username).addTokens(1);
        trust(username, address);
    }

    /** The owner of the account is at that address. */
    void trust(String username, String address) {
        familiar.put(new Door(username, network(address)), true);
    }

    /**
     * Counts a request by somebody who needs no password for it, so that nobody can ask without end.
     *
     * @throws TooManyAttempts if this one has to wait
     */
    void request(String address) {
        take(address(address));
        take(door(REQUESTS, address));
    }

    private static void take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new TooManyAttempts(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket door(String username, String address) {
        return doors.get(new Door(username, network(address)), key -> bucket(settings.attemptsPerAccount()));
    }

    private Bucket account(String username) {
        return accounts.get(username, key -> bucket(settings.attemptsPerAccountAnywhere()));
    }

    private Bucket address(String address) {
        return addresses.get(network(address), key -> bucket(settings.attemptsPerAddress()));
    }

    private Bucket bucket(int attempts) {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, REFILL))
                .build();
    }

    /** As long as a bucket is not full again it must be remembered. */
    private <K> Cache<K, Bucket> remembered() {
        return Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterAccess(REFILL.multipliedBy(2))
                .ticker(time::currentTimeNanos)
                .build();
    }

    /** An IPv6 host can choose its last 64 bits freely, so only the first count. */
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            return InetAddress.getByName(address) instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), 8))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /** The application's clock, so that a moved clock moves the throttle too. */
    private record ClockMeter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
