package dev.sluice.statement;

import dev.sluice.account.Users;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.RetentionPolicySpec;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.column.BooleanColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.Durations;
import dev.sluice.influxql.tree.AlterRetentionPolicyStatement;
import dev.sluice.influxql.tree.CreateDatabaseStatement;
import dev.sluice.influxql.tree.CreateRetentionPolicyStatement;
import dev.sluice.influxql.tree.DropDatabaseStatement;
import dev.sluice.influxql.tree.DropRetentionPolicyStatement;
import dev.sluice.influxql.tree.DropShardStatement;
import dev.sluice.influxql.tree.RetentionPolicyOptions;
import dev.sluice.influxql.tree.ShowDatabasesStatement;
import dev.sluice.influxql.tree.ShowRetentionPoliciesStatement;
import dev.sluice.influxql.tree.ShowShardGroupsStatement;
import dev.sluice.influxql.tree.ShowShardsStatement;
import dev.sluice.model.Privilege;
import dev.sluice.retention.UnownedPoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Databases, retention policies and shards. A thing that is dropped leaves the catalogue first: after a crash in between,
 * its points are out of reach and are removed at the next start ({@link UnownedPoints}), as are grants on its name.
 */
public final class DatabaseHandlers {

    private final Catalog catalog;
    private final Users users;
    private final UnownedPoints unowned;

    public DatabaseHandlers(Catalog catalog, Users users, UnownedPoints unowned) {
        this.catalog = catalog;
        this.users = users;
        this.unowned = unowned;
    }

    /** Enters the handlers of this family. */
    public void registerWith(Handlers handlers) {
        handlers.put(CreateDatabaseStatement.class, this::createDatabase)
                .put(DropDatabaseStatement.class, this::dropDatabase)
                .put(ShowDatabasesStatement.class, this::showDatabases)
                .put(CreateRetentionPolicyStatement.class, this::createRetentionPolicy)
                .put(AlterRetentionPolicyStatement.class, this::alterRetentionPolicy)
                .put(DropRetentionPolicyStatement.class, this::dropRetentionPolicy)
                .put(ShowRetentionPoliciesStatement.class, this::showRetentionPolicies)
                .put(DropShardStatement.class, this::dropShard)
                .put(ShowShardsStatement.class, this::showShards)
                .put(ShowShardGroupsStatement.class, this::showShardGroups);
    }

    private void createDatabase(CreateDatabaseStatement statement, Execution execution) {
        RetentionPolicyOptions options = statement.options();
        catalog.createDatabase(statement.name(), options == null ? null : spec(options.name(), options));
    }

    private static RetentionPolicySpec spec(@Nullable String name, RetentionPolicyOptions options) {
        return new RetentionPolicySpec(
                name,
                options.durationNanos(),
                options.replication(),
                options.shardDurationNanos(),
                options.futureLimitNanos(),
                options.pastLimitNanos());
    }

    private void dropDatabase(DropDatabaseStatement statement, Execution execution) {
        if (catalog.findDatabase(statement.name()).isPresent()) {
            catalog.dropDatabase(statement.name());
            users.forgetDatabase(statement.name());
            unowned.remove();
        }
    }

    private void showDatabases(ShowDatabasesStatement statement, Execution execution) {
        List<String> names = catalog.databases().stream()
                .map(Database::name)
                .filter(name -> execution.caller().may(Privilege.READ, name)
                        || execution.caller().may(Privilege.WRITE, name))
                .toList();
        execution.table("databases", List.of("name"), StringColumn.of(names));
    }

    private void createRetentionPolicy(CreateRetentionPolicyStatement statement, Execution execution) {
        catalog.createRetentionPolicy(
                statement.database(), spec(statement.name(), statement.options()), statement.makeDefault());
    }

    private void alterRetentionPolicy(AlterRetentionPolicyStatement statement, Execution execution) {
        catalog.alterRetentionPolicy(
                statement.database(),
                statement.name(),
                spec(statement.name(), statement.options()),
                statement.makeDefault());
    }

    private void dropRetentionPolicy(DropRetentionPolicyStatement statement, Execution execution) {
        catalog.dropRetentionPolicy(statement.database(), statement.name());
        unowned.remove();
    }

