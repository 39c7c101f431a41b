package dev.sluice.http;

import java.util.Map;

/**
 * What an operator decides of the HTTP API, see section {@code [http]} of influxdb.conf.
 *
 * @param version what {@code X-Influxdb-Version} says
 * @param bindAddress where the API listens, as it was configured
 * @param maxBodySizeInBytes most bytes of a write's body, compressed or not; 0 for no limit
 * @param maxRowLimit most rows of an answer that is not chunked; 0 for no limit
 * @param maxConcurrentWrites most writes at a time; 0 for no limit
 * @param maxEnqueuedWrites most writes that wait for their turn; 0 for no limit
 * @param enqueuedWriteTimeoutNanos how long a write may wait for its turn; 0 for no limit
 * @param headers added to every routed answer
 */
public record HttpSettings(
        String version,
        String bindAddress,
        long maxBodySizeInBytes,
        int maxRowLimit,
        int maxConcurrentWrites,
        int maxEnqueuedWrites,
        long enqueuedWriteTimeoutNanos,
        Map<String, String> headers) {

    public HttpSettings {
        headers = Map.copyOf(headers);
    }
}
