package dev.sluice.influxql.privilege;

import dev.sluice.model.Privilege;
import org.jspecify.annotations.Nullable;

/** One thing a statement needs. An admin may do everything, so each of them is met by an admin. */
public sealed interface RequiredPrivilege {

    /** Nobody but an admin. */
    RequiredPrivilege ADMIN = new Admin();

    /** Reading from a database; null is the request's default database. */
    static RequiredPrivilege read(@Nullable String database) {
        return new OnDatabase(database, Privilege.READ);
    }

    /** Writing to a database; null is the request's default database. */
    static RequiredPrivilege write(@Nullable String database) {
        return new OnDatabase(database, Privilege.WRITE);
    }

    /** See {@link RequiredPrivilege#ADMIN}. */
    record Admin() implements RequiredPrivilege {}

    /**
     * A privilege on one database.
     *
     * @param database null for the request's default database, whatever it is; never empty: as in InfluxDB, an empty name
     *     in a statement stands for the default
     * @param privilege {@link Privilege#READ} or {@link Privilege#WRITE}
     */
    record OnDatabase(@Nullable String database, Privilege privilege) implements RequiredPrivilege {

        public OnDatabase {
            database = database == null || database.isEmpty() ? null : database;
            if (privilege != Privilege.READ && privilege != Privilege.WRITE) {
                throw new IllegalArgumentException("statements read or write, not " + privilege);
            }
        }
    }
}
