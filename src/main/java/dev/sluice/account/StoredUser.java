package dev.sluice.account;

/**
 * A user with what proves them.
 *
 * @param account the user as others see them
 * @param passwordHash in the form of {@link PasswordHasher}
 * @param tokensValidFromSeconds tokens issued before this moment, in seconds since 1970, are refused; 0 for none
 */
public record StoredUser(UserAccount account, String passwordHash, long tokensValidFromSeconds) {

    /** A user all of whose tokens are good. */
    public StoredUser(UserAccount account, String passwordHash) {
        this(account, passwordHash, 0);
    }

    StoredUser withAccount(UserAccount changed) {
        return new StoredUser(changed, passwordHash, tokensValidFromSeconds);
    }

    StoredUser withPasswordHash(String changed) {
        return new StoredUser(account, changed, tokensValidFromSeconds);
    }

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return "StoredUser[account=" + account + "]";
    }
}
