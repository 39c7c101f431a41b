package dev.sluice.influxql.privilege;

import dev.sluice.influxql.tree.AlterRetentionPolicyStatement;
import dev.sluice.influxql.tree.CreateContinuousQueryStatement;
import dev.sluice.influxql.tree.CreateDatabaseStatement;
import dev.sluice.influxql.tree.CreateRetentionPolicyStatement;
import dev.sluice.influxql.tree.CreateSubscriptionStatement;
import dev.sluice.influxql.tree.CreateUserStatement;
import dev.sluice.influxql.tree.DeleteStatement;
import dev.sluice.influxql.tree.DropContinuousQueryStatement;
import dev.sluice.influxql.tree.DropDatabaseStatement;
import dev.sluice.influxql.tree.DropMeasurementStatement;
import dev.sluice.influxql.tree.DropRetentionPolicyStatement;
import dev.sluice.influxql.tree.DropSeriesStatement;
import dev.sluice.influxql.tree.DropShardStatement;
import dev.sluice.influxql.tree.DropSubscriptionStatement;
import dev.sluice.influxql.tree.DropUserStatement;
import dev.sluice.influxql.tree.ExplainStatement;
import dev.sluice.influxql.tree.GrantAdminStatement;
import dev.sluice.influxql.tree.GrantStatement;
import dev.sluice.influxql.tree.KillQueryStatement;
import dev.sluice.influxql.tree.RevokeAdminStatement;
import dev.sluice.influxql.tree.RevokeStatement;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.SetPasswordStatement;
import dev.sluice.influxql.tree.ShowCardinalityStatement;
import dev.sluice.influxql.tree.ShowContinuousQueriesStatement;
import dev.sluice.influxql.tree.ShowDatabasesStatement;
import dev.sluice.influxql.tree.ShowDiagnosticsStatement;
import dev.sluice.influxql.tree.ShowFieldKeysStatement;
import dev.sluice.influxql.tree.ShowGrantsStatement;
import dev.sluice.influxql.tree.ShowMeasurementsStatement;
import dev.sluice.influxql.tree.ShowQueriesStatement;
import dev.sluice.influxql.tree.ShowRetentionPoliciesStatement;
import dev.sluice.influxql.tree.ShowSeriesStatement;
import dev.sluice.influxql.tree.ShowShardGroupsStatement;
import dev.sluice.influxql.tree.ShowShardsStatement;
import dev.sluice.influxql.tree.ShowStatsStatement;
import dev.sluice.influxql.tree.ShowSubscriptionsStatement;
import dev.sluice.influxql.tree.ShowTagKeysStatement;
import dev.sluice.influxql.tree.ShowTagValuesStatement;
import dev.sluice.influxql.tree.ShowUsersStatement;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.model.Permission;
import dev.sluice.model.Privilege;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What each kind of statement needs of who goes by Enterprise's permissions ("Permissions", Enterprise 1.x). A continuous
 * query needs, beside the right to make one, those to read and write what its SELECT does, since it runs on nobody's
 * behalf. What reads or writes points is the same as for grants.
 */
public final class RequiredPermissions {

    private static final StatementRules<RequiredPermission> RULES = rules();

    private RequiredPermissions() {}

    /** All that the statement needs. */
    public static List<RequiredPermission> of(Statement statement) {
        return RULES.of(statement);
    }

    /** The kinds of statements there are rules for. */
    static Set<Class<? extends Statement>> ruledStatements() {
        return RULES.statements();
    }

