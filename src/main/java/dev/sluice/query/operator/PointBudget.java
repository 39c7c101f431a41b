package dev.sluice.query.operator;

import dev.sluice.query.Cancellation;
import dev.sluice.query.QueryException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the points a query reads and asks whether it should go on. Thread-safe, for parts of a query that run side by side. */
final class PointBudget {

    private final long limit;
    private final Cancellation cancellation;
    private final AtomicLong read = new AtomicLong();

    PointBudget(long limit, Cancellation cancellation) {
        this.limit = limit;
        this.cancellation = cancellation;
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
