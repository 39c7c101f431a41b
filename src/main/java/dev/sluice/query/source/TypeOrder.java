package dev.sluice.query.source;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.DoubleColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import java.util.List;

/** What becomes of a field that has different types in different shards: float, integer, unsigned, string, boolean win in this order. */
public final class TypeOrder {

    private static final List<FieldType> STRONGEST_FIRST =
            List.of(FieldType.FLOAT, FieldType.INTEGER, FieldType.UNSIGNED, FieldType.STRING, FieldType.BOOLEAN);

    private TypeOrder() {}

    static FieldType stronger(FieldType one, FieldType other) {
        return STRONGEST_FIRST.indexOf(one) <= STRONGEST_FIRST.indexOf(other) ? one : other;
    }

    /** Whether columns of one type can be read as the other as they are. */
    static boolean isSameColumn(FieldType stored, FieldType wanted) {
        boolean bothLong = (stored == FieldType.INTEGER || stored == FieldType.UNSIGNED)
                && (wanted == FieldType.INTEGER || wanted == FieldType.UNSIGNED);
        return stored == wanted || bothLong;
    }

    /** The column with the wanted type: numbers are converted, what cannot be is null. */
    public static Column convert(Column column, FieldType wanted) {
        switch (wanted) {
            case FLOAT -> {
                if (column instanceof DoubleColumn) {
                    return column;
                }
                if (column instanceof LongColumn longs) {
                    return toDoubles(longs);
                }
            }
            case INTEGER, UNSIGNED -> {
                if (column instanceof LongColumn) {
                    return column;
                }
                if (column instanceof DoubleColumn doubles) {
                    return toLongs(doubles);
                }
            }
            case STRING -> {
                if (column instanceof StringColumn) {
                    return column;
                }
            }
            case BOOLEAN -> {
                if (column instanceof BooleanColumn) {
                    return column;
                }
            }
        }
        return nulls(wanted, column.length());
    }

    private static Column toDoubles(LongColumn longs) {
        DoubleColumnBuilder doubles = new DoubleColumnBuilder();
        for (int row = 0; row < longs.length(); row++) {
            if (longs.isNull(row)) {
                doubles.appendNull();
            } else {
                doubles.append(longs.get(row));
            }
        }
        return doubles.build();
    }

    private static Column toLongs(DoubleColumn doubles) {
        LongColumnBuilder longs = new LongColumnBuilder();
        for (int row = 0; row < doubles.length(); row++) {
            if (doubles.isNull(row)) {
                longs.appendNull();
            } else {
                longs.append((long) doubles.get(row));
            }
        }
        return longs.build();
    }

    static Column nulls(FieldType type, int length) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (int row = 0; row < length; row++) {
            builder.appendNull();
        }
        return builder.build();
    }
}
