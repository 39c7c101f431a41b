package dev.sluice.storage;

import static dev.sluice.storage.StoreFixture.DATABASE;
import static dev.sluice.storage.StoreFixture.SHARD;
import static dev.sluice.storage.StoreFixture.append;
import static dev.sluice.storage.StoreFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import dev.sluice.model.TagSet;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.SeriesSelector.TagEquals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Points that are appended are there, and a scan gives them as it was asked to. */
public interface ReadingContract extends StoreContract {

    @Test
    default void scanWhenPointsCameOutOfOrderThenRowsAreInOrderOfTime() {
        append(store(), "m v=3 30\nm v=1 10");
        settle();
        append(store(), "m v=2 20\nm v=0 5\nm v=4 40");
        assertThat(rows(store(), "m", "v")).containsExactly("m 5 0.0", "m 10 1.0", "m 20 2.0", "m 30 3.0", "m 40 4.0");
        assertThat(rows(store(), SHARD, "m", TimeRange.ALL, false, "v"))
                .containsExactly("m 40 4.0", "m 30 3.0", "m 20 2.0", "m 10 1.0", "m 5 0.0");
    }

    @Test
    default void appendWhenTimeIsThereThenFieldsMergeAndLaterValueWins() {
        append(store(), "m a=1,b=2i 5\nm c=\"x\" 5\nm a=9 5");
        assertThat(rows(store(), "m", "a", "b", "c")).containsExactly("m 5 9.0 2 x");
        settle();
        append(store(), "m b=7i,d=true 5");
        assertThat(rows(store(), "m", "a", "b", "c", "d")).containsExactly("m 5 9.0 7 x true");
        settle();
        append(store(), "m a=0 5");
        settle();
        assertThat(rows(store(), "m", "a", "b", "c", "d")).containsExactly("m 5 0.0 7 x true");
    }

    @Test
    default void scanWhenFieldIsMissingInRowsThenNull() {
        append(store(), "m a=1 1\nm b=2 2\nm a=3,b=3 3");
        settle();
        assertThat(rows(store(), "m", "a", "b")).containsExactly("m 1 1.0 -", "m 2 - 2.0", "m 3 3.0 3.0");
    }

    @Test
    default void scanWhenRowHasNoneOfTheFieldsThenItIsLeftOut() {
        append(store(), "m a=1 1\nm b=2 2\nm a=3,b=3 3\nm b=4 4");
        settle();
        append(store(), "m b=5 5");
        assertThat(rows(store(), "m", "a")).containsExactly("m 1 1.0", "m 3 3.0");
    }

    @Test
    default void extentWhenPointsAreInMemoryOrInBlocksThenEitherSaysSo() {
        append(store(), "m a=1,b=1 1\nm b=2 2\nm a=3 30");
        SeriesSet all = select("m", SeriesSelector.ALL);
        ScanRequest early = new ScanRequest(DATABASE, SHARD, "m", all, List.of("a"), new TimeRange(0, 10), true);
        assertThat(store().extent(early)).isEqualTo(new ScanExtent(1, 0, 0, 0));
        settle();
        ScanExtent settled = store().extent(early);
        assertThat(settled.cachedValues() + settled.blocks()).isEqualTo(1);
        assertThat(settled.blockBytes() > 0).isEqualTo(settled.blocks() > 0);
        ScanRequest never = new ScanRequest(DATABASE, SHARD, "m", all, List.of("a"), new TimeRange(40, 50), true);
        assertThat(store().extent(never)).isEqualTo(ScanExtent.NOTHING);
        ScanRequest unknown = new ScanRequest(DATABASE, SHARD, "m", all, List.of("c"), TimeRange.ALL, true);
        assertThat(store().extent(unknown)).isEqualTo(ScanExtent.NOTHING);
    }

    @Test
    default void scanWhenNoFieldIsRequestedThenTimesOfAllRows() {
        append(store(), "m a=1 1\nm b=2 2");
        settle();
        append(store(), "m a=3 3");
        assertThat(rows(store(), "m")).containsExactly("m 1", "m 2", "m 3");
    }

    @Test
    default void scanWhenFieldIsUnknownThenNullsAsDoubles() {
        append(store(), "m a=1 1");
        settle();
        assertThat(rows(store(), "m", "a", "nothing")).containsExactly("m 1 1.0 -");
        assertThat(rows(store(), "m", "nothing")).isEmpty();
    }

    @Test
    default void scanWhenFieldIsNamedTwiceThenTwoColumns() {
        append(store(), "m a=1,b=2 1");
        settle();
        assertThat(rows(store(), "m", "b", "a", "b")).containsExactly("m 1 2.0 1.0 2.0");
    }

