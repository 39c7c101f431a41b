package dev.sluice.statement;

import dev.sluice.query.Cancellation;
import dev.sluice.query.QueryException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests being answered: what SHOW QUERIES lists, KILL QUERY ends, and the limits on their number and duration.
 * Thread-safe.
 */
public final class RunningQueries {

    private final long maxConcurrent;
    private final long timeoutNanos;
    private final AtomicLong nextId = new AtomicLong(1);
    private final Map<Long, Running> running = new ConcurrentSkipListMap<>();
    private final LongAdder finished = new LongAdder();
    private final LongAdder finishedNanos = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private volatile boolean shutDown;

    /**
     * A registry.
     *
     * @param maxConcurrent most queries at a time; 0 for no limit
     * @param timeoutNanos how long a query may take; 0 for no limit
     */
    public RunningQueries(long maxConcurrent, long timeoutNanos) {
        this.maxConcurrent = maxConcurrent;
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * Enters a query; the caller closes it when it is answered.
     *
     * @throws QueryException when there are too many
     */
    Running begin(String text, String database, String user, CallerLimits limits, BooleanSupplier disconnected) {
        if (shutDown) {
            throw new QueryException("query engine shutdown");
        }
        long id = nextId.getAndIncrement();
        long timeout = CallerLimits.narrower(timeoutNanos, limits.queryTimeoutNanos());
        Running query = new Running(id, text, database, user, timeout, disconnected);
        running.put(id, query);
        if (maxConcurrent > 0 && running.size() > maxConcurrent) {
            int count = running.size();
            running.remove(id);
            throw new QueryException(
                    "max-concurrent-queries limit exceeded(" + (count - 1) + ", " + maxConcurrent + ")");
        }
        if (limits.concurrentQueries() > 0 && countOf(user) > limits.concurrentQueries()) {
            int count = countOf(user);
            running.remove(id);
            throw new QueryException("max-concurrent-queries limit exceeded(" + Math.max(0, count - 1) + ", "
                    + limits.concurrentQueries() + ")");
        }
        return query;
    }

    private int countOf(String user) {
        return (int) running.values().stream()
                .filter(query -> query.user.equals(user))
                .count();
    }

    /** The queries that run now, by id. */
    List<Running> list() {
        return List.copyOf(running.values());
    }

    /** How many queries run now. */
    public int activeCount() {
        return running.size();
    }

    /** How many queries were begun since the start. */
    public long startedCount() {
        return nextId.get() - 1;
    }

    /** How many queries were answered since the start. */
    public long finishedCount() {
        return finished.sum();
    }

    /** How long those took together, in nanoseconds. */
    public long finishedNanos() {
        return finishedNanos.sum();
    }

    /** How many statements ended in a fault of the service since the start, which InfluxDB calls a panic. */
    public long faultCount() {
        return faults.sum();
    }

    /** Tells a query to stop. */
    void kill(long id) {
        Running query = running.get(id);
        if (query == null) {
            throw new QueryException("no such query id: " + id);
        }
        if (query.ending != null) {
            throw new QueryException("already killed");
        }
        query.ending = "query interrupted";
    }

    /** Tells every query to stop and takes no more. */
    public void shutDown() {
        shutDown = true;
        running.values().forEach(query -> query.ending = "query engine shutdown");
    }

    /** A query being answered. */
    final class Running implements Cancellation, AutoCloseable {

        final long id;
        final String text;
        final String database;

        /** The name of who asked; empty when nobody had to log in. */
        final String user;

        final long startNanos = System.nanoTime();
        private final long timeoutNanos;
        private final BooleanSupplier disconnected;
        private volatile @Nullable String ending;

        private Running(
                long id, String text, String database, String user, long timeoutNanos, BooleanSupplier disconnected) {
            this.id = id;
            this.text = text;
            this.database = database;
            this.user = user;
            this.timeoutNanos = timeoutNanos;
            this.disconnected = disconnected;
        }

        boolean isKilled() {
            return ending != null;
        }

        @Override
        public void check() {
            String reason = ending;
            if (reason != null) {
                throw new QueryException(reason);
            }
            if (timeoutNanos > 0 && System.nanoTime() - startNanos > timeoutNanos) {
                throw new QueryException("query-timeout limit exceeded");
            }
            if (disconnected.getAsBoolean()) {
                throw new QueryException("query aborted");
            }
        }

        /** Notes a statement that ended in a fault of the service. */
        void noteFault() {
            faults.increment();
        }

        @Override
        public void close() {
            if (running.remove(id) != null) {
                finished.increment();
                finishedNanos.add(System.nanoTime() - startNanos);
            }
        }
    }
}
