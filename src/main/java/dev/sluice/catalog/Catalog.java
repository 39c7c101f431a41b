package dev.sluice.catalog;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.ShardId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Databases and what hangs on them. Reading never blocks and sees one consistent picture per call; a change is durable
 * and visible when its call returns. Names are compared exactly. All the rules and texts are InfluxDB's ("Database
 * management using InfluxQL"); violations throw {@link CatalogException} with its text.
 */
public interface Catalog {

    /** All databases in order of creation. */
    List<Database> databases();

    /** A database, if it exists. */
    Optional<Database> findDatabase(String name);

    /**
     * Creates a database. Without options it gets the policy {@code autogen} (unless auto-creation is off) and an existing
     * one is left as it is; with options an existing one must already have exactly that policy as its default.
     */
    Database createDatabase(String name, @Nullable RetentionPolicySpec policy);

    /** Forgets a database and everything it owns; absent is fine. Grants and points are others' business. */
    void dropDatabase(String name);

    /** Creates a policy; an identical one is left as it is. */
    void createRetentionPolicy(String database, RetentionPolicySpec policy, boolean makeDefault);

    /** Changes those properties that are present in {@code changes} (whose name is not used). */
    void alterRetentionPolicy(String database, String name, RetentionPolicySpec changes, boolean makeDefault);

    /** Forgets a policy with its shard groups, continuous queries' text excepted; absent is fine. */
    void dropRetentionPolicy(String database, String name);

    /**
     * The shard group that holds a timestamp, created when there is none: aligned to the policy's shard duration and cut
     * back where it would overlap an existing group.
     */
    ShardGroup shardGroupFor(String database, String retentionPolicy, long timestampNanos);

    /**
     * The same for a database as it was found, which must not have been dropped since: one that was created anew under
     * its name is another.
     */
    ShardGroup shardGroupFor(Database database, String retentionPolicy, long timestampNanos);

    /** Whether a database had this id at any time. */
    boolean hasGivenOut(DatabaseId database);

    /** Whether a shard had this id at any time. */
    boolean hasGivenOut(ShardId shard);

    /** Forgets a shard group; absent is fine. */
    void dropShardGroup(String database, String retentionPolicy, long shardGroupId);

    /** Creates a continuous query; the same text again (case aside) is fine. */
    void createContinuousQuery(String database, String name, String text);

    /** Forgets a continuous query; an unknown query or database is fine. */
    void dropContinuousQuery(String database, String name);

    void createSubscription(String database, String retentionPolicy, Subscription subscription);

    void dropSubscription(String database, String retentionPolicy, String name);
}