    @Test
    default void scanOfEveryTypeGivesTheValuesThatWereStored() {
        append(
                store(),
                "m f=1.5,i=9223372036854775807i,s=\"größe\",b=true 1\n"
                        + "m f=-0,i=-9223372036854775808i,s=\"\",b=f 2");
        settle();
        append(store(), "m f=1e300,i=0i,s=\"a b\\\"c\",b=T 3");
        assertThat(rows(store(), "m", "f", "i", "s", "b"))
                .containsExactly(
                        "m 1 1.5 9223372036854775807 größe true",
                        "m 2 -0.0 -9223372036854775808  false",
                        "m 3 1.0E300 0 a b\"c true");
    }

    @Test
    default void scanOfUnsignedValuesGivesTheir64Bits() {
        for (long bits : new long[] {0, 1, -1, Long.MIN_VALUE}) {
            PointBatch points = new PointBatch();
            points.addField("u", FieldType.UNSIGNED, bits);
            points.endPoint(new SeriesKey("m", TagSet.EMPTY), bits == -1 ? 9 : bits == Long.MIN_VALUE ? 10 : bits);
            points.assignShard(0, SHARD.value());
            store().append(DATABASE, points);
        }
        settle();
        assertThat(store().schema(SHARD, "m").find("u")).isEqualTo(FieldType.UNSIGNED);
        assertThat(rows(store(), "m", "u")).containsExactly("m 0 0", "m 1 1", "m 9 -1", "m 10 -9223372036854775808");
    }

    @Test
    default void scanOfStringsThatAreNotUtf8GivesTheSameBytes() {
        byte[] bytes = {(byte) 0xFF, 0, (byte) 0xC3, 10};
        PointBatch points = new PointBatch();
        points.addStringField("s", bytes);
        points.endPoint(new SeriesKey("m", TagSet.EMPTY), 1);
        points.assignShard(0, SHARD.value());
        store().append(DATABASE, points);
        settle();
        ScanRequest request = new ScanRequest(
                DATABASE, SHARD, "m", select("m", SeriesSelector.ALL), List.of("s"), TimeRange.ALL, true);
        try (SeriesScan scan = store().openScan(request)) {
            assertThat(scan.nextSeries()).isTrue();
            var batch = scan.nextBatch();
            assertThat(batch).isNotNull();
            assertThat(((dev.sluice.column.StringColumn) batch.column(1)).get(0))
                    .isEqualTo(bytes);
        }
    }

    @Test
    default void scanWhenTimesAreExtremeThenTheyAreKept() {
        String min = Long.toString(TimeRange.MIN_TIMESTAMP);
        String max = Long.toString(TimeRange.MAX_TIMESTAMP);
        append(store(), "m v=1 " + min + "\nm v=2 0\nm v=3 " + max);
        settle();
        assertThat(rows(store(), "m", "v")).containsExactly("m " + min + " 1.0", "m 0 2.0", "m " + max + " 3.0");
        assertThat(rows(store(), SHARD, "m", new TimeRange(TimeRange.MIN_TIMESTAMP, -1), true, "v"))
                .containsExactly("m " + min + " 1.0");
    }

    @Test
    default void scanWhenRangeIsGivenThenBothEndsAreInside() {
        append(store(), "m v=1 1\nm v=2 2\nm v=3 3");
        settle();
        append(store(), "m v=4 4\nm v=5 5");
        assertThat(rows(store(), SHARD, "m", new TimeRange(2, 4), true, "v"))
                .containsExactly("m 2 2.0", "m 3 3.0", "m 4 4.0");
        assertThat(rows(store(), SHARD, "m", new TimeRange(2, 4), false, "v"))
                .containsExactly("m 4 4.0", "m 3 3.0", "m 2 2.0");
        assertThat(rows(store(), SHARD, "m", new TimeRange(6, 9), true, "v")).isEmpty();
        assertThat(rows(store(), SHARD, "m", new TimeRange(4, 2), true, "v")).isEmpty();
    }

    @Test
    default void scanOfSeveralSeriesGoesThroughThemInOrderOfNumber() {
        append(store(), "m,t=b v=1 1\nm,t=a v=2 1");
        settle();
        append(store(), "m,t=c v=3 1\nm,t=b v=4 2");
        assertThat(rows(store(), "m", "v")).containsExactly("m,t=b 1 1.0", "m,t=b 2 4.0", "m,t=a 1 2.0", "m,t=c 1 3.0");
    }

