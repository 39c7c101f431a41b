package dev.sluice.query.expression;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.model.TagSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields and tags of the rows of one series. Moves over the rows of one batch after the other. Not thread-safe. */
public final class BatchRow implements RowValues {

    private final Map<String, FieldType> fields;
    private final List<String> columns;
    private TagSet tags = TagSet.EMPTY;
    private @Nullable ColumnBatch batch;
    private int row;

    /**
     * A view.
     *
     * @param fields every field of the source with its type; any other name is a tag's
     * @param columns names of the batches' columns after the first
     */
    public BatchRow(Map<String, FieldType> fields, List<String> columns) {
        this.fields = fields;
        this.columns = columns;
    }

    public void useSeries(TagSet newTags) {
        this.tags = newTags;
    }

    void useSeriesOf(BatchRow other) {
        this.tags = other.tags;
    }

    public void useBatch(ColumnBatch newBatch) {
        this.batch = newBatch;
    }

    public void moveTo(int newRow) {
        this.row = newRow;
    }

    @Override
    public @Nullable Object value(Expression leaf) {
        if (!(leaf instanceof VarRef reference)) {
            return null;
        }
        if (isTag(reference)) {
            return tags.valueOrEmpty(reference.name());
        }
        int column = columns.indexOf(reference.name());
        return column < 0 || batch == null ? null : cast(valueOf(batch.column(column + 1), row), reference.type());
    }

    /** What a column shows of a reference: as in a condition, but null for a tag that the series does not have. */
    public @Nullable Object shownValue(VarRef reference) {
        return isTag(reference) ? tags.find(reference.name()) : value(reference);
    }

    /** Whether a name is one of a tag. */
    public boolean isTag(VarRef reference) {
        return reference.namesTag(fields.keySet());
    }

    @Override
    public @Nullable FieldType type(Expression leaf) {
        if (!(leaf instanceof VarRef reference)) {
            return null;
        }
        return isTag(reference) ? FieldType.STRING : typeAfterCast(fields.get(reference.name()), reference.type());
    }

    /** The type of a field that is read as another; null when it cannot be. */
    public static @Nullable FieldType typeAfterCast(@Nullable FieldType stored, @Nullable DataType wanted) {
        if (stored == null || wanted == null || wanted == DataType.ANY_FIELD) {
            return stored;
        }
        FieldType target =
                switch (wanted) {
                    case FLOAT -> FieldType.FLOAT;
                    case INTEGER -> FieldType.INTEGER;
                    case UNSIGNED -> FieldType.UNSIGNED;
                    case STRING -> FieldType.STRING;
                    case BOOLEAN -> FieldType.BOOLEAN;
                    default -> null;
                };
        boolean numbers = target != null && target.isNumeric() && stored.isNumeric();
        return stored == target || numbers ? target : null;
    }

    private static @Nullable Object cast(@Nullable Object value, @Nullable DataType wanted) {
        if (value == null || wanted == null || wanted == DataType.ANY_FIELD) {
            return value;
        }
        return switch (wanted) {
            case FLOAT -> value instanceof Number number ? (Object) number.doubleValue() : null;
            case INTEGER, UNSIGNED -> value instanceof Number number ? (Object) number.longValue() : null;
            case STRING -> value instanceof String ? value : null;
            case BOOLEAN -> value instanceof Boolean ? value : null;
            default -> null;
        };
    }

    /** A column's value as an object, or null. */
    public static @Nullable Object valueOf(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        if (column instanceof DoubleColumn doubles) {
            return doubles.get(row);
        }
        if (column instanceof LongColumn longs) {
            return longs.get(row);
        }
        if (column instanceof BooleanColumn booleans) {
            return booleans.get(row);
        }
        return column instanceof StringColumn strings ? strings.getString(row) : null;
    }
}
