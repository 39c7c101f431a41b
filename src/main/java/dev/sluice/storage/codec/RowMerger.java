package dev.sluice.storage.codec;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one run of rows of several: in order of time, each time once, later runs winning field by field. */
public final class RowMerger {

    private RowMerger() {}

    /** Merges runs, the oldest first. There must be at least one. */
    public static Rows merge(List<Rows> runs) {
        if (runs.size() == 1) {
            return runs.get(0);
        }
        long[] times = unionOfTimes(runs);
        TreeMap<Integer, FieldType> fields = new TreeMap<>();
        for (Rows run : runs) {
            for (int i = 0; i < run.fields().length; i++) {
                fields.put(run.fields()[i], run.types().get(i));
            }
        }
        int[] ids = fields.keySet().stream().mapToInt(Integer::intValue).toArray();
        List<FieldType> types = List.copyOf(fields.values());
        Column[] columns = new Column[ids.length];
        for (int i = 0; i < ids.length; i++) {
            columns[i] = mergeColumn(runs, ids[i], types.get(i), times);
        }
        return new Rows(LongColumn.wrapWithoutCopy(times, times.length), ids, types, List.of(columns));
    }

    private static long[] unionOfTimes(List<Rows> runs) {
        int total = runs.stream().mapToInt(Rows::rowCount).sum();
        long[] all = new long[total];
        int size = 0;
        for (Rows run : runs) {
            System.arraycopy(run.times().array(), run.times().arrayOffset(), all, size, run.rowCount());
            size += run.rowCount();
        }
        Arrays.sort(all);
        int unique = 0;
        for (int i = 0; i < total; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[unique++] = all[i];
            }
        }
        return Arrays.copyOf(all, unique);
    }

    private static Column mergeColumn(List<Rows> runs, int field, FieldType type, long[] times) {
        int rows = times.length;
        long[] nulls = NullMask.allocate(rows);
        Arrays.fill(nulls, -1L);
        Target target = new Target(type, rows);
        for (Rows run : runs) {
            int index = Arrays.binarySearch(run.fields(), field);
            if (index < 0) {
                continue;
            }
            Column source = run.columns().get(index);
            int row = 0;
            for (int i = 0; i < run.rowCount(); i++) {
                if (source.isNull(i)) {
                    continue;
                }
                long time = run.times().get(i);
                while (times[row] != time) {
                    row++;
                }
                target.copy(source, i, row);
                nulls[row >>> 6] &= ~(1L << row);
            }
        }
        return target.build(anySet(nulls, rows) ? nulls : null, rows);
    }

    private static boolean anySet(long[] nulls, int rows) {
        for (int row = 0; row < rows; row++) {
            if (NullMask.isSet(nulls, row)) {
                return true;
            }
        }
        return false;
    }

    /** A column being filled in any order. */
    private static final class Target {

        private final FieldType type;
        private double[] doubles = new double[0];
        private long[] longs = new long[0];
        private boolean[] booleans = new boolean[0];
        private byte[][] strings = new byte[0][];

        Target(FieldType type, int rows) {
            this.type = type;
            switch (type) {
                case FLOAT -> doubles = new double[rows];
                case INTEGER, UNSIGNED -> longs = new long[rows];
                case BOOLEAN -> booleans = new boolean[rows];
                case STRING -> strings = new byte[rows][];
            }
        }

        void copy(Column source, int from, int to) {
            switch (type) {
                case FLOAT -> doubles[to] = ((DoubleColumn) source).get(from);
                case INTEGER, UNSIGNED -> longs[to] = ((LongColumn) source).get(from);
                case BOOLEAN -> booleans[to] = ((BooleanColumn) source).get(from);
                case STRING -> strings[to] = ((StringColumn) source).get(from);
            }
        }

        Column build(long @Nullable [] nulls, int rows) {
            return switch (type) {
                case FLOAT -> DoubleColumn.wrapWithoutCopy(doubles, nulls, rows);
                case INTEGER, UNSIGNED -> LongColumn.wrapWithoutCopy(longs, nulls, rows);
                case BOOLEAN -> BooleanColumn.wrapWithoutCopy(booleans, nulls, rows);
                case STRING -> {
                    int[] indexes = new int[rows];
                    Arrays.setAll(indexes, row -> row);
                    yield StringColumn.wrapWithoutCopy(strings, indexes, nulls, rows);
                }
            };
        }
    }
}
