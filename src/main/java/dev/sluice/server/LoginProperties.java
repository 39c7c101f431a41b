package dev.sluice.server;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Section {@code login}, which InfluxDB does not have: brakes on wrong passwords.
 *
 * @param maxFailuresPerUser Failures of one user from one address before log-ins of theirs are held back; 0 for no limit.
 * @param maxFailuresPerAddress Failures from one address before log-ins from there are held back; 0 for no limit.
 * @param lockOut How long at most a log-in is held back; the time begins with 100ms and doubles with every failure.
 */
public record LoginProperties(
        @DefaultValue("100") int maxFailuresPerUser,
        @DefaultValue("1000") int maxFailuresPerAddress,
        @DefaultValue("1m") InfluxDuration lockOut) {

    public LoginProperties {
        InfluxProperties.count("login.max-failures-per-user", maxFailuresPerUser);
        InfluxProperties.count("login.max-failures-per-address", maxFailuresPerAddress);
    }
}
