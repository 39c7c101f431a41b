package dev.sluice.query.operator;

import dev.sluice.query.Cancellation;
import dev.sluice.query.QueryException;

/** Counts the points a query reads and asks whether it should go on. Not thread-safe. */
final class PointBudget {

    private final long limit;
    private final Cancellation cancellation;
    private long read;

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
        read += points;
        if (limit > 0 && read > limit) {
            throw new QueryException("max-select-point limit exceeded: (" + read + "/" + limit + ")");
        }
    }
}
