package dev.sluice.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The databases at one moment. Immutable; a change makes a new one that shares what did not change. */
final class CatalogSnapshot {

    private final List<Database> databases;
    private final Map<String, Database> byName;

    CatalogSnapshot(List<Database> databases) {
        this.databases = List.copyOf(databases);
        this.byName = new LinkedHashMap<>();
        databases.forEach(database -> byName.put(database.name(), database));
    }

    List<Database> databases() {
        return databases;
    }

    @Nullable
    Database find(String name) {
        return byName.get(name);
    }

    Database load(String name) {
        Database database = byName.get(name);
        if (database == null) {
            throw CatalogException.databaseNotFound(name);
        }
        return database;
    }

    CatalogSnapshot with(Database added) {
        return new CatalogSnapshot(append(databases, added));
    }

    CatalogSnapshot without(Database removed) {
        return new CatalogSnapshot(remove(databases, removed));
    }

    /** The snapshot with a database in the place of the one that has its name. */
    CatalogSnapshot replace(Database changed) {
        return new CatalogSnapshot(databases.stream()
                .map(each -> each.name().equals(changed.name()) ? changed : each)
                .toList());
    }

    static Database withPolicies(Database database, String defaultPolicy, List<RetentionPolicy> policies) {
        return new Database(database.id(), database.name(), defaultPolicy, policies, database.continuousQueries());
    }

    /** The database with one of its policies changed, in its place. */
    static Database withPolicy(Database database, String policy, UnaryOperator<RetentionPolicy> change) {
        return withPolicies(
                database,
                database.defaultRetentionPolicy(),
                database.retentionPolicies().stream()
                        .map(each -> each.name().equals(policy) ? change.apply(each) : each)
                        .toList());
    }

    static Database withContinuousQueries(Database database, List<ContinuousQuery> queries) {
        return new Database(
                database.id(),
                database.name(),
                database.defaultRetentionPolicy(),
                database.retentionPolicies(),
                queries);
    }

    static RetentionPolicy withShardGroups(RetentionPolicy policy, List<ShardGroup> groups) {
        return withContents(policy, groups, policy.subscriptions());
    }

    static RetentionPolicy withSubscriptions(RetentionPolicy policy, List<Subscription> subscriptions) {
        return withContents(policy, policy.shardGroups(), subscriptions);
    }

    private static RetentionPolicy withContents(
            RetentionPolicy policy, List<ShardGroup> groups, List<Subscription> subscriptions) {
        return new RetentionPolicy(
                policy.name(),
                policy.durationNanos(),
                policy.shardDurationNanos(),
                policy.replication(),
                policy.futureLimitNanos(),
                policy.pastLimitNanos(),
                groups,
                subscriptions);
    }

    static <T> List<T> append(List<T> list, T added) {
        return insert(list, list.size(), added);
    }

    static <T> List<T> insert(List<T> list, int index, T added) {
        List<T> changed = new ArrayList<>(list.size() + 1);
        changed.addAll(list);
        changed.add(index, added);
        return changed;
    }

    static <T> List<T> remove(List<T> list, T removed) {
        return list.stream().filter(each -> !each.equals(removed)).toList();
    }
}
