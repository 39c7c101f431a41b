package dev.sluice.server;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The system's clock as the pure packages take it: nanoseconds since the epoch. */
final class SystemNanos {

    static final LongSupplier CLOCK = of(Clock.systemUTC());

    private SystemNanos() {}

    private static LongSupplier of(Clock clock) {
        return () -> {
            Instant now = clock.instant();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        };
    }
}
