package dev.sluice.storage;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.PointBatch;

/** Takes points. */
public interface PointAppender {

    /**
     * Stores the points of a batch that have a shard, in their order, and returns when they are durable (or when
     * {@code wal-fsync-delay} allows it) and visible to readers. Series, measurements and fields that do not exist yet
     * come into being. The batch may be reused afterwards.
     *
     * <p>A point with a field whose type differs from the one its shard knows is left out as a whole, the others are
     * stored; a field that is new gets the type of the first point that names it. Limits on series and tag values leave
     * points out in the same way. Nothing is stored when this throws.
     *
     * @return what was left out and why
     * @throws StorageException when the points could not be made durable; they must then be taken as not stored
     */
    AppendOutcome append(DatabaseId database, PointBatch points);
}
