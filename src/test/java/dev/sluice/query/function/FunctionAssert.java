package dev.sluice.query.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.influxql.tree.Wildcard;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.query.QueryException;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.TimeBuckets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pushes points into one call and compares what comes out. Points are added in several runs, as an operator does it, so
 * that state across runs is exercised. Times are plain nanoseconds.
 */
final class FunctionAssert {

    private final Call call;
    private final FieldType type;
    private @Nullable TimeBuckets buckets;
    private boolean ascending = true;
    private final List<long[]> times = new ArrayList<>();
    private final List<Column> values = new ArrayList<>();

    private FunctionAssert(Call call, FieldType type) {
        this.call = call;
        this.type = type;
    }

    /** A call such as {@code "percentile(v, 50)"} on a field of the given type. */
    static FunctionAssert call(String text, FieldType type) {
        return new FunctionAssert((Call) InfluxqlParser.parseExpression(text), type);
    }

    /** Groups by time(interval). */
    FunctionAssert groupedBy(long intervalNanos) {
        buckets = new TimeBuckets(intervalNanos, 0, ZoneOffset.UTC);
        return this;
    }

    FunctionAssert descending() {
        ascending = false;
        return this;
    }

    /** One run of points; for bucket functions each run is one series. */
    FunctionAssert floats(long[] runTimes, double... run) {
        return run(runTimes, DoubleColumn.wrapWithoutCopy(run, run.length));
    }

    FunctionAssert integers(long[] runTimes, long... run) {
        return run(runTimes, LongColumn.wrapWithoutCopy(run, run.length));
    }

    FunctionAssert booleans(long[] runTimes, boolean... run) {
        return run(runTimes, BooleanColumn.wrapWithoutCopy(run, run.length));
    }

    FunctionAssert strings(long[] runTimes, String... run) {
        return run(runTimes, StringColumn.of(List.of(run)));
    }

    static long[] at(long... times) {
        return times;
    }

    private FunctionAssert run(long[] runTimes, Column run) {
        assertThat(run.length()).isEqualTo(runTimes.length);
        times.add(runTimes);
        values.add(run);
        return this;
    }

    /** All runs go into one bucket at time 0; the rows it yields, printed as {@code time value}. */
    void yields(String... rows) {
        Function function = Objects.requireNonNull(FunctionRegistry.find(call.name()), "no such function");
        PointSink sink;
        if (function instanceof StreamFunction stream) {
            sink = new PointSink(Objects.requireNonNull(stream.resultType(type)));
            runStream(stream, sink);
        } else {
            BucketFunction bucket = (BucketFunction) function;
            sink = new PointSink(Objects.requireNonNull(bucket.resultType(type)));
            if (bucket.commutes()) {
                runSlots(bucket, sink);
            } else {
                runOrdered(bucket, sink);
            }
        }
        assertThat(print(sink.take())).containsExactly(rows);
    }

    /** The argument type is refused. */
    void refusesType() {
        Function function = Objects.requireNonNull(FunctionRegistry.find(call.name()), "no such function");
        assertThat(
                        function instanceof StreamFunction stream
                                ? stream.resultType(type)
                                : ((BucketFunction) function).resultType(type))
                .isNull();
    }

    private void runStream(StreamFunction function, PointSink sink) {
        StreamTransform transform = function.newTransform(type, setting());
        // A first series must leave no trace in the second.
        transform.begin();
        addAll(transform, new PointSink(Objects.requireNonNull(function.resultType(type))));
        transform.begin();
        addAll(transform, sink);
    }

    private void addAll(StreamTransform transform, PointSink sink) {
        for (int i = 0; i < times.size(); i++) {
            LongColumn run = LongColumn.wrapWithoutCopy(times.get(i), times.get(i).length);
            transform.add(run, values.get(i), 0, run.length(), sink);
        }
        transform.finish(sink);
    }

    private void runSlots(BucketFunction function, PointSink sink) {
        SlotAccumulator slots = function.newSlots(type, setting());
        slots.ensureSlots(1);
        addAll(slots, 0);
        slots.clear();
        slots.ensureSlots(3);
        assertThat(slots.isEmpty(2)).isTrue();
        addAll(slots, 2);
        assertThat(slots.isEmpty(1)).isTrue();
        assertThat(slots.isEmpty(2)).isFalse();
        emit(function, slots, 2, sink);
        if (slots.merges()) {
            PointSink merged = new PointSink(Objects.requireNonNull(function.resultType(type)));
            runMerged(function, merged);
            assertThat(print(merged.take())).isEqualTo(print(sink.take()));
            emit(function, slots, 2, sink);
        }
    }

