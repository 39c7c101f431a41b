package dev.sluice.account;

import dev.sluice.model.Privilege;
import java.util.List;
import java.util.Optional;

/**
 * The users. Reading never blocks; a change is durable and acts on the very next call when its call returns. Rules and
 * texts are InfluxDB's ("Authentication and authorization", 1.x); violations throw {@link AccountException}.
 */
public interface Users {

    /** All users in order of creation. */
    List<UserAccount> all();

    Optional<UserAccount> find(String name);

    /** Whether at least one user is an admin; until then authentication is not demanded. */
    boolean adminExists();

    /**
     * The user when name and password fit. Takes as long for an unknown user as for a wrong password; a password that was
     * right before is recognized without hashing it again.
     *
     * @throws LoginsBusyException when too many passwords are being checked; this one was not looked at
     */
    Optional<UserAccount> authenticate(String name, String password);

    /** Creates a user; an existing one is fine when password and admin flag are the same. */
    void create(String name, String password, boolean admin);

    /** Creates a user whose password is only known as a hash, from a backup or another service. */
    void createWithHash(String name, String passwordHash);

    /** What the user's password is checked against, for administrators only. */
    Optional<String> passwordHash(String name);

    void drop(String name);

    /** Refuses all tokens of a user that were issued before a moment, in seconds since 1970. */
    void revokeTokens(String name, long validFromSeconds);

    /** From when on a user's tokens are good; 0 for always. */
    long tokensValidFromSeconds(String name);

    void setPassword(String name, String password);

    void setAdmin(String name, boolean admin);

    /** Replaces the user's privilege on a database; that the database exists is for the caller to check. */
    void grant(String name, String database, Privilege privilege);

    /** Takes a privilege away; the database stays listed, possibly with {@link Privilege#NONE}. */
    void revoke(String name, String database, Privilege privilege);

    /** Forgets everybody's privileges on a database that was dropped. */
    void forgetDatabase(String database);
}
