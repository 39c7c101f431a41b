package dev.sluice.server;

import dev.sluice.account.HashingGate;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Section {@code login}, which InfluxDB does not have: brakes on wrong passwords, and how many are checked at a time.
 *
 * @param maxFailuresPerUser Failures of one user from one address before log-ins of theirs are held back; 0 for no limit.
 * @param maxFailuresPerAddress Failures from one address before log-ins from there are held back; 0 for no limit.
 * @param lockOut How long at most a log-in is held back; the time begins with 100ms and doubles with every failure.
 * @param maxConcurrentHashes How many passwords are hashed at a time; 0 for half of the processors, at least one.
 * @param maxWaiting How many log-ins wait for that; more are refused with 503.
 */
public record LoginProperties(
        @DefaultValue("100") int maxFailuresPerUser,
        @DefaultValue("1000") int maxFailuresPerAddress,
        @DefaultValue("1m") InfluxDuration lockOut,
        @DefaultValue("0") int maxConcurrentHashes,
        @DefaultValue("16") int maxWaiting) {

    private static final long PATIENCE_NANOS = 5_000_000_000L;

    public LoginProperties {
        InfluxProperties.count("login.max-failures-per-user", maxFailuresPerUser);
        InfluxProperties.count("login.max-failures-per-address", maxFailuresPerAddress);
        InfluxProperties.count("login.max-concurrent-hashes", maxConcurrentHashes);
        InfluxProperties.count("login.max-waiting", maxWaiting);
    }

    HashingGate toGate() {
        int permits = maxConcurrentHashes > 0
                ? maxConcurrentHashes
                : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new HashingGate(permits, maxWaiting, PATIENCE_NANOS);
    }
}
