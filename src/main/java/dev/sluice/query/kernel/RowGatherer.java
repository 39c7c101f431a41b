package dev.sluice.query.kernel;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one batch of rows that stand in several. Rows are only noted while they are chosen; the columns are then filled one
 * after the other, each in a loop over arrays. Not thread-safe.
 */
public final class RowGatherer {

    private final List<FieldType> types;
    private final int[] batchOf;
    private final int[] rowOf;
    private final List<ColumnBatch> batches = new ArrayList<>();
    private int size;

    /**
     * A gatherer.
     *
     * @param types of the columns behind the times
     * @param capacity most rows of a batch that is made
     */
    public RowGatherer(List<FieldType> types, int capacity) {
        this.types = List.copyOf(types);
        this.batchOf = new int[capacity];
        this.rowOf = new int[capacity];
    }

    /** Enters a batch, whose columns have the types; returns its number, which holds until the next {@link #build}. */
    public int enter(ColumnBatch batch) {
        batches.add(batch);
        return batches.size() - 1;
    }

    public boolean isFull() {
        return size == rowOf.length;
    }

    /** Adds a row of a batch that was entered. */
    public void add(int batch, int row) {
        batchOf[size] = batch;
        rowOf[size++] = row;
    }

    /** The rows added, times first; the gatherer is empty afterwards and knows no batches. */
    public ColumnBatch build() {
        Column[] columns = new Column[types.size() + 1];
        columns[0] = gatherLongs(0);
        for (int i = 1; i < columns.length; i++) {
            columns[i] = switch (types.get(i - 1)) {
                case FLOAT -> gatherDoubles(i);
                case INTEGER, UNSIGNED -> gatherLongs(i);
                case BOOLEAN -> gatherBooleans(i);
                case STRING -> gatherStrings(i);
            };
        }
        size = 0;
        batches.clear();
        return ColumnBatch.of(columns);
    }

    private LongColumn gatherLongs(int column) {
        long[][] arrays = new long[batches.size()][];
        int[] offsets = new int[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            LongColumn source = (LongColumn) batches.get(i).column(column);
            arrays[i] = source.array();
            offsets[i] = source.arrayOffset();
        }
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            int batch = batchOf[i];
            values[i] = arrays[batch][offsets[batch] + rowOf[i]];
        }
        return LongColumn.wrapWithoutCopy(values, gatherNulls(column), size);
    }

    private DoubleColumn gatherDoubles(int column) {
        double[][] arrays = new double[batches.size()][];
        int[] offsets = new int[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            DoubleColumn source = (DoubleColumn) batches.get(i).column(column);
            arrays[i] = source.array();
            offsets[i] = source.arrayOffset();
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            int batch = batchOf[i];
            values[i] = arrays[batch][offsets[batch] + rowOf[i]];
        }
        return DoubleColumn.wrapWithoutCopy(values, gatherNulls(column), size);
    }

    private BooleanColumn gatherBooleans(int column) {
        boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
            values[i] = ((BooleanColumn) batches.get(batchOf[i]).column(column)).get(rowOf[i]);
        }
        return BooleanColumn.wrapWithoutCopy(values, gatherNulls(column), size);
    }

    /** Dictionaries stand one behind the other; each value that rows refer to is taken over once. */
    private StringColumn gatherStrings(int column) {
        StringColumn[] sources = new StringColumn[batches.size()];
        int[][] entries = new int[sources.length][];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = (StringColumn) batches.get(i).column(column);
            entries[i] = new int[sources[i].dictionarySize()];
            Arrays.fill(entries[i], -1);
        }
        byte[][] dictionary = new byte[16][];
        int known = 0;
        int[] indexes = new int[size];
        for (int i = 0; i < size; i++) {
            StringColumn source = sources[batchOf[i]];
            if (source.mayHaveNulls() && source.isNull(rowOf[i])) {
                continue;
            }
            int[] own = entries[batchOf[i]];
            int entry = source.dictionaryIndex(rowOf[i]);
            if (own[entry] < 0) {
                if (known == dictionary.length) {
                    dictionary = Arrays.copyOf(dictionary, known * 2);
                }
                dictionary[known] = source.dictionaryEntry(entry);
                own[entry] = known++;
            }
            indexes[i] = own[entry];
        }
        return StringColumn.wrapWithoutCopy(Arrays.copyOf(dictionary, known), indexes, gatherNulls(column), size);
    }

    private long @Nullable [] gatherNulls(int column) {
        boolean possible = false;
        for (ColumnBatch batch : batches) {
            possible |= batch.column(column).mayHaveNulls();
        }
        if (!possible) {
            return null;
        }
        long[] nulls = null;
        for (int i = 0; i < size; i++) {
            if (batches.get(batchOf[i]).column(column).isNull(rowOf[i])) {
                nulls = nulls == null ? NullMask.allocate(size) : nulls;
                NullMask.set(nulls, i);
            }
        }
        return nulls;
    }
}
