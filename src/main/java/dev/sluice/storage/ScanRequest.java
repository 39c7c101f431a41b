package dev.sluice.storage;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import java.util.List;

/**
 * What to read: some fields of some series of one measurement in one shard, over a time range.
 *
 * @param database whose series numbers are meant
 * @param shard where to read
 * @param measurement all series must belong to it
 * @param series which series
 * @param fields names in the order in which columns are wanted; a name the shard does not know gives a column of nulls
 *     (as {@link dev.sluice.column.DoubleColumn}); may be empty, then only times are read
 * @param range which rows
 * @param ascending order of the rows within each series
 * @param rowLimit how many rows of each series are wanted, from the beginning in the order asked for; 0 for all. The first
 *     or last row of a series costs no decoding of what comes with it
 */
public record ScanRequest(
        DatabaseId database,
        ShardId shard,
        String measurement,
        SeriesSet series,
        List<String> fields,
        TimeRange range,
        boolean ascending,
        int rowLimit) {

    public ScanRequest {
        fields = List.copyOf(fields);
    }

    /** A request for all rows. */
    public ScanRequest(
            DatabaseId database,
            ShardId shard,
            String measurement,
            SeriesSet series,
            List<String> fields,
            TimeRange range,
            boolean ascending) {
        this(database, shard, measurement, series, fields, range, ascending, 0);
    }
}
