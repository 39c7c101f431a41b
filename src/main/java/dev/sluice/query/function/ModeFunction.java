package dev.sluice.query.function;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;
import java.util.Arrays;

/** {@code mode(x)}: the most frequent value; of equally frequent ones the one that occurs first, and the smallest when no value
 * occurs twice. */
final class ModeFunction implements BucketFunction {

    @Override
    public String name() {
        return "mode";
    }

    @Override
    public void checkArguments(Call call, ArgumentScope scope) {
        ArgumentChecks.oneField(call, scope);
    }

    @Override
    public Kind kind() {
        return Kind.AGGREGATE;
    }

    @Override
    public FieldType resultType(FieldType argument) {
        return argument;
    }

    @Override
    public boolean commutes() {
        return false;
    }

    @Override
    public OrderedAccumulator newOrdered(FieldType argument, CallSetting setting) {
        return new CollectingAccumulator(argument) {
            @Override
            void finish(long bucketTime, LongColumn points, Column column, PointSink target) {
                int row = argument == FieldType.BOOLEAN
                        ? ofBooleans((BooleanColumn) column)
                        : mostFrequent(argument, points, column);
                target.emit(bucketTime, column, row);
            }
        };
    }

    /** A row of the most frequent value; true wins a tie. */
    private static int ofBooleans(BooleanColumn column) {
        int balance = 0;
        int[] lastRow = new int[2];
        for (int row = 0; row < column.length(); row++) {
            boolean value = column.get(row);
            balance += value ? 1 : -1;
            lastRow[value ? 1 : 0] = row;
        }
        return lastRow[balance >= 0 ? 1 : 0];
    }

    private static int mostFrequent(FieldType type, LongColumn points, Column column) {
        return type == FieldType.STRING
                ? mostFrequentText(points, column)
                : mostFrequentNumber(points, Values.sortable(type, column, points.length()));
    }

    private static int mostFrequentText(LongColumn points, Column column) {
        int[] rows = Values.rowsByValue(FieldType.STRING, column, points.length());
        int best = rows[0];
        int bestCount = 1;
        long bestTime = points.get(rows[0]);
        int runStart = 0;
        for (int i = 1; i < rows.length; i++) {
            if (SelectedPoints.compareRows(FieldType.STRING, column, rows[i], rows[runStart]) != 0) {
                runStart = i;
                continue;
            }
            int count = i - runStart + 1;
            if (count > bestCount || (count == bestCount && points.get(rows[runStart]) <= bestTime)) {
                best = rows[i];
                bestCount = count;
                bestTime = points.get(rows[i]);
            }
        }
        return best;
    }

    /**
     * The same for numbers, by sorting keys instead of rows: only the values that are most frequent need their rows. Of them,
     * in ascending order, a later one wins when it begins no later than the best so far ends.
     */
    private static int mostFrequentNumber(LongColumn points, long[] keys) {
        long[] sorted = Values.sorted(keys);
        int most = 1;
        int candidates = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = endOfRun(sorted, from);
            if (to - from > most) {
                most = to - from;
                candidates = 0;
            }
            if (to - from == most) {
                candidates++;
            }
            from = to;
        }
        long[] values = new long[most == 1 ? 1 : candidates];
        values[0] = sorted[0];
        if (most > 1) {
            int count = 0;
            for (int from = 0; from < sorted.length; ) {
                int to = endOfRun(sorted, from);
                if (to - from == most) {
                    values[count++] = sorted[from];
                }
                from = to;
            }
        }
        int[] first = new int[values.length];
        int[] last = new int[values.length];
        Arrays.fill(first, -1);
        for (int row = 0; row < keys.length; row++) {
            int value = Arrays.binarySearch(values, keys[row]);
            if (value >= 0) {
                first[value] = first[value] < 0 ? row : first[value];
                last[value] = row;
            }
        }
        int best = 0;
        for (int value = 1; value < values.length; value++) {
            if (points.get(first[value]) <= points.get(last[best])) {
                best = value;
            }
        }
        return most == 1 ? first[best] : last[best];
    }

    private static int endOfRun(long[] sorted, int from) {
        int to = from + 1;
        while (to < sorted.length && sorted[to] == sorted[from]) {
            to++;
        }
        return to;
    }
}
