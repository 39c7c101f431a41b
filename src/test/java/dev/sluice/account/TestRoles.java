package dev.sluice.account;

/** Roles for tests that are not about them. */
public final class TestRoles {

    private TestRoles() {}

    /** None yet; whatever is given to a name is kept, as if every user existed. */
    public static Roles empty() {
        return new StoredAccess(new InMemoryAccessStore(), name -> true);
    }
}
