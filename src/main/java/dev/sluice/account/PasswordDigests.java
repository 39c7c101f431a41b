package dev.sluice.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digests by which a password is recognized that was right before. Each is salted, and all are keyed by a secret that lives
 * and dies with the process: a heap dump or a swapped page is of no more use to a guesser than slow hashes, unless it holds
 * the key as well. Thread-safe.
 */
public final class PasswordDigests {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key = new SecretKeySpec(randomBytes(), ALGORITHM);

    /** What is kept of a password; of use only to the digests that made it. */
    public static final class Digest {

        private final byte[] salt;
        private final byte[] value;

        private Digest(byte[] salt, byte[] value) {
            this.salt = salt;
            this.value = value;
        }
    }

    /** A digest of a password, another one each time. */
    public Digest of(String password) {
        byte[] salt = randomBytes();
        return new Digest(salt, compute(salt, password));
    }

    /** Whether the digest is one of this password, in the same time whether it is or not. */
    public boolean matches(Digest digest, String password) {
        return MessageDigest.isEqual(digest.value, compute(digest.salt, password));
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] compute(byte[] salt, String password) {
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
