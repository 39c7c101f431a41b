package dev.sluice.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.lineprotocol.LineProtocolParser;
import dev.sluice.model.DatabaseId;
import dev.sluice.model.PointBatch;
import dev.sluice.model.Precision;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.AppendOutcome;
import dev.sluice.storage.BatchStatistics;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesScan;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class RocksTimeSeriesStoreTests {

    private static final DatabaseId DATABASE = new DatabaseId(1);
    private static final ShardId SHARD = new ShardId(7);

    @TempDir
    private Path directory;

    private RocksTimeSeriesStore store;

    @BeforeEach
    void open() {
        store = RocksTimeSeriesStore.open(RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal")));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        open();
    }

    private AppendOutcome append(String lines) {
        byte[] body = lines.getBytes(StandardCharsets.UTF_8);
        PointBatch points = LineProtocolParser.parse(body, body.length, Precision.NANOSECONDS, 0)
                .points();
        for (int i = 0; i < points.pointCount(); i++) {
            points.assignShard(i, SHARD.value());
        }
        return store.append(DATABASE, points);
    }

    private List<String> rows(String measurement, boolean ascending, TimeRange range, String... fields) {
        List<String> rows = new ArrayList<>();
        try (SeriesScan scan = store.openScan(new ScanRequest(
                DATABASE,
                SHARD,
                measurement,
                store.select(DATABASE, measurement, SeriesSelector.ALL),
                List.of(fields),
                range,
                ascending))) {
            while (scan.nextSeries()) {
                for (ColumnBatch batch; (batch = scan.nextBatch()) != null; ) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        StringBuilder text = new StringBuilder(
                                store.seriesKey(DATABASE, scan.series()).canonical());
                        for (Column column : batch.columns()) {
                            text.append(' ').append(value(column, row));
                        }
                        rows.add(text.toString());
                    }
                }
            }
        }
        return rows;
    }

    private List<String> rows(String measurement, String... fields) {
        return rows(measurement, true, TimeRange.ALL, fields);
    }

    private static Object value(Column column, int row) {
        if (column.isNull(row)) {
            return "-";
        }
        if (column instanceof LongColumn longs) {
            return longs.get(row);
        }
        if (column instanceof DoubleColumn doubles) {
            return doubles.get(row);
        }
        if (column instanceof BooleanColumn booleans) {
            return booleans.get(row);
        }
        return ((StringColumn) column).getString(row);
    }

    @Test
    void rowsMergeByFieldWhetherInHeadOrBlocksOrReopened() {
        append("m,t=a a=1,b=2i 5\nm,t=a c=\"x\" 3\nm,t=a a=9 5");
        List<String> expected = List.of("m,t=a 3 - - x", "m,t=a 5 9.0 2 -");
        assertThat(rows("m", "a", "b", "c")).isEqualTo(expected);
        reopen();
        assertThat(rows("m", "a", "b", "c")).isEqualTo(expected);
        store.flush();
        append("m,t=a b=7i 5\nm,t=a d=true 4");
        assertThat(rows("m", "a", "b", "c", "d"))
                .containsExactly("m,t=a 3 - - x -", "m,t=a 4 - - - true", "m,t=a 5 9.0 7 - -");
        store.flush();
        reopen();
        assertThat(rows("m", "a", "b", "c", "d"))
                .containsExactly("m,t=a 3 - - x -", "m,t=a 4 - - - true", "m,t=a 5 9.0 7 - -");
    }

    @Test
    void scanWhenDescendingOrBoundedThenOnlyThoseRowsInThatOrder() {
        append("m v=1 1\nm v=2 2\nm v=3 3\nm v=4 4");
        store.flush();
        append("m v=2.5 2\nm v=5 5");
        assertThat(rows("m", false, new TimeRange(2, 5), "v"))
                .containsExactly("m 5 5.0", "m 4 4.0", "m 3 3.0", "m 2 2.5");
        assertThat(rows("m", true, new TimeRange(2, 3), "v")).containsExactly("m 2 2.5", "m 3 3.0");
    }

    @Test
    void appendWhenTypeConflictsThenPointIsLeftOutAndOthersStand() {
        append("m v=1 1");
        AppendOutcome outcome = append("m v=\"x\" 2\nm v=3 3");
        assertThat(outcome.rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason())
                        .isEqualTo("field type conflict: input field \"v\" on measurement \"m\" is type string, already"
                                + " exists as type float"));
        assertThat(rows("m", "v")).containsExactly("m 1 1.0", "m 3 3.0");
    }

    @Test
    void peekStatisticsWhenBlockStandsAloneThenExact() {
        append("m v=1,s=\"a\" 1\nm v=5 2\nm v=3 3");
        store.flush();
        try (SeriesScan scan = store.openScan(new ScanRequest(
                DATABASE,
                SHARD,
                "m",
                store.select(DATABASE, "m", SeriesSelector.ALL),
                List.of("v", "s"),
                TimeRange.ALL,
                true))) {
            assertThat(scan.nextSeries()).isTrue();
            BatchStatistics statistics = scan.peekStatistics();
            assertThat(statistics).isNotNull();
            assertThat(statistics.valueCount(0)).isEqualTo(3);
            assertThat(Double.longBitsToDouble(statistics.sumBits(0))).isEqualTo(9);
            assertThat(statistics.maxTimeNanos(0)).isEqualTo(2);
            assertThat(Double.longBitsToDouble(statistics.lastBits(0))).isEqualTo(3);
            assertThat(statistics.valueCount(1)).isEqualTo(1);
            assertThat(statistics.hasExtremes(1)).isFalse();
        }
    }

    @Test
    void removalsTakeSeriesOutOfTheIndexAndDoNotComeBack() {
        append("m,t=a v=1 1\nm,t=b v=2 2\nn v=1 1");
        store.deleteRange(
                DATABASE,
                List.of(SHARD),
                store.select(DATABASE, "m", new SeriesSelector.TagEquals("t", "a")),
                TimeRange.ALL);
        assertThat(store.tagValues(DATABASE, "m", "t")).containsExactly("b");
        reopen();
        assertThat(rows("m", "v")).containsExactly("m,t=b 2 2.0");
        assertThat(store.tagValues(DATABASE, "m", "t")).containsExactly("b");
        append("m,t=a v=5 9");
        reopen();
        assertThat(rows("m", "v")).containsExactly("m,t=a 9 5.0", "m,t=b 2 2.0");
        store.dropMeasurement(DATABASE, "m");
        assertThat(store.measurements(DATABASE)).containsExactly("n");
        assertThat(store.schema(SHARD, "m").fields()).isEmpty();
        store.dropDatabase(DATABASE);
        reopen();
        assertThat(store.measurements(DATABASE)).isEmpty();
    }

    @Test
    void compactMergesSmallBlocksAndKeepsEveryRow() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            StringBuilder lines = new StringBuilder();
            for (int row = 0; row < 100; row++) {
                lines.append("m v=")
                        .append(i)
                        .append(' ')
                        .append(i * 1000 + row)
                        .append('\n');
                expected.add("m " + (i * 1000 + row) + " " + (double) i);
            }
            append(lines.toString());
            append("other v=1 " + i);
            store.flush();
        }
        store.deleteRange(
                DATABASE, List.of(SHARD), store.select(DATABASE, "m", SeriesSelector.ALL), new TimeRange(5050, 5059));
        expected.removeIf(row -> row.matches("m 505\\d .*"));
        store.compact();
        assertThat(store.statistics().blockCount()).as("one block a series").isEqualTo(2);
        assertThat(rows("m", "v")).isEqualTo(expected);
        reopen();
        assertThat(rows("m", "v")).isEqualTo(expected);
        append("m v=7 5055");
        store.flush();
        assertThat(rows("m", true, new TimeRange(5050, 5059), "v")).containsExactly("m 5055 7.0");
    }

    @Test
    void filesOfNewSeriesDoNotPileUp() throws IOException {
        for (int i = 0; i < 100; i++) {
            append("m,t=" + i + " v=1 1");
            store.compact();
        }
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".sst")))
                    .as("files of six families")
                    .hasSizeLessThan(100);
        }
        assertThat(store.statistics().seriesCount()).isEqualTo(100);
        reopen();
        assertThat(store.statistics().seriesCount()).isEqualTo(100);
    }

    @Test
    void storeWhenLeftAloneThenPointsAreInFullBlocks() {
        store.close();
        store = RocksTimeSeriesStore.open(RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal"))
                .with(new RocksStoreOptions.Background(Duration.ofMillis(1), Duration.ofMillis(1), 0)));
        for (int i = 0; i < 5; i++) {
            append("m v=1 " + (100 - i));
            if (i < 4) {
                store.flush();
            }
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> store.statistics().headSizeInBytes() == 0
                        && store.statistics().blockCount() == 1);
        assertThat(rows("m", "v")).hasSize(5);
    }

    @Test
    void appendWhenHeadIsFullAndFlushDoesNotKeepUpThenRefused() {
        store.close();
        store = RocksTimeSeriesStore.open(RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal"))
                .with(new RocksStoreOptions.Memory(1L << 30, 1000, 8L << 20, 8L << 20)));
        append("m v=1 1");
        assertThatThrownBy(() -> append("m v=1 2\n".repeat(100)))
                .isInstanceOf(StorageException.class)
                .hasMessageMatching("engine: cache-max-memory-size exceeded: \\(\\d+/1000\\)");
        store.flush();
        append("m v=1 2");
        assertThat(rows("m", "v")).hasSize(2);
    }

    @Test
    void dropWhenPointsWereInFilesThenTheSpaceIsFree() {
        Random random = new Random(4);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            lines.append("m,t=")
                    .append(i % 50)
                    .append(" v=")
                    .append(random.nextDouble())
                    .append(' ')
                    .append(i)
                    .append('\n');
        }
        append(lines.toString());
        store.flush();
        reopen();
        assertThat(store.statistics().diskSizeInBytes()).isGreaterThan(100_000L);
        store.dropShard(DATABASE, SHARD);
        await().untilAsserted(
                        () -> assertThat(store.statistics().diskSizeInBytes()).isLessThan(10_000));
        reopen();
        assertThat(store.measurements(DATABASE)).isEmpty();
    }

    @Test
    void openWhenDirectoryIsInUseThenRefused() {
        assertThatThrownBy(() -> RocksTimeSeriesStore.open(
                        RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal"))))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("another process uses the data directory");
    }

    @Test
    void randomHistoryMatchesModel() {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            String measurement = "r" + seed;
            TreeMap<Long, Double> model = new TreeMap<>();
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(9)) {
                    case 0 -> store.flush();
                    case 1 -> {
                        long from = random.nextInt(2000);
                        long to = from + random.nextInt(300);
                        store.deleteRange(
                                DATABASE,
                                List.of(SHARD),
                                store.select(DATABASE, measurement, SeriesSelector.ALL),
                                new TimeRange(from, to));
                        model.subMap(from, true, to, true).clear();
                    }
                    case 2 -> {
                        if (random.nextInt(4) == 0) {
                            reopen();
                        }
                    }
                    case 3 -> store.compact();
                    default -> {
                        StringBuilder lines = new StringBuilder();
                        for (int i = 0; i < 100; i++) {
                            long time = random.nextInt(2000);
                            double value = random.nextBoolean() ? random.nextInt(100) : random.nextDouble();
                            lines.append(measurement)
                                    .append(" v=")
                                    .append(value)
                                    .append(' ')
                                    .append(time)
                                    .append('\n');
                            model.put(time, value);
                        }
                        append(lines.toString());
                    }
                }
            }
            List<String> expected = new ArrayList<>();
            model.forEach((time, value) -> expected.add(measurement + " " + time + " " + value));
            assertThat(rows(measurement, "v")).as("seed %d", seed).isEqualTo(expected);
            List<String> descending = new ArrayList<>(expected);
            Collections.reverse(descending);
            assertThat(rows(measurement, false, TimeRange.ALL, "v"))
                    .as("seed %d", seed)
                    .isEqualTo(descending);
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void closeWhenSpaceIsBeingFreedThenNothingIsWarnedOf(CapturedOutput output) {
        StringBuilder lines = new StringBuilder();
        Random random = new Random(7);
        for (int point = 0; point < 200_000; point++) {
            lines.append("m,host=").append(point % 100).append(" d=").append(random.nextDouble());
            lines.append(' ').append(point + 1).append('\n');
        }
        append(lines.toString());
        store.flush();
        for (int host = 0; host < 20; host++) {
            store.dropSeries(
                    DATABASE, store.select(DATABASE, "m", new SeriesSelector.TagEquals("host", String.valueOf(host))));
        }
        store.close();
        assertThat(output).doesNotContain("WARN");
    }
}
