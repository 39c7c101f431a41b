package dev.sluice.catalog.jpa;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.sluice.catalog.CatalogContents;
import dev.sluice.catalog.CatalogStore;
import dev.sluice.catalog.ContinuousQuery;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.catalog.Subscription;
import dev.sluice.model.DatabaseId;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the catalogue through JPA, one transaction per change. Tables are read whole and joined here: at start each is
 * read once, whatever the number of databases. What belongs to a database or a policy goes with it by the tables' own
 * cascades.
 */
@Repository
class JpaCatalogStore implements CatalogStore {

    private final DatabaseRepository databases;
    private final RetentionPolicyRepository policies;
    private final ShardGroupRepository groups;
    private final ContinuousQueryRepository queries;
    private final SubscriptionRepository subscriptions;
    private final LastIdRepository lastIds;
    private final TransactionTemplate transaction;
    private final TransactionTemplate reading;

    JpaCatalogStore(
            DatabaseRepository databases,
            RetentionPolicyRepository policies,
            ShardGroupRepository groups,
            ContinuousQueryRepository queries,
            SubscriptionRepository subscriptions,
            LastIdRepository lastIds,
            PlatformTransactionManager transactions) {
        this.databases = databases;
        this.policies = policies;
        this.groups = groups;
        this.queries = queries;
        this.subscriptions = subscriptions;
        this.lastIds = lastIds;
        this.transaction = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public CatalogContents load() {
        return reading.execute(status -> read());
    }

    private CatalogContents read() {
        Map<Long, List<ShardGroup>> groupsOf = groups.findAllByOrderByStartNanos().stream()
                .collect(groupingBy(
                        ShardGroupEntity::retentionPolicyId, mapping(ShardGroupEntity::toShardGroup, toList())));
        Map<Long, List<Subscription>> subscriptionsOf = subscriptions.findAllByOrderById().stream()
                .collect(groupingBy(
                        SubscriptionEntity::retentionPolicyId, mapping(SubscriptionEntity::toSubscription, toList())));
        Map<Long, List<RetentionPolicy>> policiesOf = policies.findAllByOrderById().stream()
                .collect(groupingBy(
                        RetentionPolicyEntity::databaseId,
                        mapping(
                                policy -> policy.toRetentionPolicy(
                                        groupsOf.getOrDefault(policy.id(), List.of()),
                                        subscriptionsOf.getOrDefault(policy.id(), List.of())),
                                toList())));
        Map<Long, List<ContinuousQuery>> queriesOf = queries.findAllByOrderById().stream()
                .collect(groupingBy(
                        ContinuousQueryEntity::databaseId,
                        mapping(ContinuousQueryEntity::toContinuousQuery, toList())));
        List<Database> all = databases.findAllByOrderById().stream()
                .map(database -> database.toDatabase(
                        policiesOf.getOrDefault(database.getId(), List.of()),
                        queriesOf.getOrDefault(database.getId(), List.of())))
                .toList();
        return new CatalogContents(
                all,
                lastId(LastIdEntity.Kind.DATABASE),
                lastId(LastIdEntity.Kind.SHARD_GROUP),
                lastId(LastIdEntity.Kind.SHARD));
    }

    private long lastId(LastIdEntity.Kind kind) {
        return lastIds.findById(kind).map(LastIdEntity::lastId).orElse(0L);
    }

    private void noteLastId(LastIdEntity.Kind kind, long id) {
        lastIds.save(new LastIdEntity(kind, id));
    }

    @Override
    public void insertDatabase(Database database) {
        transaction.executeWithoutResult(status -> {
            databases.save(new DatabaseEntity(database));
            for (RetentionPolicy policy : database.retentionPolicies()) {
                policies.save(new RetentionPolicyEntity(database.id().value(), policy));
            }
            noteLastId(LastIdEntity.Kind.DATABASE, database.id().value());
        });
    }

    @Override
    public void deleteDatabase(DatabaseId database) {
        transaction.executeWithoutResult(status -> databases.delete(loadDatabase(database)));
    }

    @Override
    public void insertRetentionPolicy(Database changed, RetentionPolicy inserted) {
        transaction.executeWithoutResult(status -> {
            loadDatabase(changed.id()).setDefaultRetentionPolicy(changed.defaultRetentionPolicy());
            policies.save(new RetentionPolicyEntity(changed.id().value(), inserted));
        });
    }

    @Override
    public void updateRetentionPolicy(Database changed, RetentionPolicy updated) {
        transaction.executeWithoutResult(status -> {
            loadDatabase(changed.id()).setDefaultRetentionPolicy(changed.defaultRetentionPolicy());
            loadPolicy(changed.id(), updated.name()).update(updated);
        });
    }

    @Override
    public void deleteRetentionPolicy(DatabaseId database, String retentionPolicy) {
        transaction.executeWithoutResult(status -> policies.delete(loadPolicy(database, retentionPolicy)));
    }

    @Override
    public void insertShardGroup(DatabaseId database, String retentionPolicy, ShardGroup inserted) {
        transaction.executeWithoutResult(status -> {
            groups.save(
                    new ShardGroupEntity(loadPolicy(database, retentionPolicy).id(), inserted));
            noteLastId(LastIdEntity.Kind.SHARD_GROUP, inserted.id());
            noteLastId(LastIdEntity.Kind.SHARD, inserted.shard().value());
        });
    }

    @Override
    public void deleteShardGroup(long shardGroupId) {
        transaction.executeWithoutResult(status -> groups.deleteById(shardGroupId));
    }

    @Override
    public void insertContinuousQuery(DatabaseId database, ContinuousQuery inserted) {
        transaction.executeWithoutResult(status -> queries.save(new ContinuousQueryEntity(database.value(), inserted)));
    }

    @Override
    public void deleteContinuousQuery(DatabaseId database, String name) {
        transaction.executeWithoutResult(status -> queries.deleteByDatabaseIdAndName(database.value(), name));
    }

    @Override
    public void insertSubscription(DatabaseId database, String retentionPolicy, Subscription inserted) {
        transaction.executeWithoutResult(status -> subscriptions.save(
                new SubscriptionEntity(loadPolicy(database, retentionPolicy).id(), inserted)));
    }

    @Override
    public void deleteSubscription(DatabaseId database, String retentionPolicy, String name) {
        transaction.executeWithoutResult(status -> subscriptions.deleteByRetentionPolicyIdAndName(
                loadPolicy(database, retentionPolicy).id(), name));
    }

    private DatabaseEntity loadDatabase(DatabaseId id) {
        return databases
                .findById(id.value())
                .orElseThrow(() -> new IllegalStateException("the metadata has no database " + id.value()));
    }

    private RetentionPolicyEntity loadPolicy(DatabaseId database, String name) {
        return policies.findByDatabaseIdAndName(database.value(), name)
                .orElseThrow(() -> new IllegalStateException(
                        "the metadata has no retention policy " + name + " in database " + database.value()));
    }
}
