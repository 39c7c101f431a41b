package dev.sluice.query;

import dev.sluice.storage.SeriesView;

/**
 * What a query runs under.
 *
 * @param database used where a measurement names none; empty when there is none
 * @param retentionPolicy used where a measurement names none; empty for the database's default
 * @param nowNanos what {@code now()} is
 * @param limits how much the query may do
 * @param cancellation asked regularly while the query runs
 * @param view what the query gets to see
 */
public record QueryContext(
        String database,
        String retentionPolicy,
        long nowNanos,
        QueryLimits limits,
        Cancellation cancellation,
        SeriesView view) {

    /** A query that sees everything. */
    public QueryContext(
            String database, String retentionPolicy, long nowNanos, QueryLimits limits, Cancellation cancellation) {
        this(database, retentionPolicy, nowNanos, limits, cancellation, SeriesView.WHOLE);
    }
}
