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
 * @param memory where the query notes what it keeps; whoever runs the query opens and closes it
 */
public record QueryContext(
        String database,
        String retentionPolicy,
        long nowNanos,
        QueryLimits limits,
        Cancellation cancellation,
        SeriesView view,
        MemoryAccount memory) {

    /** A query that sees everything. */
    public QueryContext(
            String database, String retentionPolicy, long nowNanos, QueryLimits limits, Cancellation cancellation) {
        this(database, retentionPolicy, nowNanos, limits, cancellation, SeriesView.WHOLE);
    }

    /** A query whose memory nobody counts yet. */
    public QueryContext(
            String database,
            String retentionPolicy,
            long nowNanos,
            QueryLimits limits,
            Cancellation cancellation,
            SeriesView view) {
        this(database, retentionPolicy, nowNanos, limits, cancellation, view, MemoryAccount.UNLIMITED);
    }

    QueryContext withMemory(MemoryAccount account) {
        return new QueryContext(database, retentionPolicy, nowNanos, limits, cancellation, view, account);
    }
}
