package dev.sluice.query.function;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.BooleanColumnBuilder;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.DoubleColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import dev.sluice.query.kernel.StringColumnBuilder;

/**
 * Collects the points a function emits. The type of the values is the function's result type; emitting another one is a
 * programming error and fails with a {@link ClassCastException}. Not thread-safe.
 */
public final class PointSink {

    /** The ordinal of a point that is not one of the input's. */
    public static final int COMPUTED = -1;

    private final LongColumnBuilder times = new LongColumnBuilder();
    private final LongColumnBuilder ordinals = new LongColumnBuilder();
    private final ColumnBuilder values;

    public PointSink(FieldType type) {
        this.values = ColumnBuilder.of(type);
    }

    public void emit(long timeNanos, double value) {
        times.append(timeNanos);
        ordinals.append(COMPUTED);
        ((DoubleColumnBuilder) values).append(value);
    }

    /** Emits an integer, signed or unsigned. */
    public void emit(long timeNanos, long value) {
        times.append(timeNanos);
        ordinals.append(COMPUTED);
        ((LongColumnBuilder) values).append(value);
    }

    public void emit(long timeNanos, boolean value) {
        times.append(timeNanos);
        ordinals.append(COMPUTED);
        ((BooleanColumnBuilder) values).append(value);
    }

    public void emit(long timeNanos, byte[] value) {
        times.append(timeNanos);
        ordinals.append(COMPUTED);
        ((StringColumnBuilder) values).append(value);
    }

    public void emitNull(long timeNanos) {
        times.append(timeNanos);
        ordinals.append(COMPUTED);
        values.appendNull();
    }

    /** Emits a row of a column of the result type. */
    public void emit(long timeNanos, Column source, int row) {
        times.append(timeNanos);
        ordinals.append(COMPUTED);
        values.appendFrom(source, row);
    }

    /**
     * Emits a selected point whose value is a number.
     *
     * @param bits of the value: of the double, or the integer itself
     */
    void emitSelected(int ordinal, long timeNanos, long bits) {
        times.append(timeNanos);
        ordinals.append(ordinal);
        if (values instanceof DoubleColumnBuilder doubles) {
            doubles.append(Double.longBitsToDouble(bits));
        } else {
            ((LongColumnBuilder) values).append(bits);
        }
    }

    /**
     * Emits a selected point.
     *
     * @param ordinal which of the bucket's rows it is, see {@link OrderedAccumulator#add}
     * @param timeNanos its time
     * @param source a column of the result type that holds its value
     * @param row where
     */
    public void emitSelected(int ordinal, long timeNanos, Column source, int row) {
        times.append(timeNanos);
        ordinals.append(ordinal);
        values.appendFrom(source, row);
    }

    /** Points emitted and not yet taken. */
    public int size() {
        return times.length();
    }

    /** What was emitted since the last call; the sink is empty afterwards. */
    public Points take() {
        return new Points(times.build(), values.build(), ordinals.build());
    }

    /**
     * Emitted points.
     *
     * @param times of the points
     * @param values of the points
     * @param ordinals for selected points which row of the bucket they are, else {@link #COMPUTED}
     */
    public record Points(LongColumn times, Column values, LongColumn ordinals) {}
}
