package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;

/** A call that needs the points of a group in order of time. Used for one group; not thread-safe. */
interface OrderedCall {

    /** Takes the next rows of the group. */
    void take(ColumnBatch batch);

    /** Heap in use, with what the end of the group takes beside it, for memory accounting. */
    long retainedSizeInBytes();

    /** The group is complete: what the call yields. */
    CallPoints finish();
}
