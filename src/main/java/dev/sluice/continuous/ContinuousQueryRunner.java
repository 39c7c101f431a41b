package dev.sluice.continuous;

import dev.sluice.account.Caller;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.ContinuousQuery;
import dev.sluice.catalog.Database;
import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.model.TimeRange;
import dev.sluice.statement.OutcomeSink;
import dev.sluice.statement.StatementExecutor;
import dev.sluice.statement.StatementRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs continuous queries, one after the other on a thread of its own, with the rights of the service. What was missed
 * while the service was down is not made up for, as in InfluxDB 1.x. A query that fails is logged and tried again when it
 * is due the next time.
 *
 * <p>{@link #runDue} belongs to one thread; the other methods are safe for use by many.
 */
public final class ContinuousQueryRunner implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ContinuousQueryRunner.class.getName());

    private final Catalog catalog;
    private final StatementExecutor executor;
    private final LongSupplier nowNanos;
    private final boolean logged;

    /** By database and definition, so that one that is dropped and made anew begins anew. */
    private final Map<Key, Known> known = new HashMap<>();

    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread fresh = new Thread(task, "sluice-continuous-queries");
        fresh.setDaemon(true);
        return fresh;
    });
    private volatile boolean closing;

    private record Key(String database, ContinuousQuery query) {}

    private static final class Known {

        private final @Nullable ScheduledSelect select;
        private @Nullable Long lastRun;

        private Known(@Nullable ScheduledSelect select) {
            this.select = select;
        }
    }

    /**
     * A runner that does not run yet.
     *
     * @param nowNanos the clock, in nanoseconds since the epoch
     * @param logged whether each run leaves a line in the log
     */
    public ContinuousQueryRunner(Catalog catalog, StatementExecutor executor, LongSupplier nowNanos, boolean logged) {
        this.catalog = catalog;
        this.executor = executor;
        this.nowNanos = nowNanos;
        this.logged = logged;
    }

    /** Looks for queries that are due at every interval from now on. */
    public void start(long intervalNanos) {
        thread.scheduleWithFixedDelay(this::runDueOrLog, intervalNanos, intervalNanos, TimeUnit.NANOSECONDS);
    }

    private void runDueOrLog() {
        try {
            runDue();
        } catch (RuntimeException fault) {
            // Letting it pass would end the schedule for good.
            LOG.log(Level.ERROR, "continuous queries could not be run", fault);
        }
    }

    /** Runs every query that is due now. */
    void runDue() {
        Set<Key> present = new HashSet<>();
        for (Database database : catalog.databases()) {
            for (ContinuousQuery query : database.continuousQueries()) {
                Key key = new Key(database.name(), query);
                present.add(key);
                if (!closing) {
                    runIfDue(key, known.computeIfAbsent(key, fresh -> new Known(parse(query))));
                }
            }
        }
        known.keySet().retainAll(present);
    }

    private static @Nullable ScheduledSelect parse(ContinuousQuery query) {
        try {
            return ScheduledSelect.parse(query.text());
        } catch (InfluxqlException unreadable) {
            LOG.log(Level.ERROR, "continuous query {0} never runs: {1}", query.name(), unreadable.getMessage());
            return null;
        }
    }

    private void runIfDue(Key key, Known query) {
        ScheduledSelect select = query.select;
        ResampleSchedule schedule = select == null ? null : select.schedule();
        if (select == null || schedule == null) {
            return;
        }
        long now = nowNanos.getAsLong();
        OptionalLong due = schedule.due(query.lastRun, now);
        if (due.isEmpty()) {
            return;
        }
        query.lastRun = schedule.runOf(now);
        Optional<TimeRange> range = schedule.range(due.getAsLong(), now);
        if (range.isPresent()) {
            run(key, select, range.get(), now);
        }
    }

    private void run(Key key, ScheduledSelect select, TimeRange range, long now) {
        String name = key.query().name();
        long begin = System.nanoTime();
        OutcomeSink outcome = new OutcomeSink();
        try {
            SelectStatement statement = select.over(range, now);
            StatementRequest request =
                    new StatementRequest(List.of(statement), key.database(), "", Caller.UNRESTRICTED, false);
            executor.execute(request, outcome, () -> closing);
        } catch (InfluxqlException unusable) {
            outcome.error(String.valueOf(unusable.getMessage()));
        }
        Optional<String> error = outcome.firstError();
        if (error.isPresent()) {
            failed.increment();
            LOG.log(Level.ERROR, "continuous query {0} of {1} failed: {2}", name, key.database(), error.get());
            return;
        }
        succeeded.increment();
        if (logged) {
            LOG.log(
                    Level.INFO,
                    "continuous query {0} of {1} ran over [{2}, {3}] in {4} ms",
                    name,
                    key.database(),
                    String.valueOf(range.minNanos()),
                    String.valueOf(range.maxNanos()),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
    }

    /** Runs that did what they should. */
    public long succeededCount() {
        return succeeded.sum();
    }

    /** Runs that ended with an error. */
    public long failedCount() {
        return failed.sum();
    }

    /** Ends the query that runs now, if one does, and waits for it. */
    @Override
    public void close() {
        closing = true;
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "a continuous query did not end within 30 s");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
