package dev.sluice.query.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryWorkers;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.source.RowCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergeCursorTests {

    private static final List<FieldType> TYPES = List.of(FieldType.STRING, FieldType.FLOAT);

    @Test
    void nextWhenTimesAreEqualThenRowsOfTheFirstCursorComeFirst() {
        List<String> rows = merge(
                true,
                List.of(batch("a", 1, 3, 3), batch("a", 5)),
                List.of(batch("b", 1, 2, 5)),
                List.of(),
                List.of(batch("c", 3)));

        assertThat(rows)
                .containsExactly(
                        "1 a 1.0", "1 b 1.0", "2 b 2.0", "3 a 3.0", "3 a 3.0", "3 c 3.0", "5 a 5.0", "5 b 5.0");
    }

    @Test
    void nextWhenDescendingThenLatestRowsComeFirst() {
        List<String> rows = merge(false, List.of(batch("a", 3, 1)), List.of(batch("b", 5, 3, 2)));

        assertThat(rows).containsExactly("5 b 5.0", "3 a 3.0", "3 b 3.0", "2 b 2.0", "1 a 1.0");
    }

    @Test
    void nextWhenMoreRowsThanABatchThenNoneIsLost() {
        long[] even = LongStream.range(0, 3000).map(i -> 2 * i).toArray();
        long[] odd = LongStream.range(0, 3000).map(i -> 2 * i + 1).toArray();

        List<String> rows = merge(true, List.of(batch("a", even)), List.of(batch("b", odd)));

        assertThat(rows)
                .containsExactlyElementsOf(IntStream.range(0, 6000)
                        .mapToObj(i -> i + (i % 2 == 0 ? " a " : " b ") + (double) i)
                        .toList());
    }

    @Test
    void nextWhenValuesAreAbsentThenTheyStayAbsent() {
        ColumnBatch gaps = ColumnBatch.of(
                LongColumn.wrapWithoutCopy(new long[] {1, 2}, 2),
                StringColumn.of(Arrays.asList(null, "x")),
                DoubleColumn.wrapWithoutCopy(new double[] {1, 2}, new long[] {0b10}, 2));

        assertThat(merge(true, List.of(gaps), List.of(batch("b", 1))))
                .containsExactly("1 null 1.0", "1 b 1.0", "2 x null");
    }

    private static ColumnBatch batch(String name, long... times) {
        double[] values = Arrays.stream(times).asDoubleStream().toArray();
        return ColumnBatch.of(
                LongColumn.wrapWithoutCopy(times, times.length),
                StringColumn.constant(name.getBytes(java.nio.charset.StandardCharsets.UTF_8), times.length),
                DoubleColumn.wrapWithoutCopy(values, values.length));
    }

    @SafeVarargs
    private static List<String> merge(boolean ascending, List<ColumnBatch>... inputs) {
        List<String> rows = new ArrayList<>();
        List<RowCursor> cursors =
                Arrays.stream(inputs).map(MergeCursorTests::cursor).toList();
        try (RowCursor merged =
                new MergeCursor(cursors, TYPES, ascending, QueryWorkers.NONE, MemoryAccount.UNLIMITED)) {
            for (ColumnBatch batch; (batch = merged.next()) != null; ) {
                assertThat(batch.rowCount()).isPositive();
                for (int row = 0; row < batch.rowCount(); row++) {
                    rows.add(BatchRow.valueOf(batch.column(0), row) + " " + BatchRow.valueOf(batch.column(1), row) + " "
                            + BatchRow.valueOf(batch.column(2), row));
                }
            }
        }
        return rows;
    }

    private static RowCursor cursor(List<ColumnBatch> batches) {
        Iterator<ColumnBatch> rest = batches.iterator();
        return new RowCursor() {
            @Override
            public @Nullable ColumnBatch next() {
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
