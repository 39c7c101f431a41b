package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.expression.ValueColumns;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.SelectPlan;
import org.jspecify.annotations.Nullable;

/**
 * {@code fill(number)} and {@code fill(previous)} of raw rows: they replace the absent fields of rows that are there, and
 * add no rows. One instance sees the batches of one series in order.
 */
final class RawFilling {

    private final SelectPlan plan;
    private final @Nullable Object[] previous;

    RawFilling(SelectPlan plan) {
        this.plan = plan;
        this.previous = new Object[plan.outputs().size()];
    }

    ColumnBatch apply(ColumnBatch batch) {
        Fill.Kind kind = plan.fill().kind();
        if (kind != Fill.Kind.NUMBER && kind != Fill.Kind.PREVIOUS) {
            return batch;
        }
        Column[] columns = new Column[previous.length + 1];
        columns[0] = batch.column(0);
        for (int i = 0; i < previous.length; i++) {
            columns[i + 1] = fill(i, kind, batch.column(i + 1));
        }
        return ColumnBatch.of(columns);
    }

    private Column fill(int index, Fill.Kind kind, Column column) {
        Output output = plan.outputs().get(index);
        boolean field = !(output.expression() instanceof VarRef reference)
                || plan.fields().containsKey(reference.name());
        if (!field || output.type() == null || !column.mayHaveNulls()) {
            return column;
        }
        Object[] values = new Object[column.length()];
        for (int row = 0; row < values.length; row++) {
            Object value = BatchRow.valueOf(column, row);
            if (value == null) {
                value = kind == Fill.Kind.NUMBER ? Filling.number(plan.fill(), output.columnType()) : previous[index];
            }
            previous[index] = value;
            values[row] = value;
        }
        return ValueColumns.of(output.columnType(), values);
    }
}
