package dev.sluice.statement;

import dev.sluice.account.Caller;
import dev.sluice.account.Users;
import dev.sluice.influxql.privilege.RequiredPermissions;
import dev.sluice.influxql.privilege.RequiredPrivilege;
import dev.sluice.influxql.privilege.RequiredPrivileges;
import dev.sluice.influxql.tree.CreateUserStatement;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.model.Privilege;
import java.util.List;

/**
 * Decides whether a request's statements may run, all of them before the first one does: one that is forbidden refuses
 * the whole request. Texts are InfluxDB's ("Authentication and authorization", 1.x). Safe for use by many threads.
 */
public final class StatementAuthorizer {

    private static final String PREFIX = "error authorizing query: ";

    private final Users users;

    public StatementAuthorizer(Users users) {
        this.users = users;
    }

    /**
     * @param caller who asks
     * @param statements of the request, in order
     * @param database the request's default database; empty when there is none
     */
    public Authorization authorize(Caller caller, List<Statement> statements, String database) {
        if (caller.isAdmin()) {
            return Authorization.allowed();
        }
        if (caller.user().isEmpty()) {
            return bootstrap(statements);
        }
        String name = caller.user().get().name();
        for (Statement statement : statements) {
            Authorization byGrants = byGrants(caller, name, statement, database);
            if (!byGrants.isAllowed() && !byPermissions(caller, statement, database)) {
                return byGrants;
            }
        }
        return Authorization.allowed();
    }

    /**
     * Whether the caller may run a statement as an admin or by Enterprise's permissions, whatever privileges are granted: for
     * routes that ask for more than the statement behind them does.
     */
    public boolean isAdministrator(Caller caller, Statement statement, String database) {
        return caller.isAdmin() || (caller.user().isPresent() && byPermissions(caller, statement, database));
    }

    private static Authorization byGrants(Caller caller, String name, Statement statement, String database) {
        for (RequiredPrivilege needed : RequiredPrivileges.of(statement)) {
            if (needed instanceof RequiredPrivilege.OnDatabase onDatabase) {
                String checked = onDatabase.database() == null ? database : onDatabase.database();
                if (!caller.isGranted(onDatabase.privilege(), checked)) {
                    return refuse(name, statement, onDatabase.privilege(), checked);
                }
            } else {
                return refuse(name, statement, "admin privilege");
            }
        }
        return Authorization.allowed();
    }

    /** Enterprise's permissions are a second way: whoever has all that a statement needs of them may run it. */
    private static boolean byPermissions(Caller caller, Statement statement, String database) {
        return RequiredPermissions.of(statement).stream()
                .allMatch(needed -> needed.anyOf().stream()
                        .anyMatch(permission ->
                                caller.has(permission, needed.database() == null ? database : needed.database())));
    }

    /**
     * Authentication is on and nobody had to log in, as there is no admin. A request that begins by creating the first
     * user, and that one as an admin, runs as a whole; everything else waits for it. Once there are users, none of them an
     * admin, there is no way back but a restart without authentication.
     */
    private Authorization bootstrap(List<Statement> statements) {
        if (!users.all().isEmpty()) {
            return Authorization.refused(PREFIX + "no user provided");
        }
        boolean createsAdmin =
                !statements.isEmpty() && statements.get(0) instanceof CreateUserStatement create && create.admin();
        return createsAdmin
                ? Authorization.allowed()
                : Authorization.refused(PREFIX + "create admin user first or disable authentication");
    }

    private static Authorization refuse(String user, Statement statement, Privilege privilege, String database) {
        return refuse(user, statement, privilege.influxName() + " on " + database);
    }

    private static Authorization refuse(String user, Statement statement, String needed) {
        return Authorization.refused(
                PREFIX + user + " not authorized to execute statement '" + statement + "', requires " + needed);
    }
}
