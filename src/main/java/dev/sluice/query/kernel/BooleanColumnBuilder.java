package dev.sluice.query.kernel;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.NullMask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Grows a {@link BooleanColumn}. */
public final class BooleanColumnBuilder extends ColumnBuilder {

    private boolean[] values = new boolean[64];
    private long @Nullable [] nulls;
    private int length;

    @Override
    public int length() {
        return length;
    }

    public void append(boolean value) {
        if (length == values.length) {
            grow(length + 1);
        }
        values[length++] = value;
    }

    /** Appends values without nulls. */
    public void append(boolean[] source, int offset, int count) {
        if (length + count > values.length) {
            grow(length + count);
        }
        System.arraycopy(source, offset, values, length, count);
        length += count;
    }

    @Override
    public void appendNull() {
        append(false);
        markNull(length - 1);
    }

    @Override
    public void appendFrom(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
        } else {
            append(((BooleanColumn) source).get(row));
        }
    }

    @Override
    public void appendRange(Column source, int start, int end) {
        BooleanColumn typed = (BooleanColumn) source;
        int base = length;
        append(typed.array(), typed.arrayOffset() + start, end - start);
        if (typed.mayHaveNulls()) {
            for (int row = start; row < end; row++) {
                if (typed.isNull(row)) {
                    markNull(base + row - start);
                }
            }
        }
    }

    @Override
    public void set(int target, Column source, int row) {
        if (source.isNull(row)) {
            markNull(target);
            return;
        }
        if (nulls != null) {
            nulls[target >>> 6] &= ~(1L << target);
        }
        values[target] = ((BooleanColumn) source).get(row);
    }

    @Override
    public BooleanColumn build() {
        BooleanColumn column = BooleanColumn.wrapWithoutCopy(values, nulls, length);
        values = new boolean[Math.max(64, Math.min(length, 4096))];
        nulls = null;
        length = 0;
        return column;
    }

    private void markNull(int row) {
        if (nulls == null) {
            nulls = NullMask.allocate(values.length);
        }
        NullMask.set(nulls, row);
    }

    private void grow(int needed) {
        values = Arrays.copyOf(values, Math.max(needed, length * 2));
        if (nulls != null) {
            nulls = Arrays.copyOf(nulls, (values.length + 63) >>> 6);
        }
    }
}
