package dev.sluice.account;

import java.util.concurrent.atomic.AtomicInteger;

/** Salts and "hashes" in no time, and counts how often it was asked. For tests only. */
public final class FastPasswordHasher implements PasswordHasher {

    private final AtomicInteger salt = new AtomicInteger();
    private final AtomicInteger matchCount = new AtomicInteger();

    @Override
    public String hash(String password) {
        return hash(password, salt.incrementAndGet());
    }

    @Override
    public boolean matches(String password, String hash) {
        matchCount.incrementAndGet();
        return hash(password, Integer.parseInt(hash.substring(0, hash.indexOf(':'))))
                .equals(hash);
    }

    @Override
    public boolean isHash(String text) {
        return text.matches("\\d+:[0-9a-f]+");
    }

    /** How many slow comparisons the real thing would have made. */
    public int matchCount() {
        return matchCount.get();
    }

    private static String hash(String password, int salt) {
        return salt + ":" + Integer.toHexString((salt + "|" + password).hashCode());
    }
}
