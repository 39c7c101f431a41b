package dev.sluice.storage.rocksdb;

import dev.sluice.storage.rocksdb.ShardSchemas.Fields;
import org.jspecify.annotations.Nullable;

/** Where points of a batch go: a series in a shard. Keeps them as a list, linked in their order. */
final class Destination {

    final long shard;
    final int series;
    final HeadSeries rows;

    /** The same series in another shard, when the batch has points for it. */
    final @Nullable Destination otherShard;

    /** The batch's layout that its last point had, and what became of it. */
    int layout = -1;

    @Nullable
    ResolvedLayout resolved;

    private int first = -1;
    private int last = -1;

    Destination(long shard, int series, HeadSeries rows, @Nullable Destination otherShard) {
        this.shard = shard;
        this.series = series;
        this.rows = rows;
        this.otherShard = otherShard;
    }

    Fields fields() {
        return rows.fields();
    }

    boolean hasPoints() {
        return first >= 0;
    }

    int firstPoint() {
        return first;
    }

    /**
     * Adds a point.
     *
     * @param nextPoints for each point of the batch, the one behind it in its list, or -1
     */
    void add(int point, int[] nextPoints) {
        nextPoints[point] = -1;
        if (last < 0) {
            first = point;
        } else {
            nextPoints[last] = point;
        }
        last = point;
    }
}
