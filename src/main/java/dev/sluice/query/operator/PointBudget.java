package dev.sluice.query.operator;

import dev.sluice.query.Cancellation;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a query may still use: counts the points it reads, asks whether it should go on, and has the account of its memory.
 * Thread-safe, for parts of a query that run side by side.
 */
final class PointBudget {

    private final long limit;
    private final Cancellation cancellation;
    private final MemoryAccount memory;
    private final AtomicLong read = new AtomicLong();

    PointBudget(long limit, Cancellation cancellation, MemoryAccount memory) {
        this.limit = limit;
        this.cancellation = cancellation;
        this.memory = memory;
    }

    /** The same without a count of points, for what may have to be read again. */
    PointBudget uncounted() {
        return new PointBudget(0, cancellation, memory);
    }

    /** Where what is kept is noted. */
    MemoryAccount memory() {
        return memory;
    }

    /**
     * Notes points.
     *
     * @throws QueryException when there are too many, or the query was ended
     */
    void spend(long points) {
        cancellation.check();
        if (limit == 0) {
            return;
        }
        long sum = read.addAndGet(points);
        if (sum > limit) {
            throw new QueryException("max-select-point limit exceeded: (" + sum + "/" + limit + ")");
        }
    }
}
