package dev.sluice.query.expression;

import dev.sluice.column.ColumnBatch;

/** A condition, or a part of one, that is asked of whole batches. Not thread-safe. */
public interface BatchFilter {

    /** The batches that follow belong to a series with the tags that the row has. */
    default void useSeries(BatchRow row) {}

    /**
     * Takes away the rows for which the condition does not hold; what has no value does not hold.
     *
     * @param passes for each of the batch's rows whether it has passed so far; may be longer
     */
    void keep(ColumnBatch batch, boolean[] passes);
}
