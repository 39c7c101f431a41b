package dev.sluice.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.Caller;
import dev.sluice.account.Permissions;
import dev.sluice.account.TestUsers;
import dev.sluice.account.UserAccess;
import dev.sluice.account.UserAccount;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.model.Permission;
import dev.sluice.model.Privilege;
import dev.sluice.statement.StatementAccessTable.Row;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every statement under every permission, in every scope, with and without grants, and under thousands of mixtures: what
 * runs is what Enterprise's table says, written down here a second time.
 */
class PermissionClosureTests {

    private static final Pattern READS_DB1 = Pattern.compile("(FROM|,) (db1\\.\\.)?[mn/]");

    private final StatementAuthorizer authorizer = new StatementAuthorizer(new TestUsers());

    /** Whether a permission is held for a database. */
    private interface Held extends BiPredicate<Permission, String> {}

    @Test
    void runsWhatTheTableSaysAndNothingElse() {
        int cases = 0;
        for (Row row : StatementAccessTable.ROWS) {
            List<Statement> statements = List.of(row.statement());
            for (Permissions permissions : permissionSets(row.text().hashCode())) {
                for (Map<String, Privilege> grants : List.<Map<String, Privilege>>of(
                        Map.of(), Map.of("db1", Privilege.READ), Map.of("db1", Privilege.WRITE))) {
                    check(row, statements, permissions, grants);
                    cases++;
                }
            }
        }
        assertThat(cases).isGreaterThan(10_000);
    }

    private static List<Permissions> permissionSets(int seed) {
        List<Permissions> sets = new ArrayList<>();
        sets.add(Permissions.NONE);
        sets.add(Permissions.ALL);
        for (Permission permission : Permission.values()) {
            for (String scope : List.of("", "db1", "db2")) {
                sets.add(Permissions.of(scope, permission));
            }
            Set<Permission> others = EnumSet.complementOf(EnumSet.of(permission));
            sets.add(new Permissions(Map.of("", others)));
        }
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            Permissions mixture = Permissions.NONE;
            for (int j = random.nextInt(6); j >= 0; j--) {
                Permission[] all = Permission.values();
                mixture = mixture.plus(Permissions.of(
                        List.of("", "db1", "db2").get(random.nextInt(3)), all[random.nextInt(all.length)]));
            }
            sets.add(mixture);
        }
        return sets;
    }

    private void check(Row row, List<Statement> statements, Permissions permissions, Map<String, Privilege> grants) {
        Caller caller = Caller.of(
                new UserAccount("joe", false, grants, new UserAccess(Set.of("r"), Permissions.NONE, permissions)));
        Privilege granted = grants.getOrDefault("db1", Privilege.NONE);
        Held held = (permission, database) -> permissions
                        .byScope()
                        .getOrDefault("", Set.of())
                        .contains(permission)
                || permissions.byScope().getOrDefault(database, Set.of()).contains(permission)
                || (database.equals("db1")
                        && (permission == Permission.READ_DATA && granted == Privilege.READ
                                || permission == Permission.WRITE_DATA && granted == Privilege.WRITE));
        String byGrants = granted == Privilege.NONE
                ? row.withoutGrant()
                : granted == Privilege.READ ? row.withRead() : row.withWrite();
        boolean everything = permissions.byScope().getOrDefault("", Set.of()).size() == Permission.values().length;
        boolean expected = everything || byGrants == null || allows(row.text(), held);

        Authorization authorization = authorizer.authorize(caller, statements, "db1");

        assertThat(authorization.isAllowed())
                .as("%s with %s and %s", row, permissions, grants)
                .isEqualTo(expected);
        if (!expected) {
            assertThat(authorization.refusal()).isEqualTo(row.refusal("joe", byGrants));
        }
    }

    private static boolean allows(String text, Held held) {
        String on = text.contains(" ON db2") ? "db2" : "db1";
        if (text.startsWith("SELECT") || text.startsWith("EXPLAIN")) {
            return points(text, held);
        }
        if (text.matches("SHOW (MEASUREMENT|SERIES|TAG|FIELD).*")) {
            return held.test(Permission.READ_DATA, on)
                    && (!text.contains("FROM db2..m") || held.test(Permission.READ_DATA, "db2"));
        }
        if (text.equals("SHOW DATABASES")) {
            return true;
        }
        if (text.startsWith("SHOW RETENTION")) {
            return held.test(Permission.READ_DATA, on) || held.test(Permission.CREATE_DATABASE, on);
        }
        if (text.startsWith("CREATE CONTINUOUS")) {
            boolean selects = text.contains("ON db2 BEGIN")
                    ? held.test(Permission.READ_DATA, "db1")
                            && held.test(Permission.READ_DATA, "db2")
                            && held.test(Permission.WRITE_DATA, "db1")
                    : held.test(Permission.READ_DATA, "db1") && points(text, held);
            return held.test(Permission.MANAGE_CONTINUOUS_QUERY, on) && selects;
        }
        if (text.contains("CONTINUOUS QUER")) {
            return held.test(Permission.MANAGE_CONTINUOUS_QUERY, on);
        }
        if (text.contains("SUBSCRIPTION")) {
            return held.test(Permission.MANAGE_SUBSCRIPTION, on);
        }
        if (text.matches("(DELETE|DROP SERIES|DROP MEASUREMENT).*")) {
            return held.test(Permission.DROP_DATA, "db1");
        }
        if (text.matches("(CREATE|ALTER) RETENTION.*")) {
            return held.test(Permission.CREATE_DATABASE, on);
        }
        if (text.startsWith("DROP RETENTION")) {
            return held.test(Permission.DROP_DATABASE, on);
        }
        // What is left belongs to no database, so only what is held everywhere counts.
        return held.test(everywhere(text), "");
    }

    private static Permission everywhere(String text) {
        if (text.startsWith("CREATE DATABASE")) {
            return Permission.CREATE_DATABASE;
        }
        if (text.startsWith("DROP DATABASE")) {
            return Permission.DROP_DATABASE;
        }
        if (text.matches(".*SHARD.*")) {
            return Permission.MANAGE_SHARD;
        }
        if (text.matches("(SHOW QUERIES|KILL QUERY).*")) {
            return Permission.MANAGE_QUERY;
        }
        return text.matches("SHOW (STATS|DIAGNOSTICS)") ? Permission.MONITOR : Permission.CREATE_USER_AND_ROLE;
    }

    private static boolean points(String text, Held held) {
        boolean readsOther = text.contains("FROM db2.") || text.contains(", db2.");
        return (!READS_DB1.matcher(text).find() || held.test(Permission.READ_DATA, "db1"))
                && (!readsOther || held.test(Permission.READ_DATA, "db2"))
                && (!text.contains("INTO db2.") || held.test(Permission.WRITE_DATA, "db2"))
                && (!text.matches(".*INTO (x|db1\\.).*") || held.test(Permission.WRITE_DATA, "db1"));
    }
}
