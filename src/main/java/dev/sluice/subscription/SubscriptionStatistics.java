package dev.sluice.subscription;

/**
 * Figures of one destination since the service started or the subscription was made.
 *
 * @param destination its URL; may hold a password
 * @param pointsWritten points that arrived
 * @param writeFailures batches that did not
 */
public record SubscriptionStatistics(
        String database,
        String retentionPolicy,
        String name,
        String mode,
        String destination,
        long pointsWritten,
        long writeFailures) {}
