package dev.sluice.account;

import dev.sluice.model.Privilege;
import java.util.List;

/**
 * Keeps users over restarts. Each change is one transaction that is durable when the call returns; a call that throws may
 * have changed everything it was asked to or nothing. Calls come from one thread at a time and only ask for what the
 * rules allow; a store does not check them.
 */
public interface UserStore {

    /** All users in order of creation, their grants in the order in which they were first given. */
    List<StoredUser> load();

    /** Keeps a new user, behind the others. */
    void insert(StoredUser user);

    /** Forgets a user with their grants. */
    void delete(String name);

    void updatePasswordHash(String name, String passwordHash);

    void updateTokensValidFrom(String name, long seconds);

    void updateAdmin(String name, boolean admin);

    /** Keeps a user's privilege on a database, instead of an earlier one or behind those on other databases. */
    void putGrant(String name, String database, Privilege privilege);

    /** Forgets everybody's privileges on a database. */
    void deleteGrants(String database);
}
