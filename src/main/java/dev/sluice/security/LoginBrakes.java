package dev.sluice.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Holds back who tries passwords. After a number of failures in a row nothing more is accepted, and nothing more is
 * hashed, for a time that doubles with every further failure up to a limit. Counted are pairs of user and address, so that
 * nobody can lock somebody else out from afar, and addresses. What is kept is bounded; the least recent is forgotten
 * first. Thread-safe.
 */
final class LoginBrakes {

    private static final int MAX_ENTRIES = 100_000;
    private static final long FIRST_PAUSE = 100_000_000L;
    private static final int MAX_DOUBLINGS = 30;

    private final BrakeSettings settings;
    private final LongSupplier nanoTime;
    private final Cache<Key, Failures> failures;

    LoginBrakes(BrakeSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.failures = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .ticker((Ticker) nanoTime::getAsLong)
                // Long enough that waiting out one pause does not make the failures before it good.
                .expireAfterWrite(Duration.ofNanos(Math.max(1, settings.lockOutNanos()) * 2))
                .build();
    }

    /** The user is empty where only the address counts. */
    private record Key(String user, String address) {}

    private record Failures(int count, long pausedUntilNanos) {}

    /** Whether nothing is accepted of this user from this address now. */
    boolean isStopped(String user, String address) {
        return isPaused(new Key(user, address)) || isPaused(new Key("", address));
    }

    private boolean isPaused(Key key) {
        Failures known = failures.getIfPresent(key);
        return known != null && known.pausedUntilNanos() != 0 && known.pausedUntilNanos() - nanoTime.getAsLong() > 0;
    }

    void failed(String user, String address) {
        count(new Key(user, address), settings.failuresPerUser());
        count(new Key("", address), settings.failuresPerAddress());
    }

    private void count(Key key, int allowed) {
        if (allowed == 0) {
            return;
        }
        failures.asMap().compute(key, (same, before) -> {
            int count = before == null ? 1 : before.count() + 1;
            if (count < allowed) {
                return new Failures(count, 0);
            }
            long pause = FIRST_PAUSE << Math.min(MAX_DOUBLINGS, count - allowed);
            long until = nanoTime.getAsLong() + Math.min(pause, settings.lockOutNanos());
            return new Failures(count, until == 0 ? 1 : until);
        });
    }

    /** Failures of the pair are forgiven; those of the address are not, as an attacker may have an account as well. */
    void succeeded(String user, String address) {
        failures.invalidate(new Key(user, address));
    }
}
