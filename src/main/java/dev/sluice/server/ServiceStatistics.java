package dev.sluice.server;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.continuous.ContinuousQueryRunner;
import dev.sluice.ingest.CountingPointWriter;
import dev.sluice.ingest.ShardWrites;
import dev.sluice.model.ShardId;
import dev.sluice.monitor.Statistic;
import dev.sluice.statement.RunningQueries;
import dev.sluice.storage.DatabaseStatistics;
import dev.sluice.storage.ShardStatistics;
import dev.sluice.storage.StoreStatistics;
import dev.sluice.storage.TimeSeriesStore;
import dev.sluice.subscription.SubscriptionDeliveries;
import dev.sluice.subscription.SubscriptionStatistics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The figures of the service's parts in the words of InfluxDB 1.x, so that the parts need not know them. */
final class ServiceStatistics {

    private ServiceStatistics() {}

    static List<Statistic> ofQueries(RunningQueries queries) {
        return List.of(Statistic.of(
                "queryExecutor",
                Map.of(
                        "queriesActive", (long) queries.activeCount(),
                        "queriesExecuted", queries.startedCount(),
                        "queriesFinished", queries.finishedCount(),
                        "queryDurationNs", queries.finishedNanos(),
                        "recoveredPanics", queries.faultCount())));
    }

    static List<Statistic> ofIndexes(TimeSeriesStore store) {
        return List.of(Statistic.of("indexes", Map.of("memoryBytes", store.indexSizeInBytes())));
    }

    static List<Statistic> ofDatabases(Catalog catalog, TimeSeriesStore store) {
        return catalog.databases().stream()
                .map(database -> {
                    DatabaseStatistics figures = store.statistics(database.id());
                    return Statistic.of(
                            "database",
                            Map.of("database", database.name()),
                            Map.of(
                                    "numMeasurements", figures.measurementCount(),
                                    "numSeries", figures.seriesCount()));
                })
                .toList();
    }

    /** All shards are in one store, so their paths are the same. */
    static List<Statistic> ofShards(
            Catalog catalog, TimeSeriesStore store, ShardWrites writes, InfluxProperties.Data data) {
        String path = Path.of(data.dir()).toAbsolutePath().normalize().toString();
        String walPath = Path.of(data.walDir()).toAbsolutePath().normalize().toString();
        List<Statistic> shards = new ArrayList<>();
        // Asked for first: one that is written to from now on is not taken for one that is gone.
        Set<ShardId> gone = writes.shards();
        for (Database database : catalog.databases()) {
            for (RetentionPolicy policy : database.retentionPolicies()) {
                for (ShardGroup group : policy.shardGroups()) {
                    gone.remove(group.shard());
                    ShardStatistics figures = store.statistics(database.id(), group.shard());
                    Map<String, String> tags = Map.of(
                            "database",
                            database.name(),
                            "engine",
                            "sluice",
                            "id",
                            String.valueOf(group.shard().value()),
                            "path",
                            path,
                            "retentionPolicy",
                            policy.name(),
                            "walPath",
                            walPath);
                    shards.add(Statistic.of("shard", tags, values(figures, writes.of(group.shard()))));
                }
            }
        }
        writes.forget(gone);
        return shards;
    }

    private static Map<String, Long> values(ShardStatistics figures, ShardWrites.Figures written) {
        Map<String, Long> values = new HashMap<>();
        values.put("diskBytes", figures.diskSizeInBytes());
        values.put("fieldsCreate", figures.fieldCount());
        values.put("seriesCreate", figures.seriesCount());
        values.put("writePointsDropped", written.droppedPoints());
        values.put("writePointsErr", written.failedPoints());
        values.put("writePointsOk", written.points());
        values.put("writeReq", written.requests());
        values.put("writeReqErr", written.failedRequests());
        values.put("writeReqOk", written.requests() - written.failedRequests());
        return values;
    }

    /** Sluice's own engine, in the place of what InfluxDB tells of its. */
    static List<Statistic> ofStorage(StoreStatistics figures) {
        Map<String, Long> values = new HashMap<>();
        values.put("appends", figures.appendCount());
        values.put("blocks", figures.blockCount());
        values.put("cacheHits", figures.cacheHits());
        values.put("cacheMisses", figures.cacheMisses());
        values.put("compactions", figures.compactionCount());
        values.put("diskBytes", figures.diskSizeInBytes());
        values.put("flushes", figures.flushCount());
        values.put("headBytes", figures.headSizeInBytes());
        values.put("measurements", figures.measurementCount());
        values.put("series", figures.seriesCount());
        values.put("syncDurationNs", figures.syncNanos());
        values.put("syncs", figures.syncCount());
        return List.of(Statistic.of("storage", values));
    }

    static List<Statistic> ofWrites(CountingPointWriter writer, @Nullable SubscriptionDeliveries deliveries) {
        long requests = writer.requestCount();
        long failed = writer.failedRequestCount();
        long offered = deliveries == null ? 0 : deliveries.offeredCount();
        long dropped = deliveries == null ? 0 : deliveries.droppedCount();
        Map<String, Long> values = new HashMap<>();
        values.put("pointReq", writer.pointCount());
        values.put("pointReqLocal", writer.pointCount());
        values.put("req", requests);
        values.put("subWriteDrop", dropped);
        values.put("subWriteOk", Math.max(0, offered - dropped));
        values.put("writeDrop", writer.droppedPointCount());
        values.put("writeError", failed);
        values.put("writeOk", Math.max(0, requests - failed));
        return List.of(Statistic.of("write", values));
    }

    static List<Statistic> ofSubscriptions(@Nullable SubscriptionDeliveries deliveries) {
        if (deliveries == null) {
            return List.of();
        }
        List<SubscriptionStatistics> destinations = deliveries.statistics();
        List<Statistic> all = new ArrayList<>();
        all.add(Statistic.of(
                "subscriber",
                Map.of(
                        "createFailures",
                        deliveries.unusableCount(),
                        "pointsWritten",
                        destinations.stream()
                                .mapToLong(SubscriptionStatistics::pointsWritten)
                                .sum(),
                        "writeFailures",
                        destinations.stream()
                                .mapToLong(SubscriptionStatistics::writeFailures)
                                .sum())));
        for (SubscriptionStatistics each : destinations) {
            Map<String, String> tags = Map.of(
                    "database", each.database(),
                    "destination", withoutCredentials(each.destination()),
                    "mode", each.mode(),
                    "name", each.name(),
                    "retention_policy", each.retentionPolicy());
            all.add(Statistic.of(
                    "subscriber",
                    tags,
                    Map.of("pointsWritten", each.pointsWritten(), "writeFailures", each.writeFailures())));
        }
        return all;
    }

    /** Statistics are kept in a database and shown to who may only monitor; InfluxDB leaves passwords in. */
    private static String withoutCredentials(String url) {
        return url.replaceFirst("//[^/]*@", "//");
    }

    static List<Statistic> ofContinuousQueries(@Nullable ContinuousQueryRunner runner) {
        return runner == null
                ? List.of()
                : List.of(Statistic.of(
                        "cq", Map.of("queryFail", runner.failedCount(), "queryOk", runner.succeededCount())));
    }
}
