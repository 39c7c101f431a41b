package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogSnapshot.append;
import static dev.sluice.catalog.CatalogSnapshot.insert;
import static dev.sluice.catalog.CatalogSnapshot.remove;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue as an immutable snapshot that readers take without a lock. One writer at a time checks the rules against
 * it, has the store keep the change and only then publishes the next snapshot, so that a reader never sees what a crash
 * could take back.
 *
 * <p>When the store fails, the commit may have happened or not. The snapshot stays as it is, and the next change first
 * reads the store's contents anew.
 */
public final class StoredCatalog implements Catalog {

    private static final Logger LOG = System.getLogger(StoredCatalog.class.getName());

    /** Statements are bounded anyway; this is what the narrowest column of the supported databases takes. */
    private static final int MAX_QUERY_LENGTH = 1_000_000;

    private final CatalogStore store;
    private final boolean retentionAutocreate;

    // A lock, not synchronized: the store does I/O, which would pin a virtual thread to its carrier.
    private final ReentrantLock writer = new ReentrantLock();
    private volatile CatalogSnapshot snapshot;
    private long lastDatabaseId;
    private long lastShardGroupId;
    private long lastShardId;
    private boolean stale;

    /**
     * Reads what the store keeps.
     *
     * @param retentionAutocreate whether a database that is created without options gets the policy {@code autogen}
     */
    public StoredCatalog(CatalogStore store, boolean retentionAutocreate) {
        this.store = store;
        this.retentionAutocreate = retentionAutocreate;
        this.snapshot = readLocked();
    }

    @Override
    public List<Database> databases() {
        return snapshot.databases();
    }

    @Override
    public Optional<Database> findDatabase(String name) {
        return Optional.ofNullable(snapshot.find(name));
    }

    @Override
    public Database createDatabase(String name, @Nullable RetentionPolicySpec policy) {
        return change(() -> {
            Names.check(name);
            Database existing = snapshot.find(name);
            if (policy == null) {
                return existing == null ? createLocked(name, autogen()) : existing;
            }
            String policyName = policy.name() == null ? RetentionPolicyRules.DEFAULT_NAME : policy.name();
            Names.checkCharacters(policyName);
            RetentionPolicyRules.checkDuration(policy.durationNanos() == null ? 0 : policy.durationNanos());
            Names.checkLength(policyName);
            if (existing == null) {
                return createLocked(name, List.of(RetentionPolicyRules.create(policyName, policy)));
            }
            if (existing.retentionPolicies().isEmpty()) {
                return addPolicyLocked(existing, RetentionPolicyRules.create(policyName, policy), true);
            }
            boolean fits = existing.defaultRetentionPolicy().equals(policyName)
                    && existing.findRetentionPolicy(policyName)
                            .filter(each -> RetentionPolicyRules.matches(each, policy))
                            .isPresent();
            if (!fits) {
                throw conflict();
            }
            return existing;
        });
    }

    private List<RetentionPolicy> autogen() {
        return retentionAutocreate ? List.of(RetentionPolicyRules.autogen()) : List.of();
    }

    private Database createLocked(String name, List<RetentionPolicy> policies) {
        String defaultPolicy = policies.isEmpty() ? "" : policies.get(0).name();
        DatabaseId id = new DatabaseId(++lastDatabaseId);
        Database created = new Database(id, name, defaultPolicy, policies, List.of());
        keep(() -> store.insertDatabase(created));
        snapshot = snapshot.with(created);
        return created;
    }

    @Override
    public void dropDatabase(String name) {
        change(() -> {
            Database dropped = snapshot.find(name);
            if (dropped != null) {
                keep(() -> store.deleteDatabase(dropped.id()));
                snapshot = snapshot.without(dropped);
            }
        });
    }

    @Override
    public void createRetentionPolicy(String database, RetentionPolicySpec policy, boolean makeDefault) {
        change(() -> {
            String name = policy.name() == null ? "" : policy.name();
            Names.checkCharacters(name);
            RetentionPolicy created = RetentionPolicyRules.create(name, policy);
            Names.checkLength(name);
            Database owner = snapshot.load(database);
            RetentionPolicy existing = owner.findRetentionPolicy(name).orElse(null);
            if (existing == null) {
                addPolicyLocked(owner, created, makeDefault);
                return;
            }
            if (!RetentionPolicyRules.sameSettings(existing, created)) {
                throw new CatalogException("retention policy already exists");
            }
            if (makeDefault && !owner.defaultRetentionPolicy().equals(name)) {
                throw conflict();
            }
        });
    }

