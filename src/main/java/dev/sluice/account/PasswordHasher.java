package dev.sluice.account;

/**
 * Slow, salted hashing of passwords. Thread-safe.
 */
public interface PasswordHasher {

    /** A hash, salted anew each time, that names its own algorithm and cost. */
    String hash(String password);

    /** Whether a hash was made from this password. Takes about as long whether it was or not. */
    boolean matches(String password, String hash);

    /** Whether a text is a hash that {@link #matches} understands. */
    boolean isHash(String text);
}
