package dev.sluice.query.function;

import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
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

/** Time per value that is added to the buckets of GROUP BY time(1h), of values 10 s apart. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WindowBenchmark {

    private static final int ROWS = 8640;
    private static final int ROWS_OF_A_BUCKET = 360;

    /** The function. */
    @Param({"count", "mean", "max", "last", "spread"})
    public String function = "";

    private LongColumn times = LongColumn.wrapWithoutCopy(new long[0], 0);
    private DoubleColumn values = DoubleColumn.wrapWithoutCopy(new double[0], 0);
    private SlotAccumulator slots = new CountFunction()
            .newSlots(
                    FieldType.FLOAT,
                    new CallSetting(new Call("count", List.of(new VarRef("v", null))), null, TimeRange.ALL, true));

    @Setup
    public void makeRows() {
        Random random = new Random(1);
        long[] instants = new long[ROWS];
        double[] numbers = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            instants[row] = row * 10_000_000_000L;
            numbers[row] = random.nextDouble();
        }
        times = LongColumn.wrapWithoutCopy(instants, ROWS);
        values = DoubleColumn.wrapWithoutCopy(numbers, ROWS);
        Call call = new Call(function, List.of(new VarRef("v", null)));
        slots = ((BucketFunction) FunctionRegistry.of(call))
                .newSlots(FieldType.FLOAT, new CallSetting(call, null, TimeRange.ALL, true));
        if (addDay().isEmpty(ROWS / ROWS_OF_A_BUCKET - 1)) {
            throw new IllegalStateException("the last bucket is empty");
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public SlotAccumulator addDay() {
        slots.clear();
        slots.ensureSlots(ROWS / ROWS_OF_A_BUCKET);
        for (int bucket = 0; bucket < ROWS / ROWS_OF_A_BUCKET; bucket++) {
            int start = bucket * ROWS_OF_A_BUCKET;
            slots.add(bucket, times, values, start, start + ROWS_OF_A_BUCKET);
        }
        slots.endSeries();
        return slots;
    }
}
