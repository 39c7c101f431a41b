package dev.sluice.query.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions that look at values in order, compared with plain sorting, over numbers with many ties. */
class OrderStatisticTests {

    private static final int ROUNDS = 400;

    private static Column column(Random random, FieldType type, int length) {
        if (type == FieldType.FLOAT) {
            double[] values = new double[length];
            for (int i = 0; i < length; i++) {
                int number = random.nextInt(9) - 4;
                // A zero of either sign is the same number.
                values[i] = number == 0 && random.nextBoolean() ? -0.0 : number / 2.0;
            }
            return DoubleColumn.wrapWithoutCopy(values, length);
        }
        long[] values = new long[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(9) - 4;
        }
        return LongColumn.wrapWithoutCopy(values, length);
    }

    private static long[] times(Random random, int length) {
        return IntStream.range(0, length)
                .mapToLong(row -> random.nextInt(5) == 0 ? row - 1 : row)
                .sorted()
                .toArray();
    }

    private static FunctionAssert call(String text, FieldType type, long[] times, Column column) {
        FunctionAssert call = FunctionAssert.call(text, type);
        return column instanceof DoubleColumn doubles
                ? call.floats(times, doubles.array())
                : call.integers(times, ((LongColumn) column).array());
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "INTEGER", "UNSIGNED"})
    void rowAtIsTheRowThatSortingGives(FieldType type) {
        Random random = new Random(11);
        for (int round = 0; round < ROUNDS; round++) {
            int length = 1 + random.nextInt(40);
            Column column = column(random, type, length);
            long[] keys = Values.sortable(type, column, length);
            long[] sorted = Values.sorted(keys);
            int[] rows = Values.rowsByValue(type, column, length);
            for (int position = 0; position < length; position++) {
                assertThat(Values.rowAt(keys, sorted, position)).isEqualTo(rows[position]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "INTEGER"})
    void modeIsWhatCountingRunsOfSortedRowsGives(FieldType type) {
        Random random = new Random(12);
        for (int round = 0; round < ROUNDS; round++) {
            int length = 1 + random.nextInt(30);
            Column column = column(random, type, length);
            long[] times = times(random, length);
            int[] rows = Values.rowsByValue(type, column, length);
            int best = rows[0];
            int bestCount = 1;
            long bestTime = times[rows[0]];
            for (int i = 1, start = 0; i < length; i++) {
                if (SelectedPoints.compareRows(type, column, rows[i], rows[start]) != 0) {
                    start = i;
                    continue;
                }
                int count = i - start + 1;
                if (count > bestCount || (count == bestCount && times[rows[start]] <= bestTime)) {
                    best = rows[i];
                    bestCount = count;
                    bestTime = times[rows[i]];
                }
            }
            Object expected = Values.boxed(column, best);
            if (expected.equals(0.0)) {
                // Which zero is shown is told by the recorded answers.
                continue;
            }
            call("mode(v)", type, times, column).yields("0 " + expected);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "INTEGER"})
    void topAndBottomAreWhatSortingAllPointsGives(FieldType type) {
        Random random = new Random(13);
        for (int round = 0; round < ROUNDS; round++) {
            int length = 1 + random.nextInt(30);
            int wanted = 1 + random.nextInt(40);
            boolean top = random.nextBoolean();
            Column column = column(random, type, length);
            long[] times = times(random, length);
            Comparator<Integer> byValue = (one, other) -> SelectedPoints.compareRows(type, column, one, other);
            List<String> expected = new ArrayList<>();
            IntStream.range(0, length)
                    .boxed()
                    .sorted((top ? byValue.reversed() : byValue)
                            .thenComparing(row -> times[row])
                            .thenComparing(row -> row))
                    .limit(wanted)
                    .sorted(Comparator.<Integer, Long>comparing(row -> times[row])
                            .thenComparing(row -> row))
                    .forEach(row -> expected.add(times[row] + " "
                            + (column instanceof DoubleColumn doubles
                                    ? String.valueOf(doubles.get(row))
                                    : String.valueOf(((LongColumn) column).get(row)))));
            call((top ? "top(v, " : "bottom(v, ") + wanted + ")", type, times, column)
                    .yields(expected.toArray(String[]::new));
        }
    }

    @Test
    void sortableKeepsTheOrderOfExtremes() {
        double[] floats = {Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, -1, -0.0, 0.0, Double.MIN_VALUE, 1, 1e300};
        long[] keys =
                Values.sortable(FieldType.FLOAT, DoubleColumn.wrapWithoutCopy(floats, floats.length), floats.length);
        assertThat(keys).isSorted();
        assertThat(keys[3]).isEqualTo(keys[4]);

        long[] unsigned = {0, 5, Long.MAX_VALUE, Long.MIN_VALUE, -1};
        assertThat(Values.sortable(FieldType.UNSIGNED, LongColumn.wrapWithoutCopy(unsigned, 5), 5))
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
