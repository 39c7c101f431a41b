package dev.sluice.http.encoding;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.StringColumn;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Series and batches for encoder tests. */
final class Results {

    private Results() {}

    /** What an encoder makes of the calls. */
    static byte[] encode(EncodingOptions options, Consumer<ResultEncoder> calls) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ResultEncoder encoder = ResultEncoder.create(options, new AnswerStream(bytes))) {
            calls.accept(encoder);
            encoder.finish();
        }
        return bytes.toByteArray();
    }

    static String text(EncodingOptions options, Consumer<ResultEncoder> calls) {
        return new String(encode(options, calls), StandardCharsets.UTF_8);
    }

    static SeriesHeader header(String name, Map<String, String> tags, String... columns) {
        return new SeriesHeader(name, tags, List.of(columns), columns[0].equals("time"), new BitSet(), ZoneOffset.UTC);
    }

    static void statement(ResultEncoder encoder, int id, Runnable results) {
        encoder.beginStatement(id);
        results.run();
        encoder.endStatement();
    }

    static ColumnBatch batch(Column... columns) {
        return ColumnBatch.of(columns);
    }

    static LongColumn longs(long... values) {
        return LongColumn.wrapWithoutCopy(values, values.length);
    }

    static LongColumn seconds(long... values) {
        return longs(Arrays.stream(values).map(value -> value * 1_000_000_000L).toArray());
    }

    static LongColumn longsOrNulls(Long... values) {
        long[] nulls = NullMask.allocate(values.length);
        long[] array = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                NullMask.set(nulls, i);
            } else {
                array[i] = values[i];
            }
        }
        return LongColumn.wrapWithoutCopy(array, nulls, array.length);
    }

    static DoubleColumn doubles(double... values) {
        return DoubleColumn.wrapWithoutCopy(values, values.length);
    }

    static BooleanColumn booleans(boolean... values) {
        return BooleanColumn.wrapWithoutCopy(values, values.length);
    }

    static StringColumn strings(String... values) {
        return StringColumn.of(Arrays.asList(values));
    }
}
