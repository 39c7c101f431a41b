package dev.sluice.security.ldap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.account.PasswordDigests;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a directory said of users whose password was right, for a bounded time: of the password a keyed digest is kept. An
 * answer gets old, when it should be asked for anew, before it expires, so that the many requests of one user go on while one
 * of them asks. Thread-safe.
 */
final class RememberedUsers {

    private static final int MAX_USERS = 10_000;

    private final PasswordDigests digests = new PasswordDigests();
    private final Cache<String, Remembered> byLogin =
            Caffeine.newBuilder().maximumSize(MAX_USERS).build();
    private final long freshNanos;
    private final long graceNanos;
    private final LongSupplier nanoTime;

    /**
     * A memory.
     *
     * @param freshNanos how long an answer is good without asking
     * @param graceNanos how much longer while it is being asked for
     */
    RememberedUsers(long freshNanos, long graceNanos, LongSupplier nanoTime) {
        this.freshNanos = freshNanos;
        this.graceNanos = graceNanos;
        this.nanoTime = nanoTime;
    }

    private record Remembered(PasswordDigests.Digest digest, DirectoryUser user, long atNanos) {}

    /**
     * What is remembered.
     *
     * @param user as of then
     * @param fresh whether nobody needs to be asked
     */
    record Answer(DirectoryUser user, boolean fresh) {}

    /** What was said of the one who logs in with this password; empty when it is not known, or too old. */
    Optional<Answer> find(String login, String password) {
        Remembered known = byLogin.getIfPresent(login);
        if (known == null) {
            return Optional.empty();
        }
        long age = nanoTime.getAsLong() - known.atNanos();
        if (freshNanos == 0 || age - freshNanos > graceNanos || !digests.matches(known.digest(), password)) {
            return Optional.empty();
        }
        return Optional.of(new Answer(known.user(), age < freshNanos));
    }

    void remember(String login, String password, DirectoryUser user) {
        if (freshNanos > 0) {
            byLogin.put(login, new Remembered(digests.of(password), user, nanoTime.getAsLong()));
        }
    }

    /** Forgets a password that is right no more; one that somebody else has given since stays. */
    void forget(String login, String password) {
        byLogin.asMap()
                .computeIfPresent(login, (same, known) -> digests.matches(known.digest(), password) ? null : known);
    }
}
