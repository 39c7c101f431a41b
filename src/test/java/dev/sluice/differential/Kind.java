package dev.sluice.differential;

/** What an item is about; the summary counts by it. */
enum Kind {
    /** SHOW statements about measurements, series, tags and fields. */
    SHOW,
    /** SHOW … CARDINALITY. */
    CARDINALITY,
    /** SELECT of fields and tags as they are. */
    RAW,
    /** SELECT of aggregates and selectors. */
    AGGREGATE,
    /** SELECT of transformations, predictors, technical analysis and math. */
    TRANSFORMATION,
    /** SELECT from SELECT. */
    SUBQUERY,
    /** Databases, policies, users, subscriptions, continuous queries: made, shown, dropped. */
    CATALOG,
    /** Points written, some of them badly, then read, deleted or copied by SELECT INTO. */
    CHANGE,
    /** A statement of one of the kinds above, damaged. */
    BROKEN;

    /**
     * Whether the answer depends on which shards a series is in. The reference knows that with its index on disk
     * ({@code tsi1}), and asks all shards with the one in memory, whose order of series, though, is that of their keys.
     */
    boolean knowsShards() {
        return this == SHOW || this == CARDINALITY;
    }
}