    private void showRetentionPolicies(ShowRetentionPoliciesStatement statement, Execution execution) {
        String name = execution.database(statement.database());
        Database database = catalog.findDatabase(name).orElseThrow(() -> CatalogException.databaseNotFound(name));
        List<RetentionPolicy> policies = database.retentionPolicies();
        boolean[] defaults = new boolean[policies.size()];
        long[] replicas = new long[policies.size()];
        for (int i = 0; i < defaults.length; i++) {
            defaults[i] = policies.get(i).name().equals(database.defaultRetentionPolicy());
            replicas[i] = policies.get(i).replication();
        }
        execution.table(
                "",
                List.of("name", "duration", "shardGroupDuration", "replicaN", "default"),
                StringColumn.of(policies.stream().map(RetentionPolicy::name).toList()),
                StringColumn.of(policies.stream()
                        .map(policy -> Durations.formatGo(policy.durationNanos()))
                        .toList()),
                StringColumn.of(policies.stream()
                        .map(policy -> Durations.formatGo(policy.shardDurationNanos()))
                        .toList()),
                LongColumn.wrapWithoutCopy(replicas, replicas.length),
                BooleanColumn.wrapWithoutCopy(defaults, defaults.length));
    }

    private void dropShard(DropShardStatement statement, Execution execution) {
        for (Database database : catalog.databases()) {
            for (RetentionPolicy policy : database.retentionPolicies()) {
                for (ShardGroup group : policy.shardGroups()) {
                    if (group.shard().value() == statement.shardId()) {
                        catalog.dropShardGroup(database.name(), policy.name(), group.id());
                        unowned.remove();
                        return;
                    }
                }
            }
        }
        // An unknown shard is gone already.
    }

    private void showShards(ShowShardsStatement statement, Execution execution) {
        List<String> columns = List.of(
                "id", "database", "retention_policy", "shard_group", "start_time", "end_time", "expiry_time", "owners");
        for (Database database : catalog.databases()) {
            ShardRows rows = new ShardRows();
            database.retentionPolicies().forEach(policy -> rows.addAll(database, policy));
            execution.table(
                    database.name(),
                    columns,
                    longs(rows.shards),
                    StringColumn.of(rows.databases),
                    StringColumn.of(rows.policies),
                    longs(rows.groups),
                    StringColumn.of(rows.starts),
                    StringColumn.of(rows.ends),
                    StringColumn.of(rows.expiries),
                    StringColumn.of(rows.groups.stream().map(group -> "").toList()));
        }
    }

    private void showShardGroups(ShowShardGroupsStatement statement, Execution execution) {
        ShardRows rows = new ShardRows();
        catalog.databases()
                .forEach(database -> database.retentionPolicies().forEach(policy -> rows.addAll(database, policy)));
        execution.table(
                "shard groups",
                List.of("id", "database", "retention_policy", "start_time", "end_time", "expiry_time"),
                longs(rows.groups),
                StringColumn.of(rows.databases),
                StringColumn.of(rows.policies),
                StringColumn.of(rows.starts),
                StringColumn.of(rows.ends),
                StringColumn.of(rows.expiries));
    }

    private static LongColumn longs(List<Long> values) {
        return LongColumn.wrapWithoutCopy(
                values.stream().mapToLong(Long::longValue).toArray(), values.size());
    }

    /** What SHOW SHARDS and SHOW SHARD GROUPS print, by column. */
    private static final class ShardRows {

        private final List<Long> shards = new ArrayList<>();
        private final List<Long> groups = new ArrayList<>();
        private final List<String> databases = new ArrayList<>();
        private final List<String> policies = new ArrayList<>();
        private final List<String> starts = new ArrayList<>();
        private final List<String> ends = new ArrayList<>();
        private final List<String> expiries = new ArrayList<>();

        void addAll(Database database, RetentionPolicy policy) {
            for (ShardGroup group : policy.shardGroups()) {
                shards.add(group.shard().value());
                groups.add(group.id());
                databases.add(database.name());
                policies.add(policy.name());
                starts.add(time(group.startNanos()));
                ends.add(time(group.endNanos()));
                expiries.add(time(group.endNanos() + policy.durationNanos()));
            }
        }

        private static String time(long nanos) {
            return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L)).toString();
        }
    }
}
