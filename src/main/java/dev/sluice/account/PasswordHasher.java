package dev.sluice.account;

/**
 * Slow, salted hashing of passwords. Thread-safe.
 */
public interface PasswordHasher {

    /** A hash, salted anew each time, that names its own algorithm and cost. */
    String hash(String password);

    /** A hash that takes as long to be checked as one of {@link #hash}, and that no password is known for. */
    default String nobodysHash() {
        return hash("nobody");
    }

    /** Whether a hash was made from this password. Takes about as long whether it was or not. */
    boolean matches(String password, String hash);

    /** Whether a hash is not made as new ones are, so that the next log-in is an occasion to make it anew. */
    default boolean isOutdated(String hash) {
        return false;
    }

    /** Whether a text is a hash that {@link #matches} understands. */
    boolean isHash(String text);
}
