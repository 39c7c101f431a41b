package dev.sluice.catalog;

import dev.sluice.model.DatabaseId;

/**
 * Keeps the catalogue over restarts. Each change is one transaction that is durable when the call returns; a call that
 * throws may have changed everything it was asked to or nothing. Calls come from one thread at a time and only ask for
 * what the rules allow; a store does not check them.
 */
public interface CatalogStore {

    /** Everything that is kept. */
    CatalogContents load();

    /** Keeps a new database with its policies and remembers that its id is taken. */
    void insertDatabase(Database database);

    /** Forgets a database with all it owns. */
    void deleteDatabase(DatabaseId database);

    /** Keeps a new policy, behind the others, and the name of the default policy in {@code changed}. */
    void insertRetentionPolicy(Database changed, RetentionPolicy inserted);

    /** Keeps durations, replication and limits of a policy, and the name of the default policy in {@code changed}. */
    void updateRetentionPolicy(Database changed, RetentionPolicy updated);

    /** Forgets a policy with its shard groups and subscriptions. */
    void deleteRetentionPolicy(DatabaseId database, String retentionPolicy);

    /** Keeps a new shard group and remembers that its ids are taken. */
    void insertShardGroup(DatabaseId database, String retentionPolicy, ShardGroup inserted);

    void deleteShardGroup(long shardGroupId);

    void insertContinuousQuery(DatabaseId database, ContinuousQuery inserted);

    void deleteContinuousQuery(DatabaseId database, String name);

    void insertSubscription(DatabaseId database, String retentionPolicy, Subscription inserted);

    void deleteSubscription(DatabaseId database, String retentionPolicy, String name);
}
