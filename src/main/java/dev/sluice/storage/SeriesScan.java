package dev.sluice.storage;

import dev.sluice.column.ColumnBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads series one after the other, and the rows of each in order of time without duplicates. Not thread-safe. Usage:
 *
 * <pre>{@code
 * try (SeriesScan scan = reader.openScan(request)) {
 *     while (scan.nextSeries()) {
 *         for (ColumnBatch batch; (batch = scan.nextBatch()) != null; ) { … scan.series() … }
 *     }
 * }
 * }</pre>
 *
 * <p>A row is returned when at least one of the <em>requested</em> fields has a value in it (or, when no field was
 * requested, when the row exists). Every column has the type the shard's schema gives the field: FLOAT a {@code
 * DoubleColumn}, INTEGER and UNSIGNED a {@code LongColumn}, BOOLEAN a {@code BooleanColumn}, STRING a {@code
 * StringColumn}.
 */
public interface SeriesScan extends AutoCloseable {

    /** Goes to the next series, in ascending order of number, skipping what is left of the current one. */
    boolean nextSeries();

    /** The number of the current series. */
    int series();

    /**
     * Statistics of the batch that {@link #nextBatch} would return, when they are at hand without decoding it and
     * exact; null otherwise. Does not move.
     */
    @Nullable
    BatchStatistics peekStatistics();

    /** Passes over the batch whose statistics {@link #peekStatistics} has just returned, without decoding it. */
    void skipBatch();

    /** The next rows: column 0 holds the timestamps, then one column per requested field. Null at the end of the series. */
    @Nullable
    ColumnBatch nextBatch();

    /** What has been decoded so far; null where points are not in blocks. May be asked of a closed scan. */
    default @Nullable DecodedColumns decoded() {
        return null;
    }

    /** Frees what the scan holds; further calls do nothing. */
    @Override
    void close();
}
