package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;

/** A call that needs the points of a group in order of time. Used for one group; not thread-safe. */
interface OrderedCall {

    /** Takes the next rows of the group. */
    void take(ColumnBatch batch);

    /** The group is complete: what the call yields. */
    CallPoints finish();
}