    @Test
    default void scanWhenSeriesHaveNothingInShardThenTheyAreEmpty() {
        append(store(), "m,t=a v=1 1");
        append(store(), OTHER_SHARD, "m,t=b v=2 1");
        settle();
        assertThat(rows(store(), "m", "v")).containsExactly("m,t=a 1 1.0");
        assertThat(rows(store(), OTHER_SHARD, "m", TimeRange.ALL, true, "v")).containsExactly("m,t=b 1 2.0");
        assertThat(rows(store(), new ShardId(99), "m", TimeRange.ALL, true, "v"))
                .isEmpty();
    }

    @Test
    default void scanWhenRowsAreLimitedThenTheFirstOfEachSeriesInTheOrderAskedFor() {
        append(store(), "m,t=a v=1,i=1i,s=\"x\" 10\nm,t=a v=2 20\nm,t=a i=3i,b=true 30\nm,t=b v=4 5");
        settle();
        assertThat(first(1, true, TimeRange.ALL, "v", "i")).containsExactly("m,t=a 10 1.0 1", "m,t=b 5 4.0 -");
        assertThat(first(1, false, TimeRange.ALL, "v", "i", "b"))
                .containsExactly("m,t=a 30 - 3 true", "m,t=b 5 4.0 - -");
        assertThat(first(1, false, TimeRange.ALL, "v")).containsExactly("m,t=a 20 2.0", "m,t=b 5 4.0");
        assertThat(first(1, false, TimeRange.ALL, "unknown", "i")).containsExactly("m,t=a 30 - 3");
        assertThat(first(1, false, TimeRange.ALL, "s", "i")).containsExactly("m,t=a 30 - 3");
        assertThat(first(1, true, TimeRange.ALL, "s", "i")).containsExactly("m,t=a 10 x 1");
        assertThat(first(2, false, TimeRange.ALL, "v")).containsExactly("m,t=a 20 2.0", "m,t=a 10 1.0", "m,t=b 5 4.0");
        assertThat(first(1, false, new TimeRange(6, 25), "v", "i")).containsExactly("m,t=a 20 2.0 -");
        assertThat(first(1, true, new TimeRange(11, 25), "v", "i")).containsExactly("m,t=a 20 2.0 -");
        append(store(), "m,t=a v=5 15\nm,t=b v=6,i=6i 7\nm,t=b i=1i 1\nm,t=a i=7i 30");
        assertThat(first(1, false, TimeRange.ALL, "v", "i")).containsExactly("m,t=a 30 - 7", "m,t=b 7 6.0 6");
        assertThat(first(1, false, TimeRange.ALL, "v")).containsExactly("m,t=a 20 2.0", "m,t=b 7 6.0");
        assertThat(first(1, true, TimeRange.ALL, "v", "i")).containsExactly("m,t=a 10 1.0 1", "m,t=b 1 - 1");
        settle();
        assertThat(first(1, false, TimeRange.ALL, "v", "i")).containsExactly("m,t=a 30 - 7", "m,t=b 7 6.0 6");
        assertThat(first(3, true, TimeRange.ALL, "v"))
                .containsExactly("m,t=a 10 1.0", "m,t=a 15 5.0", "m,t=a 20 2.0", "m,t=b 5 4.0", "m,t=b 7 6.0");
    }

    @Test
    default void scanOfSomeSeriesGivesTheirRowsHoweverTheyLieAndHoweverFarEachIsRead() {
        Random random = new Random(7);
        TreeMap<Integer, TreeMap<Long, Double>> written = new TreeMap<>();
        for (int round = 0; round < 6; round++) {
            StringBuilder lines = new StringBuilder();
            for (int point = 0; point < 60; point++) {
                int host = random.nextInt(30);
                long time = round % 3 * 100 + random.nextInt(100);
                double value = random.nextInt(1000);
                lines.append("m,host=" + host + " v=" + value + " " + time + "\n");
                written.computeIfAbsent(host, fresh -> new TreeMap<>()).put(time, value);
            }
            append(store(), lines.toString());
            if (round < 5) {
                settle();
            }
        }
        Map<Integer, TreeMap<Long, Double>> bySeries = new HashMap<>();
        written.forEach((host, rows) -> bySeries.put(
                select("m", new TagEquals("host", String.valueOf(host))).toArray()[0], rows));
        int[] all = select("m", SeriesSelector.ALL).toArray();
        for (int scans = 0; scans < 300; scans++) {
            SeriesSet some = SeriesSet.of(
                    Arrays.stream(all).filter(series -> random.nextInt(3) > 0).toArray());
            long from = random.nextInt(300);
            TimeRange range = random.nextInt(3) == 0 ? TimeRange.ALL : new TimeRange(from, from + random.nextInt(200));
            boolean ascending = random.nextBoolean();
            int limit = random.nextInt(3);
            ScanRequest request = new ScanRequest(DATABASE, SHARD, "m", some, List.of("v"), range, ascending, limit);
            try (SeriesScan scan = store().openScan(request)) {
                while (scan.nextSeries()) {
                    if (random.nextInt(4) == 0) {
                        continue;
                    }
                    NavigableMap<Long, Double> rows =
                            bySeries.get(scan.series()).subMap(range.minNanos(), true, range.maxNanos(), true);
                    List<Double> expected = new ArrayList<>((ascending ? rows : rows.descendingMap()).values());
                    assertThat(values(scan))
                            .as("%s of series %d", request, scan.series())
                            .isEqualTo(limit == 0 ? expected : expected.subList(0, Math.min(limit, expected.size())));
                }
            }
        }
    }

