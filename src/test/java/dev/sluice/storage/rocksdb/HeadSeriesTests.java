package dev.sluice.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.codec.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeadSeriesTests {

    private static final byte[] NOTHING = new byte[0];

    private final ShardSchemas.Fields fields = new ShardSchemas().fields(1, 1, "m");
    private final FieldLayout both = layout("a", "b");
    private final FieldLayout onlyB = layout("b");
    private final HeadSeries series = new HeadSeries(fields);

    private FieldLayout layout(String... names) {
        int[] ids = new int[names.length];
        byte[] types = new byte[names.length];
        for (int i = 0; i < names.length; i++) {
            ids[i] = fields.add(names[i], FieldType.INTEGER).id();
            types[i] = FieldType.INTEGER.code();
        }
        return fields.layout(new FieldLayout(ids, types));
    }

    private void add(FieldLayout layout, long time, long... values) {
        synchronized (series) {
            series.addLocked(layout, time, values, 0, NOTHING);
        }
    }

    private static String text(Rows rows) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.rowCount(); row++) {
            text.append(row == 0 ? "" : " ").append(rows.times().get(row)).append(':');
            for (int i = 0; i < rows.columns().size(); i++) {
                LongColumn column = (LongColumn) rows.columns().get(i);
                text.append(i == 0 ? "" : ",").append(column.isNull(row) ? "-" : column.get(row));
            }
        }
        return text.toString();
    }

    @Test
    void rowsWhenThereAreNoneThenNull() {
        assertThat(series.rows()).isNull();
    }

    @Test
    void rowsWhenLayoutsTakeTurnsThenMissingFieldsAreNull() {
        add(both, 1, 10, 20);
        add(onlyB, 2, 21);
        add(both, 3, 12, 22);
        assertThat(text(series.rows())).isEqualTo("1:10,20 2:-,21 3:12,22");
    }

    @Test
    void rowsWhenTimesRepeatThenLaterFieldsWinAndOthersStay() {
        add(both, 5, 1, 2);
        add(both, 1, 3, 4);
        add(onlyB, 5, 9);
        assertThat(text(series.rows())).isEqualTo("1:3,4 5:1,9");
    }

    @Test
    void rowsWhenManyThenARangeIsCutOutAndViewsStayAsTheyAre() {
        StringBuilder expected = new StringBuilder();
        for (int time = 0; time < 1000; time++) {
            add(both, time, time, 2L * time);
            if (time >= 60 && time < 70) {
                expected.append(expected.isEmpty() ? "" : " ").append(time + ":" + time + "," + 2 * time);
            }
            if (time == 69) {
                Rows early = series.rows(new TimeRange(60, 69), null);
                add(both, 70, 70, 140);
                time++;
                assertThat(text(early)).isEqualTo(expected.toString());
            }
        }
        assertThat(text(series.rows(new TimeRange(60, 69), null))).isEqualTo(expected.toString());
        assertThat(series.rows().rowCount()).isEqualTo(1000);
    }

    @Test
    void rowsWhenOnlySomeFieldsAreWantedThenOthersAreLeftOut() {
        add(both, 1, 10, 20);
        assertThat(text(series.rows(TimeRange.ALL, new int[] {1}))).isEqualTo("1:20");
    }

    @Test
    void rowsWhenStringsThenTheirBytesAreCopied() {
        int id = fields.add("s", FieldType.STRING).id();
        FieldLayout texts = fields.layout(new FieldLayout(new int[] {id}, new byte[] {FieldType.STRING.code()}));
        byte[] arena = "abcdef".getBytes(StandardCharsets.US_ASCII);
        for (int row = 0; row < 100; row++) {
            synchronized (series) {
                series.addLocked(texts, row, new long[] {PointBatch.stringBits(row % 5, 2)}, 0, arena);
            }
        }
        arena[0] = 'x';
        StringColumn column = (StringColumn) series.rows().columns().get(0);
        assertThat(column.get(0)).isEqualTo("ab".getBytes(StandardCharsets.US_ASCII));
        assertThat(column.get(99)).isEqualTo("ef".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void rowsWhenTheyComeInAnyOrderAndAreReadInBetweenThenTheyAreInOrderAndViewsStayAsTheyAre() {
        SplittableRandom random = new SplittableRandom(7);
        TreeMap<Long, long[]> expected = new TreeMap<>();
        List<Rows> views = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            long time = i / 2 + random.nextInt(i % 500 == 0 ? 2000 : 40);
            long[] row = expected.computeIfAbsent(time, fresh -> new long[] {Long.MIN_VALUE, 0});
            row[1] = i;
            if (random.nextInt(3) == 0) {
                row[0] = -i;
                add(both, time, -i, i);
            } else {
                add(onlyB, time, i);
            }
            if (random.nextInt(100) == 0) {
                views.add(series.rows());
                texts.add(text(expected));
            }
        }
        assertThat(text(series.rows())).isEqualTo(text(expected));
        for (int i = 0; i < views.size(); i++) {
            assertThat(text(views.get(i))).isEqualTo(texts.get(i));
        }
    }

    private static String text(TreeMap<Long, long[]> rows) {
        return rows.entrySet().stream()
                .map(row -> row.getKey() + ":" + (row.getValue()[0] == Long.MIN_VALUE ? "-" : "" + row.getValue()[0])
                        + "," + row.getValue()[1])
                .collect(Collectors.joining(" "));
    }

    @Test
    void orderWhenTimesRepeatThenRowsKeepTheirOrder() {
        assertThat(TimeOrder.of(new long[] {9, 5, 7, 7, 1, 5, 8, 1}, 1, 8)).containsExactly(4, 7, 1, 5, 2, 3, 6);
        assertThat(TimeOrder.of(new long[0], 0, 0)).isEmpty();
    }
}
