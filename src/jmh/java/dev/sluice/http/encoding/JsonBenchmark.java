package dev.sluice.http.encoding;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesHeader;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time per row of an answer with a time as text, a float and an integer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonBenchmark {

    private static final int ROWS = 8192;
    private static final SeriesHeader HEADER =
            new SeriesHeader("cpu", Map.of(), List.of("time", "f", "i"), true, new BitSet(), ZoneOffset.UTC);

    private ColumnBatch batch = ColumnBatch.of(LongColumn.wrapWithoutCopy(new long[0], 0));

    @Setup
    public void makeRows() {
        Random random = new Random(1);
        long[] times = new long[ROWS];
        double[] floats = new double[ROWS];
        long[] integers = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
            times[row] = 1_451_606_400_000_000_000L + row * 10_000_000_000L;
            floats[row] = random.nextInt(1_000_000) / 10_000.0;
            integers[row] = random.nextInt(100);
        }
        batch = ColumnBatch.of(
                LongColumn.wrapWithoutCopy(times, ROWS),
                DoubleColumn.wrapWithoutCopy(floats, ROWS),
                LongColumn.wrapWithoutCopy(integers, ROWS));
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void encode() {
        AnswerStream nowhere = new AnswerStream(OutputStream.nullOutputStream());
        try (ResultEncoder encoder = ResultEncoder.create(EncodingOptions.of(ResponseFormat.JSON), nowhere)) {
            encoder.beginStatement(0);
            encoder.series(HEADER);
            encoder.rows(batch);
            encoder.endStatement();
            encoder.finish();
        }
    }
}
