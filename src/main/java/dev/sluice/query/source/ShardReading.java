package dev.sluice.query.source;

import dev.sluice.model.FieldType;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.ScanExtent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One shard of a source, for those who explain a statement: what it holds, and what was read of it so far. */
public interface ShardReading {

    ShardId shard();

    /** Whether a series of the source, by its number there, has points in the shard. */
    boolean holds(int series);

    /** The type that the shard has a field with; null when it has none. */
    @Nullable
    FieldType type(String field);

    /** What reading would go through. */
    ScanExtent extent(int[] series, List<String> fields, TimeRange range);

    /** Columns of blocks that were decoded of a field. */
    long decodedBlocks(String field);

    /** What those columns take. */
    long decodedBytes(String field);

    /** How long opening its scans took. */
    long openingNanos();
}
