package dev.sluice.column;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Strings as UTF-8 bytes behind a dictionary: each row holds an index into it. Bytes and not {@link String}, because
 * what was stored must come back unchanged (also when it is not valid UTF-8), because InfluxDB orders strings by bytes,
 * and because encoders copy bytes. Predicates need evaluating once per dictionary entry only. Entries may repeat.
 */
public final class StringColumn implements Column {

    private final byte[][] dictionary;
    private final int[] indexes;
    private final long @Nullable [] nulls;
    private final int offset;
    private final int length;

    private StringColumn(byte[][] dictionary, int[] indexes, long @Nullable [] nulls, int offset, int length) {
        this.dictionary = dictionary;
        this.indexes = indexes;
        this.nulls = nulls;
        this.offset = offset;
        this.length = length;
    }

    /** The first {@code length} indexes into a dictionary; the caller gives up all arrays. Null rows may hold any index. */
    public static StringColumn wrapWithoutCopy(
            byte[][] dictionary, int[] indexes, long @Nullable [] nulls, int length) {
        return new StringColumn(dictionary, indexes, nulls, 0, length);
    }

    /** The same value in every row, or null in every row. */
    public static StringColumn constant(byte @Nullable [] value, int length) {
        if (value == null) {
            long[] nulls = NullMask.allocate(length);
            Arrays.fill(nulls, -1L);
            return new StringColumn(new byte[0][], new int[length], nulls, 0, length);
        }
        return new StringColumn(new byte[][] {value}, new int[length], null, 0, length);
    }

    /** A column of the given strings, null where the list holds null; for results that are small. */
    public static StringColumn of(List<? extends @Nullable String> values) {
        byte[][] dictionary = new byte[values.size()][];
        int[] indexes = new int[values.size()];
        long[] nulls = null;
        for (int i = 0; i < indexes.length; i++) {
            String value = values.get(i);
            indexes[i] = i;
            if (value == null) {
                nulls = nulls == null ? NullMask.allocate(indexes.length) : nulls;
                NullMask.set(nulls, i);
            } else {
                dictionary[i] = value.getBytes(StandardCharsets.UTF_8);
            }
        }
        return new StringColumn(dictionary, indexes, nulls, 0, indexes.length);
    }

    /** The bytes of a row that is not null; not to be written to. */
    public byte[] get(int row) {
        return dictionary[indexes[offset + row]];
    }

    /** A row that is not null as text; malformed UTF-8 becomes U+FFFD. */
    public String getString(int row) {
        return new String(get(row), StandardCharsets.UTF_8);
    }

    /** Index of a row's value in the dictionary; unspecified for a null row. */
    public int dictionaryIndex(int row) {
        return indexes[offset + row];
    }

    public int dictionarySize() {
        return dictionary.length;
    }

    /** An entry of the dictionary; may be null where no row refers to it. */
    public byte @Nullable [] dictionaryEntry(int index) {
        return dictionary[index];
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
    public StringColumn region(int start, int length) {
        if (start < 0 || length < 0 || start + length > this.length) {
            throw new IndexOutOfBoundsException(start + "+" + length + " of " + this.length);
        }
        return new StringColumn(dictionary, indexes, nulls, offset + start, length);
    }

    @Override
    public StringColumn copyRows(int[] rows, int count) {
        int[] picked = new int[count];
        for (int i = 0; i < count; i++) {
            picked[i] = indexes[offset + rows[i]];
        }
        return new StringColumn(dictionary, picked, NullMask.copyRows(nulls, offset, rows, count), 0, count);
    }

    @Override
    public long retainedSizeInBytes() {
        long size = 4L * indexes.length + (nulls == null ? 0 : 8L * nulls.length);
        for (byte[] entry : dictionary) {
            size += entry == null ? 8 : 24 + entry.length;
        }
        return size;
    }
}