    private Database addPolicyLocked(Database owner, RetentionPolicy added, boolean makeDefault) {
        Database changed = CatalogSnapshot.withPolicies(
                owner,
                makeDefault ? added.name() : owner.defaultRetentionPolicy(),
                append(owner.retentionPolicies(), added));
        keep(() -> store.insertRetentionPolicy(changed, added));
        snapshot = snapshot.replace(changed);
        return changed;
    }

    @Override
    public void alterRetentionPolicy(String database, String name, RetentionPolicySpec changes, boolean makeDefault) {
        change(() -> {
            Database owner = snapshot.load(database);
            RetentionPolicy before =
                    owner.findRetentionPolicy(name).orElseThrow(() -> CatalogException.retentionPolicyNotFound(name));
            RetentionPolicy after = RetentionPolicyRules.alter(before, changes);
            Database altered = CatalogSnapshot.withPolicy(owner, name, policy -> after);
            Database changed = CatalogSnapshot.withPolicies(
                    altered, makeDefault ? name : owner.defaultRetentionPolicy(), altered.retentionPolicies());
            if (!changed.equals(owner)) {
                keep(() -> store.updateRetentionPolicy(changed, after));
                snapshot = snapshot.replace(changed);
            }
        });
    }

    @Override
    public void dropRetentionPolicy(String database, String name) {
        change(() -> {
            Database owner = snapshot.find(database);
            RetentionPolicy dropped =
                    owner == null ? null : owner.findRetentionPolicy(name).orElse(null);
            if (owner != null && dropped != null) {
                keep(() -> store.deleteRetentionPolicy(owner.id(), name));
                snapshot = snapshot.replace(CatalogSnapshot.withPolicies(
                        owner, owner.defaultRetentionPolicy(), remove(owner.retentionPolicies(), dropped)));
            }
        });
    }

    @Override
    public ShardGroup shardGroupFor(String database, String retentionPolicy, long timestampNanos) {
        return shardGroupFor(snapshot.load(database), retentionPolicy, timestampNanos);
    }

    @Override
    public ShardGroup shardGroupFor(Database database, String retentionPolicy, long timestampNanos) {
        ShardGroup group = ShardWindows.find(
                timestampNanos, policy(current(database), retentionPolicy).shardGroups());
        return group != null ? group : createShardGroup(database, retentionPolicy, timestampNanos);
    }

    private Database current(Database found) {
        Database current = snapshot.load(found.name());
        if (!current.id().equals(found.id())) {
            throw CatalogException.databaseNotFound(found.name());
        }
        return current;
    }

    private static RetentionPolicy policy(Database database, String retentionPolicy) {
        // A loop, not a stream: this is on the way of every write.
        for (RetentionPolicy policy : database.retentionPolicies()) {
            if (policy.name().equals(retentionPolicy)) {
                return policy;
            }
        }
        throw CatalogException.retentionPolicyNotFound(retentionPolicy);
    }

    private ShardGroup createShardGroup(Database database, String retentionPolicy, long timestampNanos) {
        return change(() -> {
            Database owner = current(database);
            List<ShardGroup> groups = policy(owner, retentionPolicy).shardGroups();
            ShardGroup existing = ShardWindows.find(timestampNanos, groups);
            if (existing != null) {
                return existing;
            }
            TimeRange window = ShardWindows.windowAt(
                    timestampNanos, policy(owner, retentionPolicy).shardDurationNanos(), groups);
            ShardGroup created = new ShardGroup(
                    ++lastShardGroupId, new ShardId(++lastShardId), window.minNanos(), window.maxNanos() + 1);
            keep(() -> store.insertShardGroup(owner.id(), retentionPolicy, created));
            int index = ShardWindows.indexBehind(timestampNanos, groups);
            snapshot = snapshot.replace(CatalogSnapshot.withPolicy(
                    owner,
                    retentionPolicy,
                    policy -> CatalogSnapshot.withShardGroups(policy, insert(groups, index, created))));
            return created;
        });
    }

    @Override
    public boolean hasGivenOut(DatabaseId database) {
        return change(() -> database.value() <= lastDatabaseId);
    }

    @Override
    public boolean hasGivenOut(ShardId shard) {
        return change(() -> shard.value() <= lastShardId);
    }

