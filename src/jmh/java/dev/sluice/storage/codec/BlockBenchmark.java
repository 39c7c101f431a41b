package dev.sluice.storage.codec;

import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time per row of a full block with times and one column. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BlockBenchmark {

    private static final int ROWS = Block.MAX_ROWS;

    /** What the column holds. */
    @Param({"integer", "decimal", "float"})
    public String values = "";

    private Rows rows = new Rows(LongColumn.wrapWithoutCopy(new long[0], 0), new int[0], List.of(), List.of());
    private byte[] block = new byte[0];

    @Setup
    public void makeRows() {
        Random random = new Random(1);
        long[] times = new long[ROWS];
        long[] integers = new long[ROWS];
        double[] doubles = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            times[row] = 1_451_606_400_000_000_000L + row * 10_000_000_000L;
            integers[row] = random.nextInt(100);
            doubles[row] = values.equals("decimal") ? random.nextInt(1_000_000) / 10_000.0 : random.nextDouble();
        }
        boolean whole = values.equals("integer");
        Column column =
                whole ? LongColumn.wrapWithoutCopy(integers, ROWS) : DoubleColumn.wrapWithoutCopy(doubles, ROWS);
        rows = new Rows(
                LongColumn.wrapWithoutCopy(times, ROWS),
                new int[1],
                List.of(whole ? FieldType.INTEGER : FieldType.FLOAT),
                List.of(column));
        block = BlockWriter.write(rows);
        if (decode().length() != ROWS) {
            throw new IllegalStateException("the block is not what was meant");
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public byte[] encode() {
        return BlockWriter.write(rows);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Column decode() {
        Block opened = Block.open(block);
        opened.decodeTimes();
        return opened.decode(0);
    }
}
