package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.expression.Evaluator;
import dev.sluice.query.expression.ValueColumns;
import dev.sluice.query.plan.Expressions;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.PlanTypes;
import dev.sluice.query.plan.SelectPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code fill(number)} and {@code fill(previous)} of raw rows: they replace the absent values of rows that are there, and
 * add no rows. What is computed from fields is computed from the filled ones. One instance sees the batches of one series
 * in order.
 */
final class RawFilling {

    private final SelectPlan plan;
    private final List<Output> read;
    private final Map<Expression, Integer> positions;
    private final @Nullable Object[] previous;

    RawFilling(SelectPlan plan) {
        this.plan = plan;
        this.read = read(plan);
        this.positions = new LinkedHashMap<>();
        for (int i = 0; i < read.size(); i++) {
            positions.putIfAbsent(read.get(i).expression(), i);
        }
        this.previous = new Object[read.size()];
    }

    private static boolean fills(SelectPlan plan) {
        return plan.fill().kind() == Fill.Kind.NUMBER || plan.fill().kind() == Fill.Kind.PREVIOUS;
    }

    /** What has to be read for the outputs of a plan: the outputs, or in the place of some the fields they are computed from. */
    static List<Output> read(SelectPlan plan) {
        if (!fills(plan) || plan.outputs().stream().noneMatch(output -> isComputed(output, plan))) {
            return plan.outputs();
        }
        PlanTypes types = new PlanTypes(plan.fields());
        Map<Expression, Output> read = new LinkedHashMap<>();
        for (Output output : plan.outputs()) {
            if (!isComputed(output, plan)) {
                read.putIfAbsent(output.expression(), output);
                continue;
            }
            for (VarRef field : Expressions.references(output.expression())) {
                read.putIfAbsent(field, new Output(field.name(), field, types.of(field)));
            }
        }
        return List.copyOf(read.values());
    }

    /** Whether an output is computed from nothing but fields as they are. */
    private static boolean isComputed(Output output, SelectPlan plan) {
        Set<VarRef> references = Expressions.references(output.expression());
        return !(output.expression() instanceof VarRef)
                && output.type() != null
                && !references.isEmpty()
                && references.stream()
                        .allMatch(reference ->
                                reference.type() == null && plan.fields().containsKey(reference.name()));
    }

    ColumnBatch apply(ColumnBatch batch) {
        if (!fills(plan)) {
            return batch;
        }
        Column[] columns = new Column[previous.length + 1];
        columns[0] = batch.column(0);
        for (int i = 0; i < previous.length; i++) {
            columns[i + 1] = fill(i, batch.column(i + 1));
        }
        ColumnBatch filled = ColumnBatch.of(columns);
        return read.equals(plan.outputs()) ? filled : computed(filled);
    }

    private Column fill(int index, Column column) {
        Output output = read.get(index);
        // A tag that is missing is text like any other to fill(previous); for fill(number) see docs/compatibility.md.
        boolean fillable = plan.fill().kind() == Fill.Kind.PREVIOUS
                || !(output.expression() instanceof VarRef reference)
                || plan.fields().containsKey(reference.name());
        if (!fillable || output.type() == null || !column.mayHaveNulls()) {
            return column;
        }
        Object[] values = new Object[column.length()];
        for (int row = 0; row < values.length; row++) {
            Object value = BatchRow.valueOf(column, row);
            if (value == null) {
                value = plan.fill().kind() == Fill.Kind.NUMBER
                        ? Filling.number(plan.fill(), output.columnType())
                        : previous[index];
            }
            previous[index] = value;
            values[row] = value;
        }
        return ValueColumns.of(output.columnType(), values);
    }

    private ColumnBatch computed(ColumnBatch filled) {
        List<String> names = new ArrayList<>();
        for (Output output : read) {
            boolean isField = output.expression() instanceof VarRef reference && reference.type() == null;
            // No field has an empty name, so nothing finds what is no field as it is.
            names.add(isField ? ((VarRef) output.expression()).name() : "");
        }
        BatchRow row = new BatchRow(plan.fields(), names);
        row.useBatch(filled);
        List<Column> columns = new ArrayList<>();
        columns.add(filled.column(0));
        for (Output output : plan.outputs()) {
            columns.add(
                    isComputed(output, plan)
                            ? compute(output, row, filled.rowCount())
                            : filled.column(Objects.requireNonNull(positions.get(output.expression())) + 1));
        }
        return new ColumnBatch(filled.rowCount(), columns);
    }

    private static Column compute(Output output, BatchRow row, int count) {
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            row.moveTo(i);
            values[i] = Evaluator.evaluate(output.expression(), row);
        }
        return ValueColumns.of(output.columnType(), values);
    }
}
