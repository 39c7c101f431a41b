package dev.sluice.statement.access;

import dev.sluice.account.Caller;
import dev.sluice.account.UserAccount;
import dev.sluice.account.rule.AccessRule;
import dev.sluice.account.rule.AccessRule.Action;
import dev.sluice.account.rule.AccessRule.Kind;
import dev.sluice.account.rule.AccessRules;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.model.DatabaseId;
import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import dev.sluice.statement.SeriesAccess;
import dev.sluice.statement.WriteNotAuthorizedException;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesView;
import dev.sluice.storage.index.CanonicalKeys;
import dev.sluice.storage.view.SeriesVisibility;
import dev.sluice.storage.view.VisibleFields;
import dev.sluice.storage.view.VisibleSeriesReader;
import dev.sluice.storage.view.VisibleSets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fine-grained authorization. Admins and callers without a restriction get the store as it is, at the cost of asking
 * whether there are rules. Thread-safe.
 */
public final class FineGrainedAccess {

    private final AccessRules rules;
    private final Catalog catalog;
    private final VisibleFields fields;
    private final VisibleSets sets = new VisibleSets();

    /**
     * Access by rules.
     *
     * @param appendCount a number that grows with every write to the store
     */
    public FineGrainedAccess(AccessRules rules, Catalog catalog, LongSupplier appendCount) {
        this.rules = rules;
        this.catalog = catalog;
        this.fields = new VisibleFields(appendCount);
    }

    /** What the rules of this moment leave to a caller. */
    public SeriesAccess of(Caller caller) {
        List<AccessRule> restrictions = rules.rules(Kind.RESTRICTION);
        if (restrictions.isEmpty() || caller.isAdmin() || caller.user().isEmpty()) {
            return SeriesAccess.WHOLE;
        }
        UserAccount user = caller.user().get();
        List<AccessRule> grants = rules.rules(Kind.GRANT).stream()
                .filter(grant -> grant.isFor(user.name(), user.access().roles()))
                .toList();
        return new Restricted(
                user.name(), about(Action.READ, restrictions, grants), about(Action.WRITE, restrictions, grants));
    }

    private static CallerRules about(Action action, List<AccessRule> restrictions, List<AccessRule> grants) {
        return new CallerRules(about(action, restrictions), about(action, grants));
    }

    private static List<AccessRule> about(Action action, List<AccessRule> rules) {
        return rules.stream().filter(rule -> rule.actions().contains(action)).toList();
    }

    /** What is left to a caller whom restrictions concern. */
    private final class Restricted implements SeriesAccess {

        private final String user;
        private final CallerRules reading;
        private final CallerRules writing;

        Restricted(String user, CallerRules reading, CallerRules writing) {
            this.user = user;
            this.reading = reading;
            this.writing = writing;
        }

        @Override
        public SeriesView readable() {
            return reading.isEmpty() ? SeriesView.WHOLE : view(reading::free);
        }

        @Override
        public SeriesView removable() {
            return view((database, measurement) -> {
                SeriesSelector readable = reading.free(database, measurement);
                SeriesSelector writable = writing.free(database, measurement);
                if (readable == SeriesSelector.ALL || writable == SeriesSelector.ALL) {
                    return readable == SeriesSelector.ALL ? writable : readable;
                }
                return new SeriesSelector.And(List.of(readable, writable));
            });
        }

        private SeriesView view(FreeSeries free) {
            return reader -> new VisibleSeriesReader(reader, new ByName(free), fields, sets);
        }

        @Override
        public void checkWrite(String database, PointBatch points) {
            if (writing.isEmpty()) {
                return;
            }
            for (int key = 0; key < points.keyCount(); key++) {
                SeriesKey series = CanonicalKeys.parse(points.text(points.keyOffset(key), points.keyLength(key)));
                if (!writing.isFree(database, series)) {
                    throw new WriteNotAuthorizedException(
                            user + " not authorized to write to " + database + "." + series.canonical());
                }
            }
        }
    }

    /** The free series of a database's measurement. */
    @FunctionalInterface
    private interface FreeSeries {
        SeriesSelector of(String database, String measurement);
    }

    /** Rules name databases, a store numbers them. For one statement; its threads may share it. */
    private final class ByName implements SeriesVisibility {

        private final FreeSeries free;
        private final Map<DatabaseId, String> names = new HashMap<>();
        private final Map<DatabaseId, Map<String, SeriesSelector>> known = new ConcurrentHashMap<>();
        private volatile @Nullable Map<ShardId, DatabaseId> shards;

        ByName(FreeSeries free) {
            this.free = free;
            catalog.databases().forEach(database -> names.put(database.id(), database.name()));
        }

        @Override
        public SeriesSelector visible(DatabaseId database, String measurement) {
            return known.computeIfAbsent(database, fresh -> new ConcurrentHashMap<>())
                    .computeIfAbsent(measurement, name -> find(database, name));
        }

        private SeriesSelector find(DatabaseId database, String measurement) {
            String name = names.get(database);
            // Created a moment ago: whatever its name is, nothing of it is shown before the rules are asked.
            return name == null ? SeriesSelector.NONE : free.of(name, measurement);
        }

        @Override
        public @Nullable DatabaseId databaseOf(ShardId shard) {
            Map<ShardId, DatabaseId> byShard = shards;
            if (byShard == null) {
                Map<ShardId, DatabaseId> all = new HashMap<>();
                for (Database database : catalog.databases()) {
                    database.retentionPolicies()
                            .forEach(policy ->
                                    policy.shardGroups().forEach(group -> all.put(group.shard(), database.id())));
                }
                byShard = all;
                shards = all;
            }
            return byShard.get(shard);
        }
    }
}
