package dev.sluice.statement.access;

import dev.sluice.account.AccountException;
import dev.sluice.account.Permissions;
import dev.sluice.account.Roles;
import dev.sluice.account.UserAccount;
import dev.sluice.account.Users;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.model.Permission;
import dev.sluice.model.Privilege;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Users and roles as Enterprise's meta API sees them: permissions alone. An admin is somebody with every permission, and
 * a granted READ or WRITE is a permission on a database, whichever way it was given. Thread-safe.
 */
public final class AccessAdministration {

    private final Users users;
    private final Roles roles;
    private final Catalog catalog;

    public AccessAdministration(Users users, Roles roles, Catalog catalog) {
        this.users = users;
        this.roles = roles;
        this.catalog = catalog;
    }

    /** What a user holds without any role. */
    public Permissions permissionsOf(UserAccount user) {
        Permissions sum = user.access().own();
        if (user.admin()) {
            sum = sum.plus(Permissions.ALL);
        }
        for (Map.Entry<String, Privilege> grant : user.grants().entrySet()) {
            if (grant.getValue().covers(Privilege.READ)) {
                sum = sum.plus(Permissions.of(grant.getKey(), Permission.READ_DATA));
            }
            if (grant.getValue().covers(Privilege.WRITE)) {
                sum = sum.plus(Permissions.of(grant.getKey(), Permission.WRITE_DATA));
            }
        }
        return sum;
    }

    /** Gives permissions to a user; with the last of those that hold everywhere, the user is an admin. */
    public void addToUser(String name, Permissions added) {
        UserAccount user = load(name);
        checkScopes(added);
        if (user.access().own().plus(added).isEverything()) {
            users.setAdmin(name, true);
            roles.removeUserPermissions(name, Permissions.ALL);
            Permissions rest = added.minus(Permissions.ALL);
            if (!rest.isEmpty()) {
                roles.addUserPermissions(name, rest);
            }
            return;
        }
        roles.addUserPermissions(name, added);
    }

    /** Takes permissions from a user, also those that come from being an admin or from GRANT. */
    public void removeFromUser(String name, Permissions removed) {
        UserAccount user = load(name);
        Set<Permission> everywhere = removed.byScope().getOrDefault(Permissions.EVERYWHERE, Set.of());
        if (user.admin() && !everywhere.isEmpty()) {
            // First what is left, then the rest of it: in between nothing is missing, and nothing too much remains.
            users.setAdmin(name, false);
            roles.addUserPermissions(name, Permissions.ALL.minus(removed));
        } else {
            roles.removeUserPermissions(name, removed);
        }
        user.grants().forEach((database, held) -> {
            Set<Permission> taken = removed.byScope().getOrDefault(database, Set.of());
            if (taken.contains(Permission.READ_DATA) && held.covers(Privilege.READ)) {
                users.revoke(name, database, Privilege.READ);
            }
            if (taken.contains(Permission.WRITE_DATA) && held.covers(Privilege.WRITE)) {
                users.revoke(name, database, Privilege.WRITE);
            }
        });
        if (user.admin()) {
            roles.removeUserPermissions(name, withoutEverywhere(removed));
        }
    }

    private static Permissions withoutEverywhere(Permissions permissions) {
        return permissions.minus(new Permissions(Map.of(Permissions.EVERYWHERE, EnumSet.allOf(Permission.class))));
    }

    public void addToRole(String role, Permissions added) {
        checkScopes(added);
        roles.addRolePermissions(role, added);
    }

    public void removeFromRole(String role, Permissions removed) {
        roles.removeRolePermissions(role, removed);
    }

    private UserAccount load(String name) {
        return users.find(name).orElseThrow(() -> new AccountException("user not found"));
    }

    private void checkScopes(Permissions permissions) {
        permissions.byScope().forEach((scope, held) -> {
            if (scope.equals(Permissions.EVERYWHERE)) {
                return;
            }
            if (catalog.findDatabase(scope).isEmpty()) {
                throw CatalogException.databaseNotFound(scope);
            }
            for (Permission permission : held) {
                if (permission.isClusterWide()) {
                    throw new AccountException(
                            "permission " + permission.influxName() + " cannot be granted for a database");
                }
            }
        });
    }
}