    @Override
    public void dropShardGroup(String database, String retentionPolicy, long shardGroupId) {
        change(() -> {
            Database owner = snapshot.find(database);
            if (owner == null) {
                return;
            }
            List<ShardGroup> groups = owner.findRetentionPolicy(retentionPolicy)
                    .map(RetentionPolicy::shardGroups)
                    .orElse(List.of());
            List<ShardGroup> kept =
                    groups.stream().filter(group -> group.id() != shardGroupId).toList();
            if (kept.size() < groups.size()) {
                keep(() -> store.deleteShardGroup(shardGroupId));
                snapshot = snapshot.replace(CatalogSnapshot.withPolicy(
                        owner, retentionPolicy, policy -> CatalogSnapshot.withShardGroups(policy, kept)));
            }
        });
    }

    @Override
    public void createContinuousQuery(String database, String name, String text) {
        change(() -> {
            Database owner = snapshot.load(database);
            for (ContinuousQuery existing : owner.continuousQueries()) {
                if (existing.name().equals(name)) {
                    if (existing.text().equalsIgnoreCase(text)) {
                        return;
                    }
                    throw new CatalogException("continuous query already exists");
                }
            }
            Names.checkOther(name);
            Names.checkStorable(text);
            if (text.length() > MAX_QUERY_LENGTH) {
                throw new CatalogException("continuous query too long");
            }
            ContinuousQuery created = new ContinuousQuery(name, text);
            keep(() -> store.insertContinuousQuery(owner.id(), created));
            snapshot = snapshot.replace(
                    CatalogSnapshot.withContinuousQueries(owner, append(owner.continuousQueries(), created)));
        });
    }

    @Override
    public void dropContinuousQuery(String database, String name) {
        change(() -> {
            Database owner = snapshot.find(database);
            if (owner == null) {
                return;
            }
            List<ContinuousQuery> kept = owner.continuousQueries().stream()
                    .filter(query -> !query.name().equals(name))
                    .toList();
            if (kept.size() < owner.continuousQueries().size()) {
                keep(() -> store.deleteContinuousQuery(owner.id(), name));
                snapshot = snapshot.replace(CatalogSnapshot.withContinuousQueries(owner, kept));
            }
        });
    }

    @Override
    public void createSubscription(String database, String retentionPolicy, Subscription subscription) {
        SubscriptionUrls.check(subscription.destinations());
        change(() -> {
            Database owner = snapshot.load(database);
            List<Subscription> existing = policy(owner, retentionPolicy).subscriptions();
            if (existing.stream().anyMatch(each -> each.name().equals(subscription.name()))) {
                throw new CatalogException("subscription already exists");
            }
            Names.checkOther(subscription.name());
            subscription.destinations().forEach(Names::checkStorable);
            keep(() -> store.insertSubscription(owner.id(), retentionPolicy, subscription));
            snapshot = snapshot.replace(CatalogSnapshot.withPolicy(
                    owner,
                    retentionPolicy,
                    policy -> CatalogSnapshot.withSubscriptions(policy, append(existing, subscription))));
        });
    }

    @Override
    public void dropSubscription(String database, String retentionPolicy, String name) {
        change(() -> {
            Database owner = snapshot.load(database);
            List<Subscription> existing = policy(owner, retentionPolicy).subscriptions();
            List<Subscription> kept =
                    existing.stream().filter(each -> !each.name().equals(name)).toList();
            if (kept.size() == existing.size()) {
                throw new CatalogException("subscription not found");
            }
            keep(() -> store.deleteSubscription(owner.id(), retentionPolicy, name));
            snapshot = snapshot.replace(CatalogSnapshot.withPolicy(
                    owner, retentionPolicy, policy -> CatalogSnapshot.withSubscriptions(policy, kept)));
        });
    }

    private static CatalogException conflict() {
        return new CatalogException("retention policy conflicts with an existing policy");
    }

    private void change(Runnable change) {
        change(() -> {
            change.run();
            return snapshot;
        });
    }

    private <T> T change(Supplier<T> change) {
        writer.lock();
        try {
            if (stale) {
                keep(() -> snapshot = readLocked());
            }
            return change.get();
        } finally {
            writer.unlock();
        }
    }

    private void keep(Runnable storeCall) {
        try {
            storeCall.run();
        } catch (RuntimeException failed) {
            stale = true;
            LOG.log(Level.ERROR, "The metadata store failed; the change is refused", failed);
            throw new CatalogUnavailableException(failed);
        }
    }

    private CatalogSnapshot readLocked() {
        CatalogContents contents = store.load();
        // Ids of this process's failed changes stay taken, too: points may have been written under them.
        lastDatabaseId = Math.max(lastDatabaseId, contents.lastDatabaseId());
        lastShardGroupId = Math.max(lastShardGroupId, contents.lastShardGroupId());
        lastShardId = Math.max(lastShardId, contents.lastShardId());
        stale = false;
        return new CatalogSnapshot(contents.databases());
    }
}
