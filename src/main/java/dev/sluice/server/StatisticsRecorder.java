package dev.sluice.server;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogException;
import dev.sluice.catalog.RetentionPolicySpec;
import dev.sluice.ingest.PartialWriteException;
import dev.sluice.ingest.PointWriter;
import dev.sluice.monitor.JavaRuntime;
import dev.sluice.monitor.StatisticPoints;
import dev.sluice.monitor.Statistics;
import dev.sluice.storage.StorageException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the service's statistics into a database of its own, as section {@code [monitor]} of InfluxDB 1.x has it: at whole
 * multiples of the interval, with a policy {@code monitor} of seven days that is made with the database. A database that
 * is dropped meanwhile stays so until the next start.
 */
final class StatisticsRecorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatisticsRecorder.class);

    private static final String POLICY = "monitor";
    private static final long POLICY_NANOS = TimeUnit.DAYS.toNanos(7);
    private static final long SHARD_NANOS = TimeUnit.DAYS.toNanos(1);

    private final Statistics statistics;
    private final Catalog catalog;
    private final PointWriter writer;
    private final String database;
    private final String hostname = JavaRuntime.hostname();
    private final long intervalNanos;
    private final LongSupplier nowNanos;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "sluice-monitor");
        created.setDaemon(true);
        return created;
    });
    private boolean created;
    private boolean failing;

    /**
     * A recorder that does not run yet.
     *
     * @param database its name
     * @param nowNanos the clock, in nanoseconds since the epoch
     */
    StatisticsRecorder(
            Statistics statistics,
            Catalog catalog,
            PointWriter writer,
            String database,
            long intervalNanos,
            LongSupplier nowNanos) {
        this.statistics = statistics;
        this.catalog = catalog;
        this.writer = writer;
        this.database = database;
        this.intervalNanos = intervalNanos;
        this.nowNanos = nowNanos;
    }

    /** Records at every interval from now on. */
    void start() {
        thread.schedule(
                this::recordAndGoOn,
                intervalNanos - Math.floorMod(nowNanos.getAsLong(), intervalNanos),
                TimeUnit.NANOSECONDS);
    }

    private void recordAndGoOn() {
        try {
            record();
            failing = false;
        } catch (StorageException | CatalogException | PartialWriteException refused) {
            noteFailure(refused);
        } catch (RuntimeException fault) {
            LOG.error("statistics could not be recorded", fault);
        } finally {
            if (!thread.isShutdown()) {
                start();
            }
        }
    }

    /** A disk that is full stays so for many intervals; once says it. */
    private void noteFailure(RuntimeException refused) {
        if (!failing) {
            LOG.warn("statistics are not recorded in {} until this is over: {}", database, refused.getMessage());
        }
        failing = true;
    }

    /** Writes the statistics of now. */
    void record() {
        if (!created) {
            if (catalog.findDatabase(database).isEmpty()) {
                catalog.createDatabase(
                        database, new RetentionPolicySpec(POLICY, POLICY_NANOS, 1, SHARD_NANOS, null, null));
            }
            created = true;
        }
        if (catalog.findDatabase(database).isEmpty()) {
            return;
        }
        // The timer may be early or late by a little.
        long time = Math.floorDiv(nowNanos.getAsLong() + intervalNanos / 2, intervalNanos) * intervalNanos;
        writer.write(database, POLICY, StatisticPoints.of(statistics.all(), hostname, time));
    }

    /** Lets a run that is under way end, and starts no other. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
            LOG.warn("statistics were still being recorded at the end");
        }
    }
}
