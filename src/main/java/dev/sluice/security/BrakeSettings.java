package dev.sluice.security;

/**
 * How wrong passwords are held back; 0 failures is never.
 *
 * @param failuresPerUser failures of one user from one address before the brake goes on
 * @param failuresPerAddress failures from one address, whoever they name, before the brake goes on
 * @param lockOutNanos how long at most nothing is accepted after a failure
 */
public record BrakeSettings(int failuresPerUser, int failuresPerAddress, long lockOutNanos) {}
