package dev.sluice.subscription;

import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * Section {@code [subscriber]} of {@code influxdb.conf}.
 *
 * @param httpTimeout of one request
 * @param writeConcurrency most batches of one subscription that are sent at the same time
 * @param writeBufferSize most batches of one subscription that wait
 * @param tls whom {@code https} destinations are trusted by
 */
public record SubscriptionOptions(Duration httpTimeout, int writeConcurrency, int writeBufferSize, SSLContext tls) {}
