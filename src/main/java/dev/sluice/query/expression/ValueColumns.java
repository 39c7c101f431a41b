package dev.sluice.query.expression;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.NullMask;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns made of values that were computed one by one. */
public final class ValueColumns {

    private ValueColumns() {}

    /** A column of a type; values of another kind than the type's are null. */
    public static Column of(FieldType type, @Nullable Object[] values) {
        int length = values.length;
        long[] nulls = NullMask.allocate(length);
        boolean anyNull = false;
        double[] doubles = new double[type == FieldType.FLOAT ? length : 0];
        long[] longs = new long[type == FieldType.INTEGER || type == FieldType.UNSIGNED ? length : 0];
        boolean[] booleans = new boolean[type == FieldType.BOOLEAN ? length : 0];
        List<@Nullable String> strings = new ArrayList<>();
        for (int row = 0; row < length; row++) {
            Object value = values[row];
            boolean known = true;
            switch (type) {
                case FLOAT -> {
                    known = value instanceof Number;
                    doubles[row] = value instanceof Number number ? number.doubleValue() : 0;
                }
                case INTEGER, UNSIGNED -> {
                    known = value instanceof Number;
                    longs[row] = value instanceof Number number ? number.longValue() : 0;
                }
                case BOOLEAN -> {
                    known = value instanceof Boolean;
                    booleans[row] = value instanceof Boolean bool && bool;
                }
                case STRING -> strings.add(value instanceof String text ? text : null);
            }
            if (!known) {
                NullMask.set(nulls, row);
                anyNull = true;
            }
        }
        long[] mask = anyNull ? nulls : null;
        return switch (type) {
            case FLOAT -> DoubleColumn.wrapWithoutCopy(doubles, mask, length);
            case INTEGER, UNSIGNED -> LongColumn.wrapWithoutCopy(longs, mask, length);
            case BOOLEAN -> BooleanColumn.wrapWithoutCopy(booleans, mask, length);
            case STRING -> StringColumn.of(strings);
        };
    }
}
