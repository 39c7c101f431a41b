package dev.sluice.account;

import dev.sluice.model.Permission;
import dev.sluice.model.Privilege;
import java.util.Optional;

/** On whose behalf a request runs, decided once per request. */
public sealed interface Caller {

    /** Authentication is off: everything is allowed and nobody is named. */
    Caller UNRESTRICTED = new Unrestricted();

    /** Authentication is on, but there is no admin yet, so nobody had to log in: nothing is allowed. */
    Caller ANONYMOUS = new Anonymous();

    static Caller of(UserAccount account) {
        return new User(account);
    }

    /** Whether the caller may do on the database what the privilege stands for. */
    boolean may(Privilege needed, String database);

    /** Whether the caller has the privilege by GRANT, see {@link UserAccount#isGranted}. */
    default boolean isGranted(Privilege needed, String database) {
        return may(needed, database);
    }

    /** Whether the caller has a permission for a database; {@link Permissions#EVERYWHERE} for what belongs to none. */
    default boolean has(Permission permission, String database) {
        return isAdmin();
    }

    /** Whether the caller may do everything. */
    boolean isAdmin();

    /** The user, when there is one. */
    Optional<UserAccount> user();

    /** See {@link Caller#UNRESTRICTED}. */
    record Unrestricted() implements Caller {
        @Override
        public boolean may(Privilege needed, String database) {
            return true;
        }

        @Override
        public boolean isAdmin() {
            return true;
        }

        @Override
        public Optional<UserAccount> user() {
            return Optional.empty();
        }
    }

    /** See {@link Caller#ANONYMOUS}. */
    record Anonymous() implements Caller {
        @Override
        public boolean may(Privilege needed, String database) {
            return false;
        }

        @Override
        public boolean isAdmin() {
            return false;
        }

        @Override
        public Optional<UserAccount> user() {
            return Optional.empty();
        }
    }

    /** A user who has proven who they are. */
    record User(UserAccount account) implements Caller {
        @Override
        public boolean may(Privilege needed, String database) {
            return account.may(needed, database);
        }

        @Override
        public boolean isGranted(Privilege needed, String database) {
            return account.isGranted(needed, database);
        }

        @Override
        public boolean has(Permission permission, String database) {
            return account.has(permission, database);
        }

        @Override
        public boolean isAdmin() {
            return account.mayEverything();
        }

        @Override
        public Optional<UserAccount> user() {
            return Optional.of(account);
        }
    }
}