    private static StatementRules<RequiredPermission> rules() {
        Rules rules = new Rules();

        rules.points(
                SelectStatement.class,
                ExplainStatement.class,
                ShowMeasurementsStatement.class,
                ShowSeriesStatement.class,
                ShowTagKeysStatement.class,
                ShowTagValuesStatement.class,
                ShowFieldKeysStatement.class,
                ShowCardinalityStatement.class,
                ShowDatabasesStatement.class);
        rules.add(DeleteStatement.class, delete -> RequiredPermission.on(null, Permission.DROP_DATA));
        rules.add(DropSeriesStatement.class, drop -> RequiredPermission.on(null, Permission.DROP_DATA));
        rules.add(DropMeasurementStatement.class, drop -> RequiredPermission.on(null, Permission.DROP_DATA));

        rules.everywhere(Permission.CREATE_DATABASE, CreateDatabaseStatement.class);
        rules.everywhere(Permission.DROP_DATABASE, DropDatabaseStatement.class);
        rules.add(
                CreateRetentionPolicyStatement.class,
                create -> RequiredPermission.on(create.database(), Permission.CREATE_DATABASE));
        rules.add(
                AlterRetentionPolicyStatement.class,
                alter -> RequiredPermission.on(alter.database(), Permission.CREATE_DATABASE));
        rules.add(
                DropRetentionPolicyStatement.class,
                drop -> RequiredPermission.on(drop.database(), Permission.DROP_DATABASE));
        rules.add(
                ShowRetentionPoliciesStatement.class,
                show -> RequiredPermission.on(show.database(), Permission.CREATE_DATABASE, Permission.READ_DATA));

        rules.all(CreateContinuousQueryStatement.class, RequiredPermissions::createContinuousQuery);
        rules.add(
                DropContinuousQueryStatement.class,
                drop -> RequiredPermission.on(drop.database(), Permission.MANAGE_CONTINUOUS_QUERY));
        rules.add(
                ShowContinuousQueriesStatement.class,
                show -> RequiredPermission.on(null, Permission.MANAGE_CONTINUOUS_QUERY));

        rules.add(
                CreateSubscriptionStatement.class,
                create -> RequiredPermission.on(create.database(), Permission.MANAGE_SUBSCRIPTION));
        rules.add(
                DropSubscriptionStatement.class,
                drop -> RequiredPermission.on(drop.database(), Permission.MANAGE_SUBSCRIPTION));
        rules.add(
                ShowSubscriptionsStatement.class, show -> RequiredPermission.on(null, Permission.MANAGE_SUBSCRIPTION));

        rules.everywhere(
                Permission.CREATE_USER_AND_ROLE,
                CreateUserStatement.class,
                DropUserStatement.class,
                GrantAdminStatement.class,
                GrantStatement.class,
                RevokeAdminStatement.class,
                RevokeStatement.class,
                SetPasswordStatement.class,
                ShowGrantsStatement.class,
                ShowUsersStatement.class);
        rules.everywhere(
                Permission.MANAGE_SHARD,
                DropShardStatement.class,
                ShowShardGroupsStatement.class,
                ShowShardsStatement.class);
        rules.everywhere(Permission.MANAGE_QUERY, ShowQueriesStatement.class, KillQueryStatement.class);
        rules.everywhere(Permission.MONITOR, ShowStatsStatement.class, ShowDiagnosticsStatement.class);

        return rules.byStatement;
    }

    private static List<RequiredPermission> createContinuousQuery(CreateContinuousQueryStatement create) {
        List<RequiredPermission> needed = new ArrayList<>();
        needed.add(RequiredPermission.on(create.database(), Permission.MANAGE_CONTINUOUS_QUERY));
        needed.addAll(forPoints(create));
        return needed;
    }

    /** What reading and writing need by grants, in terms of permissions. */
    private static List<RequiredPermission> forPoints(Statement statement) {
        List<RequiredPermission> needed = new ArrayList<>();
        for (RequiredPrivilege privilege : RequiredPrivileges.of(statement)) {
            RequiredPrivilege.OnDatabase on = (RequiredPrivilege.OnDatabase) privilege;
            boolean reads = on.privilege() == Privilege.READ;
            needed.add(RequiredPermission.on(on.database(), reads ? Permission.READ_DATA : Permission.WRITE_DATA));
        }
        return needed;
    }

    /** The forms that most rules have. */
    private static final class Rules {

        private final StatementRules<RequiredPermission> byStatement = new StatementRules<>();

        <S extends Statement> void all(Class<S> type, Function<S, List<RequiredPermission>> rule) {
            byStatement.add(type, rule);
        }

        <S extends Statement> void add(Class<S> type, Function<S, RequiredPermission> rule) {
            all(type, statement -> List.of(rule.apply(statement)));
        }

        @SafeVarargs
        final void everywhere(Permission permission, Class<? extends Statement>... types) {
            byStatement.addAll(List.of(types), statement -> List.of(RequiredPermission.everywhere(permission)));
        }

        @SafeVarargs
        final void points(Class<? extends Statement>... types) {
            byStatement.addAll(List.of(types), RequiredPermissions::forPoints);
        }
    }
}
