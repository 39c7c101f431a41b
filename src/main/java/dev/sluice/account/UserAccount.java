package dev.sluice.account;

import dev.sluice.model.Permission;
import dev.sluice.model.Privilege;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A user as it was at one moment, without the password. Immutable.
 *
 * @param name unique
 * @param admin whether everything is allowed
 * @param grants privileges by database name, in the order in which they were first granted
 * @param access roles and permissions
 */
public record UserAccount(String name, boolean admin, Map<String, Privilege> grants, UserAccess access) {

    public UserAccount {
        grants = Collections.unmodifiableMap(new LinkedHashMap<>(grants));
    }

    /** A user without roles and permissions. */
    public UserAccount(String name, boolean admin, Map<String, Privilege> grants) {
        this(name, admin, grants, UserAccess.NONE);
    }

    /** The same user with other roles and permissions. */
    public UserAccount withAccess(UserAccess other) {
        return other == access ? this : new UserAccount(name, admin, grants, other);
    }

    /** Whether everything is allowed, be it as an admin or because no permission is missing. */
    public boolean mayEverything() {
        return admin || access.effective().isEverything();
    }

    /**
     * Whether the user may read, write or both on the database, by GRANT or by permissions. Writing is putting points in;
     * taking them out is another permission, see {@link #isGranted}.
     */
    public boolean may(Privilege needed, String database) {
        if (isGranted(needed, database)) {
            return true;
        }
        Permissions held = access.effective();
        return !held.isEmpty()
                && (!needed.covers(Privilege.READ) || reads(database))
                && (!needed.covers(Privilege.WRITE) || writes(database));
    }

    private boolean reads(String database) {
        return isGranted(Privilege.READ, database) || access.effective().has(Permission.READ_DATA, database);
    }

    private boolean writes(String database) {
        return isGranted(Privilege.WRITE, database) || access.effective().has(Permission.WRITE_DATA, database);
    }

    /** Whether the user has the privilege by GRANT, or everything. */
    public boolean isGranted(Privilege needed, String database) {
        return mayEverything() || grants.getOrDefault(database, Privilege.NONE).covers(needed);
    }

    /** Whether the user has a permission for a database, or everything; reading and writing count when granted, too. */
    public boolean has(Permission permission, String database) {
        return switch (permission) {
            case READ_DATA -> reads(database);
            case WRITE_DATA -> writes(database);
            default -> mayEverything() || access.effective().has(permission, database);
        };
    }
}
