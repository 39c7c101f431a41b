package dev.sluice.catalog;

import dev.sluice.model.DatabaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A store that forgets everything with the process, counts its calls and fails on demand. */
public final class InMemoryCatalogStore implements CatalogStore {

    private CatalogContents contents = new CatalogContents(List.of(), 0, 0, 0);
    private int changeCount;
    private Failure failure = Failure.NONE;

    /** How the next change fails. */
    public enum Failure {
        NONE,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    public void failNext(Failure how) {
        failure = how;
    }

    public int changeCount() {
        return changeCount;
    }

    @Override
    public CatalogContents load() {
        return contents;
    }

    @Override
    public void insertDatabase(Database database) {
        change(() -> {
            contents = new CatalogContents(
                    CatalogSnapshot.append(contents.databases(), database),
                    Math.max(contents.lastDatabaseId(), database.id().value()),
                    contents.lastShardGroupId(),
                    contents.lastShardId());
            database.retentionPolicies().forEach(policy -> policy.shardGroups().forEach(this::addIds));
        });
    }

    @Override
    public void deleteDatabase(DatabaseId database) {
        change(() -> databases(contents.databases().stream()
                .filter(each -> !each.id().equals(database))
                .toList()));
    }

    @Override
    public void insertRetentionPolicy(Database changed, RetentionPolicy inserted) {
        update(
                changed.id(),
                database -> CatalogSnapshot.withPolicies(
                        database,
                        changed.defaultRetentionPolicy(),
                        CatalogSnapshot.append(database.retentionPolicies(), inserted)));
    }

    @Override
    public void updateRetentionPolicy(Database changed, RetentionPolicy updated) {
        update(changed.id(), database -> {
            Database altered = CatalogSnapshot.withPolicy(database, updated.name(), policy -> updated);
            return CatalogSnapshot.withPolicies(altered, changed.defaultRetentionPolicy(), altered.retentionPolicies());
        });
    }

    @Override
    public void deleteRetentionPolicy(DatabaseId database, String retentionPolicy) {
        update(
                database,
                each -> CatalogSnapshot.withPolicies(
                        each,
                        each.defaultRetentionPolicy(),
                        each.retentionPolicies().stream()
                                .filter(policy -> !policy.name().equals(retentionPolicy))
                                .toList()));
    }

    @Override
    public void insertShardGroup(DatabaseId database, String retentionPolicy, ShardGroup inserted) {
        updatePolicy(database, retentionPolicy, policy -> {
            List<ShardGroup> groups = new ArrayList<>(policy.shardGroups());
            groups.add(ShardWindows.indexBehind(inserted.startNanos(), groups), inserted);
            return CatalogSnapshot.withShardGroups(policy, groups);
        });
        addIds(inserted);
    }

    private void addIds(ShardGroup group) {
        contents = new CatalogContents(
                contents.databases(),
                contents.lastDatabaseId(),
                Math.max(contents.lastShardGroupId(), group.id()),
                Math.max(contents.lastShardId(), group.shard().value()));
    }

    @Override
    public void deleteShardGroup(long shardGroupId) {
        change(() -> databases(contents.databases().stream()
                .map(database -> withoutShardGroup(database, shardGroupId))
                .toList()));
    }

    private static Database withoutShardGroup(Database database, long shardGroupId) {
        List<RetentionPolicy> policies = database.retentionPolicies().stream()
                .map(policy -> CatalogSnapshot.withShardGroups(
                        policy,
                        policy.shardGroups().stream()
                                .filter(group -> group.id() != shardGroupId)
                                .toList()))
                .toList();
        return CatalogSnapshot.withPolicies(database, database.defaultRetentionPolicy(), policies);
    }

    @Override
    public void insertContinuousQuery(DatabaseId database, ContinuousQuery inserted) {
        update(
                database,
                each -> CatalogSnapshot.withContinuousQueries(
                        each, CatalogSnapshot.append(each.continuousQueries(), inserted)));
    }

    @Override
    public void deleteContinuousQuery(DatabaseId database, String name) {
        update(
                database,
                each -> CatalogSnapshot.withContinuousQueries(
                        each,
                        each.continuousQueries().stream()
                                .filter(query -> !query.name().equals(name))
                                .toList()));
    }

    @Override
    public void insertSubscription(DatabaseId database, String retentionPolicy, Subscription inserted) {
        updatePolicy(
                database,
                retentionPolicy,
                policy -> CatalogSnapshot.withSubscriptions(
                        policy, CatalogSnapshot.append(policy.subscriptions(), inserted)));
    }

    @Override
    public void deleteSubscription(DatabaseId database, String retentionPolicy, String name) {
        updatePolicy(
                database,
                retentionPolicy,
                policy -> CatalogSnapshot.withSubscriptions(
                        policy,
                        policy.subscriptions().stream()
                                .filter(subscription -> !subscription.name().equals(name))
                                .toList()));
    }

    private void updatePolicy(DatabaseId id, String policy, UnaryOperator<RetentionPolicy> change) {
        update(id, database -> CatalogSnapshot.withPolicy(database, policy, change));
    }

    private void update(DatabaseId id, UnaryOperator<Database> change) {
        change(() -> contents.databases().stream()
                .filter(database -> database.id().equals(id))
                .findFirst()
                .ifPresent(database -> replace(change.apply(database))));
    }

    private void replace(Database changed) {
        databases(contents.databases().stream()
                .map(database -> database.id().equals(changed.id()) ? changed : database)
                .toList());
    }

    private void databases(List<Database> databases) {
        contents = new CatalogContents(
                databases, contents.lastDatabaseId(), contents.lastShardGroupId(), contents.lastShardId());
    }

    private void change(Runnable change) {
        Failure how = failure;
        failure = Failure.NONE;
        changeCount++;
        if (how == Failure.BEFORE_COMMIT) {
            throw new IllegalStateException("no connection");
        }
        change.run();
        if (how == Failure.AFTER_COMMIT) {
            throw new IllegalStateException("connection lost at commit");
        }
    }
}
