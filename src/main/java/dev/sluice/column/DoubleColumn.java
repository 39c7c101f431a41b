package dev.sluice.column;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Floating-point numbers. */
public final class DoubleColumn implements Column {

    private final double[] values;
    private final long @Nullable [] nulls;
    private final int offset;
    private final int length;

    private DoubleColumn(double[] values, long @Nullable [] nulls, int offset, int length) {
        this.values = values;
        this.nulls = nulls;
        this.offset = offset;
        this.length = length;
    }

    /** The first {@code length} values of an array that the caller gives up; no row is null. */
    public static DoubleColumn wrapWithoutCopy(double[] values, int length) {
        return new DoubleColumn(values, null, 0, length);
    }

    /** The first {@code length} values of an array that the caller gives up, with their {@link NullMask} or none. */
    public static DoubleColumn wrapWithoutCopy(double[] values, long @Nullable [] nulls, int length) {
        return new DoubleColumn(values, nulls, 0, length);
    }

    /** The value; unspecified for a null row. */
    public double get(int row) {
        return values[offset + row];
    }

    /** The array behind this column, to be read from {@link #arrayOffset()}: for kernels. */
    public double[] array() {
        return values;
    }

    /** Where row 0 stands in {@link #array()}. */
    public int arrayOffset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean mayHaveNulls() {
        return nulls != null;
    }

    @Override
    public boolean isNull(int row) {
        return NullMask.isSet(nulls, offset + row);
    }

    @Override
    public DoubleColumn region(int start, int length) {
        if (start < 0 || length < 0 || start + length > this.length) {
            throw new IndexOutOfBoundsException(start + "+" + length + " of " + this.length);
        }
        return new DoubleColumn(values, nulls, offset + start, length);
    }

    /** The rows as an array of their own; null rows hold unspecified values. */
    public double[] copyValues() {
        return Arrays.copyOfRange(values, offset, offset + length);
    }

    @Override
    public DoubleColumn copyRows(int[] rows, int count) {
        double[] picked = new double[count];
        for (int i = 0; i < count; i++) {
            picked[i] = values[offset + rows[i]];
        }
        return new DoubleColumn(picked, NullMask.copyRows(nulls, offset, rows, count), 0, count);
    }

    @Override
    public long retainedSizeInBytes() {
        return 8L * values.length + (nulls == null ? 0 : 8L * nulls.length);
    }
}
