package dev.sluice.storage.view;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.ShardId;
import dev.sluice.storage.SeriesSelector;
import org.jspecify.annotations.Nullable;

/** Says which series are visible. It must give the same answer as long as it is in use. */
public interface SeriesVisibility {

    /** The visible series of a measurement, which need not exist; {@link SeriesSelector#ALL} itself when all are. */
    SeriesSelector visible(DatabaseId database, String measurement);

    /** The database a shard belongs to; null when there is none (any more). */
    @Nullable
    DatabaseId databaseOf(ShardId shard);
}
