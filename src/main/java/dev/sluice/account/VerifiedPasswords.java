package dev.sluice.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers passwords that were verified, so that Basic on every request does not cost a slow hash. Of each only a salted
 * digest is kept, keyed by a secret that lives and dies with the process: a heap dump or a swapped page is of no more use
 * to a guesser than the slow hashes themselves, unless it holds the key as well.
 *
 * <p>An entry is tied to the stored hash it was verified against. So it is worthless from the moment a new password is
 * published, even when a request that verified the old one remembers it a moment later.
 */
final class VerifiedPasswords {

    private static final int MAX_USERS = 10_000;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key = new SecretKeySpec(randomBytes(), ALGORITHM);
    private final Cache<String, Verified> byUser =
            Caffeine.newBuilder().maximumSize(MAX_USERS).build();

    private record Verified(String passwordHash, byte[] salt, byte[] digest) {}

    /** Whether this password was verified for the user's present hash. */
    boolean contains(StoredUser user, String password) {
        Verified verified = byUser.getIfPresent(user.account().name());
        return verified != null
                && verified.passwordHash().equals(user.passwordHash())
                && MessageDigest.isEqual(verified.digest(), digest(verified.salt(), password));
    }

    void remember(StoredUser user, String password) {
        byte[] salt = randomBytes();
        byUser.put(user.account().name(), new Verified(user.passwordHash(), salt, digest(salt, password)));
    }

    void forget(String user) {
        byUser.invalidate(user);
    }

    void forgetAll() {
        byUser.invalidateAll();
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] digest(byte[] salt, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(salt);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
