package dev.sluice.query.function;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.model.FieldType;

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
        int[] rows = Values.rowsByValue(type, column, points.length());
        int best = rows[0];
        int bestCount = 1;
        long bestTime = points.get(rows[0]);
        int runStart = 0;
        for (int i = 1; i < rows.length; i++) {
            if (SelectedPoints.compareRows(type, column, rows[i], rows[runStart]) != 0) {
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
}
