package dev.sluice.query.kernel;

import dev.sluice.column.Column;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Grows a {@link StringColumn}. A value that is the same array as the one before it shares its dictionary entry, which
 * keeps runs of one tag value cheap; further duplicates are not looked for.
 */
public final class StringColumnBuilder extends ColumnBuilder {

    private static final byte[] EMPTY = new byte[0];

    private byte[][] dictionary = new byte[16][];
    private int[] indexes = new int[64];
    private long @Nullable [] nulls;
    private int dictionarySize;
    private int length;

    @Override
    public int length() {
        return length;
    }

    /** Appends a value; its bytes must not change any more. */
    public void append(byte[] value) {
        appendIndex(indexOf(value));
    }

    @Override
    public void appendNull() {
        appendIndex(0);
        markNull(length - 1);
    }

    @Override
    public void appendFrom(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
        } else {
            append(((StringColumn) source).get(row));
        }
    }

    @Override
    public void appendRange(Column source, int start, int end) {
        for (int row = start; row < end; row++) {
            appendFrom(source, row);
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
        indexes[target] = indexOf(((StringColumn) source).get(row));
    }

    @Override
    public StringColumn build() {
        if (dictionarySize == 0) {
            dictionary[dictionarySize++] = EMPTY;
        }
        StringColumn column =
                StringColumn.wrapWithoutCopy(Arrays.copyOf(dictionary, dictionarySize), indexes, nulls, length);
        dictionary = new byte[16][];
        indexes = new int[Math.max(64, Math.min(length, 4096))];
        nulls = null;
        dictionarySize = 0;
        length = 0;
        return column;
    }

    private int indexOf(byte[] value) {
        if (dictionarySize > 0 && dictionary[dictionarySize - 1] == value) {
            return dictionarySize - 1;
        }
        if (dictionarySize == dictionary.length) {
            dictionary = Arrays.copyOf(dictionary, dictionarySize * 2);
        }
        dictionary[dictionarySize] = value;
        return dictionarySize++;
    }

    private void appendIndex(int index) {
        if (length == indexes.length) {
            indexes = Arrays.copyOf(indexes, length * 2);
            if (nulls != null) {
                nulls = Arrays.copyOf(nulls, (indexes.length + 63) >>> 6);
            }
        }
        indexes[length++] = index;
    }

    private void markNull(int row) {
        if (nulls == null) {
            nulls = NullMask.allocate(indexes.length);
        }
        NullMask.set(nulls, row);
    }
}
