package dev.sluice.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.account.Caller;
import dev.sluice.statement.LimitsByCaller;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many writes a second a user makes. Who was idle may catch up on one second, and no more. Thread-safe.
 */
final class WriteRates {

    private static final long SECOND = 1_000_000_000L;

    private final LimitsByCaller limits;
    private final LongSupplier nanoTime;
    private final Cache<String, long[]> nextByUser =
            Caffeine.newBuilder().expireAfterAccess(Duration.ofMinutes(1)).build();

    WriteRates(LimitsByCaller limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** Counts a write; returns the limit when it is one too many, else 0. */
    int exceeded(Caller caller) {
        int limit = limits.of(caller).writesPerSecond();
        if (limit == 0 || caller.user().isEmpty()) {
            return 0;
        }
        long interval = SECOND / limit;
        long now = nanoTime.getAsLong();
        long[] next = nextByUser.get(caller.user().get().name(), fresh -> new long[] {now - SECOND});
        synchronized (next) {
            long turn = Math.max(next[0], now - SECOND) + interval;
            if (turn - now > 0) {
                return limit;
            }
            next[0] = turn;
            return 0;
        }
    }
}
