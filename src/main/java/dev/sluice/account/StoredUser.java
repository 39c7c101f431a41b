package dev.sluice.account;

/**
 * A user with what proves them.
 *
 * @param account the user as others see them
 * @param passwordHash in the form of {@link PasswordHasher}
 */
public record StoredUser(UserAccount account, String passwordHash) {

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return "StoredUser[account=" + account + "]";
    }
}
