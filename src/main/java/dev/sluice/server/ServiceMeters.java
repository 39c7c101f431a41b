package dev.sluice.server;

import dev.sluice.ingest.CountingPointWriter;
import dev.sluice.statement.RunningQueries;
import dev.sluice.storage.StoreStatistics;
import dev.sluice.storage.TimeSeriesStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The service's own meters, {@code sluice.*}, beside those that Spring Boot has of virtual machine and requests. */
final class ServiceMeters implements MeterBinder {

    private final TimeSeriesStore store;
    private final CountingPointWriter writer;
    private final RunningQueries queries;

    ServiceMeters(TimeSeriesStore store, CountingPointWriter writer, RunningQueries queries) {
        this.store = store;
        this.writer = writer;
        this.queries = queries;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindStore(registry);
        counter(registry, "sluice.points.received", "Points of all writes", writer, CountingPointWriter::pointCount);
        counter(
                registry,
                "sluice.points.rejected",
                "Points left out of writes that were stored otherwise",
                writer,
                CountingPointWriter::droppedPointCount);
        counter(registry, "sluice.writes", "Batches of points", writer, CountingPointWriter::requestCount);
        counter(
                registry,
                "sluice.writes.failed",
                "Batches of points that were not stored",
                writer,
                CountingPointWriter::failedRequestCount);
        Gauge.builder("sluice.queries.active", queries, RunningQueries::activeCount)
                .description("Queries being answered")
                .register(registry);
        FunctionTimer.builder(
                        "sluice.queries",
                        queries,
                        RunningQueries::finishedCount,
                        RunningQueries::finishedNanos,
                        TimeUnit.NANOSECONDS)
                .description("Queries answered")
                .register(registry);
    }

    private void bindStore(MeterRegistry registry) {
        gauge(registry, "sluice.series", null, "Series that have points", StoreStatistics::seriesCount);
        gauge(
                registry,
                "sluice.measurements",
                null,
                "Measurements that have points",
                StoreStatistics::measurementCount);
        gauge(
                registry,
                "sluice.store.head",
                "bytes",
                "Memory of the points that are not in blocks yet",
                StoreStatistics::headSizeInBytes);
        gauge(registry, "sluice.store.disk", "bytes", "Files of blocks", StoreStatistics::diskSizeInBytes);
        gauge(registry, "sluice.store.blocks", null, "Blocks, an estimate", StoreStatistics::blockCount);
        counter(
                registry,
                "sluice.store.flushes",
                "Heads written to blocks",
                store,
                figure(StoreStatistics::flushCount));
        counter(
                registry,
                "sluice.store.compactions",
                "Shards whose blocks were merged",
                store,
                figure(StoreStatistics::compactionCount));
        counter(
                registry,
                "sluice.store.cache.hits",
                "Pieces of files found in the cache",
                store,
                figure(StoreStatistics::cacheHits));
        counter(
                registry,
                "sluice.store.cache.misses",
                "Pieces of files that had to be read",
                store,
                figure(StoreStatistics::cacheMisses));
        FunctionTimer.builder(
                        "sluice.store.syncs",
                        store,
                        figure(StoreStatistics::syncCount),
                        each -> each.statistics().syncNanos(),
                        TimeUnit.NANOSECONDS)
                .description("The log forced to disk")
                .register(registry);
    }

    private static ToLongFunction<TimeSeriesStore> figure(ToLongFunction<StoreStatistics> figure) {
        return store -> figure.applyAsLong(store.statistics());
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            @Nullable String unit,
            String description,
            ToLongFunction<StoreStatistics> figure) {
        Gauge.builder(name, store, each -> figure.applyAsLong(each.statistics()))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private static <T> void counter(
            MeterRegistry registry, String name, String description, T source, ToLongFunction<T> figure) {
        FunctionCounter.builder(name, source, figure::applyAsLong)
                .description(description)
                .register(registry);
    }
}