    /** A state for every run, which are made one. */
    private void runMerged(BucketFunction function, PointSink sink) {
        SlotAccumulator all = function.newSlots(type, setting());
        all.ensureSlots(2);
        for (int i = 0; i < times.size(); i++) {
            SlotAccumulator one = function.newSlots(type, setting());
            one.ensureSlots(3);
            add(one, 2, i);
            all.merge(1, one, 2);
        }
        assertThat(all.isEmpty(0)).isTrue();
        emit(function, all, 1, sink);
    }

    private void emit(BucketFunction function, SlotAccumulator slots, int slot, PointSink sink) {
        ColumnBuilder builder = ColumnBuilder.of(Objects.requireNonNull(function.resultType(type)));
        slots.appendResult(slot, builder);
        long time = function.kind() == BucketFunction.Kind.SELECTOR ? slots.timeNanos(slot) : 0;
        Column result = builder.build();
        if (result.isNull(0)) {
            sink.emitNull(time);
        } else {
            sink.emit(time, result, 0);
        }
    }

    private void addAll(SlotAccumulator slots, int slot) {
        for (int i = 0; i < times.size(); i++) {
            add(slots, slot, i);
        }
    }

    /** In two halves, as when a bucket spans batches. */
    private void add(SlotAccumulator slots, int slot, int number) {
        LongColumn run = LongColumn.wrapWithoutCopy(times.get(number), times.get(number).length);
        int middle = run.length() / 2;
        if (middle > 0) {
            slots.add(slot, run, values.get(number), 0, middle);
        }
        slots.add(slot, run, values.get(number), middle, run.length());
        slots.endSeries();
    }

    private void runOrdered(BucketFunction function, PointSink sink) {
        OrderedAccumulator bucket = function.newOrdered(type, setting());
        bucket.beginSeries();
        // A first bucket must leave no trace in the second.
        bucket.begin(0);
        addAll(bucket);
        bucket.finish(new PointSink(Objects.requireNonNull(function.resultType(type))));
        bucket.begin(0);
        addAll(bucket);
        bucket.finish(sink);
    }

    private void addAll(OrderedAccumulator bucket) {
        for (int i = 0; i < times.size(); i++) {
            LongColumn run = LongColumn.wrapWithoutCopy(times.get(i), times.get(i).length);
            bucket.add(run, values.get(i), 0, run.length());
        }
    }

    private CallSetting setting() {
        return new CallSetting(call, buckets, TimeRange.ALL, ascending);
    }

    private List<String> print(PointSink.Points points) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < points.times().length(); i++) {
            rows.add(points.times().get(i) + " " + print(points.values(), i));
        }
        return rows;
    }

    private static String print(Column column, int row) {
        if (column.isNull(row)) {
            return "null";
        }
        if (column instanceof DoubleColumn doubles) {
            return Double.toString(doubles.get(row));
        }
        if (column instanceof LongColumn longs) {
            return Long.toString(longs.get(row));
        }
        return column instanceof BooleanColumn booleans
                ? Boolean.toString(booleans.get(row))
                : ((StringColumn) column).getString(row);
    }

    // ------------------------------------------------------------------ arguments

    /** The call passes its checks in a statement without GROUP BY time(). */
    static void assertAccepted(String text) {
        check(text, false);
    }

    /** The call is refused with a message in a statement without GROUP BY time(). */
    static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> check(text, false))
                .isInstanceOf(QueryException.class)
                .hasMessage(message);
    }

    /** The call passes its checks under GROUP BY time(). */
    static void assertAcceptedGroupedByTime(String text) {
        check(text, true);
    }

    /** The call is refused with a message under GROUP BY time(). */
    static void assertRefusedGroupedByTime(String text, String message) {
        assertThatThrownBy(() -> check(text, true))
                .isInstanceOf(QueryException.class)
                .hasMessage(message);
    }

    private static void check(String text, boolean groupsByTime) {
        Call call = (Call) InfluxqlParser.parseExpression(text);
        Objects.requireNonNull(FunctionRegistry.find(call.name()), "no such function")
                .checkArguments(call, new TestScope(groupsByTime));
    }

    private record TestScope(boolean groupsByTime) implements ArgumentScope {

        @Override
        public boolean inheritsInterval() {
            return false;
        }

        @Override
        public int limit() {
            return 2;
        }

        @Override
        public void checkField(String function, Expression argument) {
            if (!(argument instanceof VarRef || argument instanceof Wildcard || argument instanceof RegexLiteral)) {
                throw new QueryException("expected field argument in " + function + "()");
            }
        }

        @Override
        public void checkNested(Call inner) {
            Objects.requireNonNull(FunctionRegistry.find(inner.name()), "no such function")
                    .checkArguments(inner, this);
        }

        @Override
        public void noteAuxiliary() {}
    }
}
