package dev.sluice.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTests {

    private static final int FROZEN_ROWS = 100;

    /** Rows with a column of each type; every third value of each column but the first is missing. */
    private static Rows rows(int count) {
        long[] times = new long[count];
        double[] floats = new double[count];
        long[] integers = new long[count];
        long[] unsigned = new long[count];
        boolean[] booleans = new boolean[count];
        byte[][] strings = new byte[count][];
        int[] indexes = new int[count];
        long[] nulls = NullMask.allocate(count);
        for (int row = 0; row < count; row++) {
            times[row] = 1_700_000_000_000_000_000L + row * 10_000_000_000L;
            floats[row] = row % 10 == 0 ? -0.0 : row * 0.25;
            integers[row] = (long) row * row - 50;
            unsigned[row] = -1L - row;
            booleans[row] = row % 7 < 3;
            strings[row] = ("state " + row % 4).getBytes(StandardCharsets.UTF_8);
            indexes[row] = row;
            if (row % 3 == 1) {
                NullMask.set(nulls, row);
            }
        }
        return new Rows(
                LongColumn.wrapWithoutCopy(times, count),
                new int[] {0, 1, 2, 5, 9},
                List.of(FieldType.FLOAT, FieldType.INTEGER, FieldType.UNSIGNED, FieldType.BOOLEAN, FieldType.STRING),
                List.of(
                        DoubleColumn.wrapWithoutCopy(floats, count),
                        LongColumn.wrapWithoutCopy(integers, nulls, count),
                        LongColumn.wrapWithoutCopy(unsigned, nulls, count),
                        BooleanColumn.wrapWithoutCopy(booleans, nulls, count),
                        StringColumn.wrapWithoutCopy(strings, indexes, nulls, count)));
    }

    private static Object value(Column column, int row) {
        if (column.isNull(row)) {
            return "null";
        }
        if (column instanceof StringColumn strings) {
            return strings.getString(row);
        }
        return ColumnStatistics.bits(column, row);
    }

    private static void assertHolds(Block block, Rows rows) {
        assertThat(block.rowCount()).isEqualTo(rows.rowCount());
        assertThat(block.decodeTimes().copyValues()).isEqualTo(rows.times().copyValues());
        for (int i = 0; i < block.columnCount(); i++) {
            assertThat(block.field(i)).isEqualTo(rows.fields()[i]);
            assertThat(block.type(i)).isEqualTo(rows.types().get(i));
            Column decoded = block.decode(i);
            for (int row = 0; row < rows.rowCount(); row++) {
                assertThat(value(decoded, row)).isEqualTo(value(rows.columns().get(i), row));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 64, 65, 256, 257, 4096})
    void rowsComeBack(int count) {
        Rows rows = rows(count);
        assertHolds(Block.open(BlockWriter.write(rows)), rows);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 300})
    void statisticsAreTheSameStoredOrComputed(int count) {
        Rows rows = rows(count);
        Block block = Block.open(BlockWriter.write(rows));
        ColumnStatistics expected =
                ColumnStatistics.of(rows.times(), rows.columns().get(1), FieldType.INTEGER);
        for (int i = 0; i < 9; i++) {
            assertThat(block.statistic(1, i)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void smallBlocksAreSmall() {
        assertThat(BlockWriter.write(rows(1)).length).isLessThan(120);
    }

    @Test
    void openWhenAnyBitHasChangedThenRefused() {
        byte[] bytes = BlockWriter.write(rows(200));
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            int bit = random.nextInt(bytes.length * 8);
            byte[] changed = bytes.clone();
            changed[bit >>> 3] ^= (byte) (1 << (bit & 7));
            assertThatThrownBy(() -> Block.open(changed)).isInstanceOf(CorruptBlockException.class);
        }
    }

    @Test
    void openWhenCutShortThenRefused() {
        byte[] bytes = BlockWriter.write(rows(50));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Block.open(cut)).isInstanceOf(CorruptBlockException.class);
        }
    }

    /** Bytes of this format must stay readable; a file of each format stands in the resources. */
    @Test
    void openWhenWrittenByFormat2ThenRead() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/blocks/format-2.bin")) {
            assertHolds(Block.open(Objects.requireNonNull(in).readAllBytes()), rows(FROZEN_ROWS));
        }
    }

    /** Writes the sample of the current format; run by hand when the format changes, with the path as argument. */
    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[0]), BlockWriter.write(rows(FROZEN_ROWS)));
    }
}
