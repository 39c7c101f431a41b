package dev.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.lineprotocol.LineProtocolParser;
import dev.sluice.model.DatabaseId;
import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.Precision;
import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Writes text into a store and reads text out of it, checking on the way that scans keep what {@link SeriesScan} says. */
public final class StoreFixture {

    public static final DatabaseId DATABASE = new DatabaseId(1);
    public static final ShardId SHARD = new ShardId(7);

    private StoreFixture() {}

    /** Points of line protocol with timestamps in nanoseconds, all of one shard. */
    public static PointBatch points(ShardId shard, String lines) {
        byte[] body = lines.getBytes(StandardCharsets.UTF_8);
        var parsed = LineProtocolParser.parse(body, body.length, Precision.NANOSECONDS, 0);
        assertThat(parsed.failures()).as("lines of the test").isNull();
        PointBatch points = parsed.points();
        for (int point = 0; point < points.pointCount(); point++) {
            points.assignShard(point, shard.value());
        }
        return points;
    }

    public static AppendOutcome append(PointAppender store, String lines) {
        return store.append(DATABASE, points(SHARD, lines));
    }

    public static AppendOutcome append(PointAppender store, ShardId shard, String lines) {
        return store.append(DATABASE, points(shard, lines));
    }

    /** Copies the folder of an open store at a moment when RocksDB's list of files and its copy are the same. */
    public static void copyOpen(Path from, Path to) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            FileSystemUtils.deleteRecursively(to);
            try {
                copy(from, to);
            } catch (IOException | UncheckedIOException fileGone) {
                return false;
            }
            Path data = to.resolve("data");
            String manifest = Files.readString(data.resolve("CURRENT")).strip();
            Path copy = data.resolve("manifest-copy").resolve(manifest);
            return Files.exists(copy)
                    && Files.mismatch(data.resolve(manifest), copy) < 0
                    && Files.mismatch(from.resolve("data").resolve(manifest), copy) < 0;
        });
    }

    /** Copies a folder with all that is in it. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Every row of a measurement as {@code key time value…}, with {@code -} for null. */
    public static List<String> rows(SeriesReader store, String measurement, String... fields) {
        return rows(store, SHARD, measurement, TimeRange.ALL, true, fields);
    }

    public static List<String> rows(
            SeriesReader store,
            ShardId shard,
            String measurement,
            TimeRange range,
            boolean ascending,
            String... fields) {
        SeriesSet series = store.select(DATABASE, measurement, SeriesSelector.ALL);
        return rows(store, new ScanRequest(DATABASE, shard, measurement, series, List.of(fields), range, ascending));
    }

    /** What a request reads, with every promise of the scan checked. */
    public static List<String> rows(SeriesReader store, ScanRequest request) {
        List<String> rows = new ArrayList<>();
        MeasurementSchema schema = store.schema(request.shard(), request.measurement());
        try (SeriesScan scan = store.openScan(request)) {
            int lastSeries = -1;
            while (scan.nextSeries()) {
                assertThat(scan.series()).as("series ascend").isGreaterThan(lastSeries);
                assertThat(request.series().contains(scan.series())).isTrue();
                lastSeries = scan.series();
                String key = store.seriesKey(request.database(), lastSeries).canonical();
                Long lastTime = null;
                while (true) {
                    BatchStatistics statistics = scan.peekStatistics();
                    ColumnBatch batch = scan.nextBatch();
                    if (batch == null) {
                        assertThat(statistics).as("statistics of no batch").isNull();
                        break;
                    }
                    checkTypes(request, schema, batch);
                    lastTime = checkTimes(request, batch, lastTime);
                    if (statistics != null) {
                        checkStatistics(request, schema, batch, statistics);
                    }
                    for (int row = 0; row < batch.rowCount(); row++) {
                        rows.add(key + " " + row(request, batch, row));
                    }
                }
                assertThat(scan.nextBatch()).as("the end stays the end").isNull();
            }
            scan.close();
        }
        return rows;
    }

    private static String row(ScanRequest request, ColumnBatch batch, int row) {
        StringBuilder text = new StringBuilder();
        boolean anyValue = request.fields().isEmpty();
        for (int column = 0; column < batch.columns().size(); column++) {
            Object value = value(batch.column(column), row);
            anyValue |= column > 0 && value != null;
            text.append(column == 0 ? "" : " ").append(value == null ? "-" : value);
        }
        assertThat(anyValue).as("a row has a value: %s", text).isTrue();
        return text.toString();
    }

    /** A value of a column as an object, null for null. */
    public static @Nullable Object value(Column column, int row) {
        if (column.isNull(row)) {
            return null;
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

    private static void checkTypes(ScanRequest request, MeasurementSchema schema, ColumnBatch batch) {
        assertThat(batch.rowCount()).isPositive();
        assertThat(batch.columns()).hasSize(request.fields().size() + 1);
        assertThat(batch.column(0)).isInstanceOf(LongColumn.class);
        for (int i = 0; i < request.fields().size(); i++) {
            FieldType type = schema.fields().getOrDefault(request.fields().get(i), FieldType.FLOAT);
            Class<? extends Column> expected =
                    switch (type) {
                        case FLOAT -> DoubleColumn.class;
                        case INTEGER, UNSIGNED -> LongColumn.class;
                        case BOOLEAN -> BooleanColumn.class;
                        case STRING -> StringColumn.class;
                    };
            assertThat(batch.column(i + 1)).isInstanceOf(expected);
        }
    }

    private static Long checkTimes(ScanRequest request, ColumnBatch batch, @Nullable Long lastTime) {
        Long last = lastTime;
        LongColumn times = (LongColumn) batch.column(0);
        for (int row = 0; row < batch.rowCount(); row++) {
            long time = times.get(row);
            assertThat(request.range().contains(time)).as("time within range").isTrue();
            if (last != null) {
                assertThat(Long.compare(time, last)).as("order of times").isEqualTo(request.ascending() ? 1 : -1);
            }
            last = time;
        }
        return last == null ? 0L : last;
    }

    private static void checkStatistics(
            ScanRequest request, MeasurementSchema schema, ColumnBatch batch, BatchStatistics statistics) {
        int count = batch.rowCount();
        LongColumn times = (LongColumn) batch.column(0);
        long first = times.get(request.ascending() ? 0 : count - 1);
        long last = times.get(request.ascending() ? count - 1 : 0);
        assertThat(statistics.rowCount()).isEqualTo(count);
        assertThat(statistics.timeRange()).isEqualTo(new TimeRange(first, last));
        for (int field = 0; field < request.fields().size(); field++) {
            FieldType type = schema.fields().getOrDefault(request.fields().get(field), FieldType.FLOAT);
            checkStatistics(field, type, request.ascending(), batch, statistics);
        }
    }

    private static void checkStatistics(
            int field, FieldType type, boolean ascending, ColumnBatch batch, BatchStatistics statistics) {
        LongColumn times = (LongColumn) batch.column(0);
        Column column = batch.column(field + 1);
        int count = 0;
        int first = -1;
        int last = -1;
        int min = -1;
        int max = -1;
        long sum = 0;
        double doubleSum = 0;
        for (int i = 0; i < batch.rowCount(); i++) {
            int row = ascending ? i : batch.rowCount() - 1 - i;
            Object value = value(column, row);
            if (value == null) {
                continue;
            }
            count++;
            first = first < 0 ? row : first;
            last = row;
            if (type != FieldType.STRING) {
                min = min < 0 || compare(type, value, value(column, min)) < 0 ? row : min;
                max = max < 0 || compare(type, value, value(column, max)) > 0 ? row : max;
                doubleSum += value instanceof Double number ? number : 0;
                sum += value instanceof Double ? 0 : bits(value);
            }
        }
        assertThat(statistics.valueCount(field)).as("values of field %d", field).isEqualTo(count);
        if (count == 0 || type == FieldType.STRING) {
            return;
        }
        if (type.isNumeric()) {
            assertThat(statistics.sumBits(field))
                    .isEqualTo(type == FieldType.FLOAT ? Double.doubleToRawLongBits(doubleSum) : sum);
        }
        if (statistics.hasExtremes(field)) {
            assertThat(statistics.minBits(field)).isEqualTo(bits(value(column, min)));
            assertThat(statistics.minTimeNanos(field)).isEqualTo(times.get(min));
            assertThat(statistics.maxBits(field)).isEqualTo(bits(value(column, max)));
            assertThat(statistics.maxTimeNanos(field)).isEqualTo(times.get(max));
            assertThat(statistics.firstBits(field)).isEqualTo(bits(value(column, first)));
            assertThat(statistics.firstTimeNanos(field)).isEqualTo(times.get(first));
            assertThat(statistics.lastBits(field)).isEqualTo(bits(value(column, last)));
            assertThat(statistics.lastTimeNanos(field)).isEqualTo(times.get(last));
        }
    }

    private static int compare(FieldType type, @Nullable Object a, @Nullable Object b) {
        if (type == FieldType.FLOAT) {
            double x = Double.longBitsToDouble(bits(a));
            double y = Double.longBitsToDouble(bits(b));
            return x < y ? -1 : x > y ? 1 : 0;
        }
        return type == FieldType.UNSIGNED ? Long.compareUnsigned(bits(a), bits(b)) : Long.compare(bits(a), bits(b));
    }

    private static long bits(@Nullable Object value) {
        if (value instanceof Double number) {
            return Double.doubleToRawLongBits(number);
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        assertThat(value).isInstanceOf(Long.class);
        return (Long) value;
    }
}
