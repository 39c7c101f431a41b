package dev.sluice.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Remembers passwords that were verified, so that Basic on every request does not cost a slow hash. Of each only a keyed
 * digest is kept, see {@link PasswordDigests}.
 *
 * <p>An entry is tied to the stored hash it was verified against. So it is worthless from the moment a new password is
 * published, even when a request that verified the old one remembers it a moment later.
 */
final class VerifiedPasswords {

    private static final int MAX_USERS = 10_000;

    private final PasswordDigests digests = new PasswordDigests();
    private final Cache<String, Verified> byUser =
            Caffeine.newBuilder().maximumSize(MAX_USERS).build();

    private record Verified(String passwordHash, PasswordDigests.Digest digest) {}

    /** Whether this password was verified for the user's present hash. */
    boolean contains(StoredUser user, String password) {
        Verified verified = byUser.getIfPresent(user.account().name());
        return verified != null
                && verified.passwordHash().equals(user.passwordHash())
                && digests.matches(verified.digest(), password);
    }

    void remember(StoredUser user, String password) {
        byUser.put(user.account().name(), new Verified(user.passwordHash(), digests.of(password)));
    }

    void forget(String user) {
        byUser.invalidate(user);
    }

    void forgetAll() {
        byUser.invalidateAll();
    }
}
