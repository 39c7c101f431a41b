package dev.sluice.http;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * UUIDs of version 1 (RFC 9562), which InfluxDB gives to requests: they sort by time within a process. The node is random
 * and not the machine's address. Thread-safe.
 */
final class TimeBasedIds {

    /** From the start of the Gregorian calendar to 1970, in units of 100 ns. */
    private static final long GREGORIAN_OFFSET = 0x01B21DD213814000L;

    private final AtomicLong last = new AtomicLong();
    private final long clockSequenceAndNode;

    TimeBasedIds() {
        long random = new SecureRandom().nextLong();
        long multicast = 1L << 40;
        clockSequenceAndNode = (random & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L | multicast;
    }

    String next() {
        Instant now = Instant.now();
        long wanted = now.getEpochSecond() * 10_000_000L + now.getNano() / 100 + GREGORIAN_OFFSET;
        long ticks = last.updateAndGet(before -> Math.max(before + 1, wanted));
        long high = (ticks & 0xFFFFFFFFL) << 32 | ((ticks >>> 32) & 0xFFFF) << 16 | 0x1000 | ((ticks >>> 48) & 0x0FFF);
        return new UUID(high, clockSequenceAndNode).toString();
    }
}