    private static List<Double> values(SeriesScan scan) {
        List<Double> values = new ArrayList<>();
        for (ColumnBatch batch = scan.nextBatch(); batch != null; batch = scan.nextBatch()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                values.add(((DoubleColumn) batch.column(1)).get(row));
            }
        }
        return values;
    }

    private List<String> first(int rows, boolean ascending, TimeRange range, String... fields) {
        return rows(
                store(),
                new ScanRequest(
                        DATABASE,
                        SHARD,
                        "m",
                        select("m", SeriesSelector.ALL),
                        List.of(fields),
                        range,
                        ascending,
                        rows));
    }

    @Test
    default void scanOfManyRowsGivesEachOnce() {
        StringBuilder lines = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            lines.append("m v=").append(i).append(" ").append(i * 10L).append('\n');
            expected.add("m " + i * 10L + " " + (double) i);
        }
        append(store(), lines.toString());
        assertThat(rows(store(), "m", "v")).isEqualTo(expected);
        settle();
        append(store(), "m v=-1 50000\nm v=-2 50005");
        expected.set(5000, "m 50000 -1.0");
        expected.add(5001, "m 50005 -2.0");
        assertThat(rows(store(), "m", "v")).isEqualTo(expected);
        settle();
        assertThat(rows(store(), "m", "v")).isEqualTo(expected);
    }

    @Test
    default void openScanSeesWhatWasAcknowledgedBeforeAndNothingTwice() {
        append(store(), "m v=1 1\nm v=2 2");
        ScanRequest request = new ScanRequest(
                DATABASE, SHARD, "m", select("m", SeriesSelector.ALL), List.of("v"), TimeRange.ALL, true);
        try (SeriesScan scan = store().openScan(request)) {
            settle();
            assertThat(scan.nextSeries()).isTrue();
            settle();
            int count = 0;
            for (var batch = scan.nextBatch(); batch != null; batch = scan.nextBatch()) {
                count += batch.rowCount();
                settle();
            }
            assertThat(count).isEqualTo(2);
            assertThat(scan.nextSeries()).isFalse();
        }
    }

    @Test
    default void nextSeriesWhenRowsAreLeftThenTheyArePassedOver() {
        append(store(), "m,t=a v=1 1\nm,t=b v=2 1");
        settle();
        ScanRequest request = new ScanRequest(
                DATABASE, SHARD, "m", select("m", SeriesSelector.ALL), List.of("v"), TimeRange.ALL, true);
        try (SeriesScan scan = store().openScan(request)) {
            assertThat(scan.nextSeries()).isTrue();
            assertThat(scan.nextSeries()).isTrue();
            assertThat(scan.nextBatch()).isNotNull();
            assertThat(scan.nextBatch()).isNull();
            assertThat(scan.nextSeries()).isFalse();
        }
    }

    @Test
    default void appendWhenPointHasNoShardThenItIsNotStored() {
        PointBatch points = StoreFixture.points(SHARD, "m v=1 1\nn v=2 2");
        points.assignShard(0, 0);
        assertThat(store().append(DATABASE, points)).isEqualTo(AppendOutcome.COMPLETE);
        settle();
        assertThat(store().measurements(DATABASE)).containsExactly("n");
    }

    @Test
    default void appendWhenFieldIsHiddenThenTheOthersAreStored() {
        PointBatch points = StoreFixture.points(SHARD, "m time=1,v=2 5");
        points.hideColumn(points.columnStart(points.layout(0)));
        store().append(DATABASE, points);
        settle();
        assertThat(store().schema(SHARD, "m").fields()).containsOnlyKeys("v");
        assertThat(rows(store(), "m", "v", "time")).containsExactly("m 5 2.0 -");
    }

    @Test
    default void appendOfNothingStoresNothing() {
        assertThat(store().append(DATABASE, new PointBatch())).isEqualTo(AppendOutcome.COMPLETE);
        assertThat(store().measurements(DATABASE)).isEmpty();
    }
}
