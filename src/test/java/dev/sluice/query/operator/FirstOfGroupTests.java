package dev.sluice.query.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstOfGroupTests {

    private static ColumnBatch rows(long... times) {
        return ColumnBatch.of(LongColumn.wrapWithoutCopy(times, times.length));
    }

    @Test
    void addWhenEarlierSeriesHaveAllFirstRowsThenNoneIsKept() {
        FirstOfGroup first = new FirstOfGroup(2, true);
        first.nextSource();

        assertThat(first.add(0, rows(5, 6, 7))).isEqualTo(2);
        assertThat(first.add(1, rows(6, 7)))
                .as("a tie goes to the smaller number")
                .isZero();
        assertThat(first.add(2, rows(5, 6))).isEqualTo(1);
        assertThat(first.take(1)).isNull();
    }

    @Test
    void addWhenTheSourceComesLaterThenTiesGoToTheOneBefore() {
        FirstOfGroup first = new FirstOfGroup(1, true);
        first.nextSource();
        first.add(3, rows(5));
        first.nextSource();

        assertThat(first.add(0, rows(5))).isZero();
        assertThat(first.add(0, rows(4))).isEqualTo(1);
    }

    /** Whatever is dropped, the first rows of all are there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takeHasEveryRowOfTheFirstOnes(boolean ascending) {
        Random random = new Random(20_161_127);
        for (int limit : new int[] {1, 7, 300}) {
            FirstOfGroup first = new FirstOfGroup(limit, ascending);
            first.nextSource();
            List<long[]> all = new ArrayList<>();
            TreeMap<Integer, Integer> kept = new TreeMap<>();
            for (int series = 0; series < 3000; series++) {
                int number = (series * 7) % 3000;
                long[] times = random.longs(limit, 0, 2000).distinct().sorted().toArray();
                if (!ascending) {
                    times = Arrays.stream(times)
                            .map(time -> -time)
                            .sorted()
                            .map(time -> -time)
                            .toArray();
                }
                for (long time : times) {
                    all.add(new long[] {time, number});
                }
                first.add(number, rows(times));
            }
            Comparator<long[]> order = Comparator.comparingLong(row -> ascending ? row[0] : -row[0]);
            all.sort(order.thenComparingLong(row -> row[1]));
            for (long[] row : all.subList(0, limit)) {
                kept.merge((int) row[1], 1, Integer::sum);
            }
            int rowCount = 0;
            for (int series = 0; series < 3000; series++) {
                Queue<ColumnBatch> rows = first.take(series);
                int count = rows == null
                        ? 0
                        : rows.stream().mapToInt(ColumnBatch::rowCount).sum();
                assertThat(count).isGreaterThanOrEqualTo(kept.getOrDefault(series, 0));
                rowCount += count;
            }
            assertThat(rowCount).as("rows kept").isLessThanOrEqualTo(2 * limit + 4096 + limit);
        }
    }
}
