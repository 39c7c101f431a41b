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
import dev.sluice.influxql.tree.Measurement;
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
import dev.sluice.influxql.tree.Source;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.influxql.tree.SubQuery;
import dev.sluice.model.Privilege;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each kind of statement needs. The rules are those of InfluxDB 1.x, and where its own rules let a user read or
 * write a database without any privilege on it, the database that is touched is checked as well:
 *
 * <ul>
 *   <li>{@code SHOW … FROM other..m}: READ on {@code other} too;
 *   <li>cardinalities, exact ones too: READ on the database behind ON, with or without FROM;
 *   <li>CREATE CONTINUOUS QUERY: what its SELECT reads and writes, unqualified names meaning the query's own database.
 * </ul>
 *
 * <p>{@code SHOW MEASUREMENTS ON *.*}, {@code SHOW DATABASES}, {@code SHOW QUERIES} and {@code SHOW CONTINUOUS QUERIES}
 * show many databases; whoever runs them leaves out those that the caller may not see.
 */
public final class RequiredPrivileges {

    private static final List<RequiredPrivilege> NOTHING = List.of();
    private static final List<RequiredPrivilege> ADMIN = List.of(RequiredPrivilege.ADMIN);
    private static final List<RequiredPrivilege> READ_DEFAULT = List.of(RequiredPrivilege.read(null));

    private static final StatementRules<RequiredPrivilege> RULES = rules();

    private RequiredPrivileges() {}

    /** All that the statement needs, without repetition, in the order in which InfluxDB checks it. */
    public static List<RequiredPrivilege> of(Statement statement) {
        return RULES.of(statement);
    }

    /** The kinds of statements there are rules for. */
    static Set<Class<? extends Statement>> ruledStatements() {
        return RULES.statements();
    }

    private static StatementRules<RequiredPrivilege> rules() {
        StatementRules<RequiredPrivilege> rules = new StatementRules<>();

        rules.add(SelectStatement.class, RequiredPrivileges::select);
        rules.add(ExplainStatement.class, explain -> select(explain.statement()));
        rules.add(DeleteStatement.class, delete -> onSources(null, delete.sources(), Privilege.WRITE));
        rules.add(DropSeriesStatement.class, drop -> onSources(null, drop.sources(), Privilege.WRITE));

        rules.add(ShowDatabasesStatement.class, show -> NOTHING);
        rules.add(ShowMeasurementsStatement.class, RequiredPrivileges::showMeasurements);
        rules.add(ShowSeriesStatement.class, show -> reading(show.database(), show.sources()));
        rules.add(ShowTagKeysStatement.class, show -> reading(show.database(), show.sources()));
        rules.add(ShowTagValuesStatement.class, show -> reading(show.database(), show.sources()));
        rules.add(ShowFieldKeysStatement.class, show -> reading(show.database(), show.sources()));
        rules.add(ShowCardinalityStatement.class, show -> reading(show.database(), show.sources()));
        rules.add(ShowRetentionPoliciesStatement.class, show -> List.of(RequiredPrivilege.read(show.database())));
        rules.add(ShowQueriesStatement.class, show -> READ_DEFAULT);
        rules.add(ShowContinuousQueriesStatement.class, show -> READ_DEFAULT);

        rules.add(CreateContinuousQueryStatement.class, RequiredPrivileges::createContinuousQuery);
        rules.add(DropContinuousQueryStatement.class, drop -> List.of(RequiredPrivilege.write(drop.database())));
        // WRITE is enough to drop a policy with all its points; creating or altering one takes an admin. So it is in
        // 1.x.
        rules.add(DropRetentionPolicyStatement.class, drop -> List.of(RequiredPrivilege.write(drop.database())));

        rules.addAll(
                List.of(
                        AlterRetentionPolicyStatement.class,
                        CreateDatabaseStatement.class,
                        CreateRetentionPolicyStatement.class,
                        CreateSubscriptionStatement.class,
                        CreateUserStatement.class,
                        DropDatabaseStatement.class,
                        DropMeasurementStatement.class,
                        DropShardStatement.class,
                        DropSubscriptionStatement.class,
                        DropUserStatement.class,
                        GrantAdminStatement.class,
                        GrantStatement.class,
                        KillQueryStatement.class,
                        RevokeAdminStatement.class,
                        RevokeStatement.class,
                        SetPasswordStatement.class,
                        ShowDiagnosticsStatement.class,
                        ShowGrantsStatement.class,
                        ShowShardGroupsStatement.class,
                        ShowShardsStatement.class,
                        ShowStatsStatement.class,
                        ShowSubscriptionsStatement.class,
                        ShowUsersStatement.class),
                statement -> ADMIN);

        return rules;
    }

    private static List<RequiredPrivilege> select(SelectStatement select) {
        return List.copyOf(select(select, null));
    }

    /**
     * READ on every source, those of subqueries in their place, then WRITE on the target.
     *
     * @param database what an unqualified name belongs to
     */
    private static Collection<RequiredPrivilege> select(SelectStatement select, @Nullable String database) {
        Set<RequiredPrivilege> reads = new LinkedHashSet<>();
        Set<RequiredPrivilege> writes = new LinkedHashSet<>();
        addTarget(select, database, writes);
        // A work list and not recursion: subqueries may be nested deeper than the stack is.
        Deque<Source> open = new ArrayDeque<>(select.sources());
        while (!open.isEmpty()) {
            Source source = open.pop();
            if (source instanceof SubQuery query) {
                addTarget(query.statement(), database, writes);
                List<Source> inner = query.statement().sources();
                for (int i = inner.size() - 1; i >= 0; i--) {
                    open.push(inner.get(i));
                }
            } else if (source instanceof Measurement measurement) {
                reads.add(RequiredPrivilege.read(databaseOf(measurement, database)));
            }
        }
        reads.addAll(writes);
        return reads;
    }

    private static void addTarget(
            SelectStatement select, @Nullable String database, Collection<RequiredPrivilege> writes) {
        if (select.target() != null) {
            writes.add(RequiredPrivilege.write(databaseOf(select.target(), database)));
        }
    }

    private static List<RequiredPrivilege> createContinuousQuery(CreateContinuousQueryStatement create) {
        Set<RequiredPrivilege> needed = new LinkedHashSet<>();
        needed.add(RequiredPrivilege.read(create.database()));
        needed.addAll(select(create.select(), create.database()));
        return List.copyOf(needed);
    }

    /**
     * {@code ON *.*} needs READ on the request's database alone; InfluxDB 1.9 has it so.
     */
    private static List<RequiredPrivilege> showMeasurements(ShowMeasurementsStatement show) {
        String database = show.allDatabases() ? null : show.database();
        return reading(database, show.source() == null ? List.of() : List.of(show.source()));
    }

    private static List<RequiredPrivilege> reading(@Nullable String database, List<Measurement> sources) {
        return onSources(database, sources, Privilege.READ);
    }

    /** The privilege on the statement's database, and on every other one that its sources name. */
    private static List<RequiredPrivilege> onSources(
            @Nullable String database, List<Measurement> sources, Privilege privilege) {
        Set<RequiredPrivilege> needed = new LinkedHashSet<>();
        needed.add(new RequiredPrivilege.OnDatabase(database, privilege));
        for (Measurement source : sources) {
            needed.add(new RequiredPrivilege.OnDatabase(databaseOf(source, database), privilege));
        }
        return List.copyOf(needed);
    }

    private static @Nullable String databaseOf(Measurement measurement, @Nullable String otherwise) {
        String own = measurement.database();
        return own == null || own.isEmpty() ? otherwise : own;
    }
}
