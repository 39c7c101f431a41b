package dev.sluice.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogEntryTests {

    private static final byte[] NOTHING = new byte[0];

    private static FieldLayout layout(int[] ids, FieldType... types) {
        byte[] codes = new byte[types.length];
        for (int i = 0; i < types.length; i++) {
            codes[i] = types[i].code();
        }
        return new FieldLayout(ids, codes);
    }

    private static List<String> read(byte[] entry) {
        List<String> points = new ArrayList<>();
        LogEntry.read(entry, new LogEntry.Visitor() {

            @Override
            public void database(long database) {
                points.add("database " + database);
            }

            @Override
            public void point(
                    long shard, int series, long timestampNanos, FieldLayout layout, long[] values, byte[] arena) {
                StringBuilder text = new StringBuilder(shard + " " + series + " @" + timestampNanos);
                for (int column = 0; column < layout.size(); column++) {
                    text.append(' ').append(layout.id(column)).append('=');
                    text.append(
                            layout.isString(column)
                                    ? new String(
                                            arena,
                                            PointBatch.stringOffset(values[column]),
                                            PointBatch.stringLength(values[column]),
                                            StandardCharsets.UTF_8)
                                    : String.valueOf(values[column]));
                }
                points.add(text.toString());
            }
        });
        return points;
    }

    @Test
    void readWhenWrittenThenGivesTheSamePoints() {
        byte[] arena = "xxhello".getBytes(StandardCharsets.UTF_8);
        FieldLayout numbers = layout(new int[] {0, 300}, FieldType.INTEGER, FieldType.FLOAT);
        FieldLayout others = layout(new int[] {2, 1, 4}, FieldType.STRING, FieldType.UNSIGNED, FieldType.BOOLEAN);
        long bits = Double.doubleToRawLongBits(-1.5);
        LogEntry entry = new LogEntry(7, 0);
        entry.add(5, 1, 1_000_000_000_000L, numbers, 0, new long[] {99, Long.MIN_VALUE, bits}, 1, NOTHING);
        entry.add(5, 2, -4, others, 1, new long[] {PointBatch.stringBits(2, 5), -1, 1}, 0, arena);
        entry.add(6, Integer.MAX_VALUE, Long.MAX_VALUE, numbers, 0, new long[] {Long.MAX_VALUE, 0}, 0, NOTHING);
        entry.add(5, 1, Long.MIN_VALUE, numbers, 0, new long[] {-1, -1}, 0, NOTHING);
        assertThat(read(entry.toByteArray()))
                .containsExactly(
                        "database 7",
                        "5 1 @1000000000000 0=-9223372036854775808 300=" + bits,
                        "5 2 @-4 2=hello 1=-1 4=1",
                        "6 2147483647 @9223372036854775807 0=9223372036854775807 300=0",
                        "5 1 @-9223372036854775808 0=-1 300=-1");
    }

    @Test
    void addWhenStringsAreLongThenTheEntryGrows() {
        byte[] arena = "a".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        FieldLayout texts = layout(new int[] {0, 1}, FieldType.STRING, FieldType.STRING);
        LogEntry entry = new LogEntry(1, 0);
        long[] values = {PointBatch.stringBits(0, 100_000), PointBatch.stringBits(5, 70_000)};
        entry.add(1, 1, 1, texts, 0, values, 0, arena);
        entry.add(1, 1, 2, texts, 0, values, 0, arena);
        assertThat(read(entry.toByteArray()))
                .hasSize(3)
                .last()
                .isEqualTo("1 1 @2 0=" + "a".repeat(100_000) + " 1=" + "a".repeat(70_000));
    }

    @Test
    void readWhenOfAnotherFormatThenIsRefused() {
        byte[] entry = new LogEntry(1, 0).toByteArray();
        entry[0] = 1;
        assertThatThrownBy(() -> read(entry))
                .isInstanceOf(StorageException.class)
                .hasMessage("log format 1 is not known, only " + LogEntry.FORMAT);
    }
}
