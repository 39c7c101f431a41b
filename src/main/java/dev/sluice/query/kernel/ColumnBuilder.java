package dev.sluice.query.kernel;

import dev.sluice.column.Column;
import dev.sluice.model.FieldType;

/**
 * Grows a column row by row. {@link #build} hands the rows over and leaves the builder empty, so that one builder serves
 * batch after batch. Not thread-safe.
 */
public abstract sealed class ColumnBuilder
        permits DoubleColumnBuilder, LongColumnBuilder, BooleanColumnBuilder, StringColumnBuilder {

    /** A builder for values of a type. */
    public static ColumnBuilder of(FieldType type) {
        return switch (type) {
            case FLOAT -> new DoubleColumnBuilder();
            case INTEGER, UNSIGNED -> new LongColumnBuilder();
            case STRING -> new StringColumnBuilder();
            case BOOLEAN -> new BooleanColumnBuilder();
        };
    }

    /** Rows appended since the last {@link #build}. */
    public abstract int length();

    public abstract void appendNull();

    /** Appends a row of a column of the builder's own type. */
    public abstract void appendFrom(Column source, int row);

    /** Appends rows {@code start} to {@code end}, exclusive, of a column of the builder's own type. */
    public abstract void appendRange(Column source, int start, int end);

    /** Sets a row appended before to a row of a column of the builder's own type. */
    public abstract void set(int target, Column source, int row);

    /** The rows so far as a column; the builder is empty afterwards. */
    public abstract Column build();
}
