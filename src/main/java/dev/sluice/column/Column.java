package dev.sluice.column;

/**
 * A run of values of one type, some of which may be null. Immutable once handed over: whoever wraps arrays without
 * copying must not write to them afterwards. Safe to read from any thread.
 */
public sealed interface Column permits LongColumn, DoubleColumn, BooleanColumn, StringColumn, StringListColumn {

    /** How many rows this column has. */
    int length();

    /** Whether any row may be null; false is a promise that lets kernels skip the check. */
    boolean mayHaveNulls();

    /** Whether the given row is null. */
    boolean isNull(int row);

    /** The rows from {@code start}, {@code length} of them, as a view on the same arrays. */
    Column region(int start, int length);

    /** Some rows in the given order, {@code count} of them, in arrays of their own; a string's bytes are shared. */
    Column copyRows(int[] rows, int count);

    /** An estimate of the heap this column keeps alive, for memory accounting. */
    long retainedSizeInBytes();
}
