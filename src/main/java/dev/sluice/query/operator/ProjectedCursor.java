package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.TagSet;
import dev.sluice.query.expression.BatchFilter;
import dev.sluice.query.expression.BatchFilters;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.expression.Evaluator;
import dev.sluice.query.expression.ValueColumns;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowCursor;
import dev.sluice.query.source.RowSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one series that fulfil the condition and show something, as the columns of the result. */
final class ProjectedCursor implements RowCursor {

    private final SelectPlan plan;
    private final List<Output> outputs;
    private final RowCursor input;
    private final List<String> columns;
    private final int shownColumns;
    private final boolean whole;
    private final boolean keepsEmptyRows;
    private final TagSet tags;
    private final PointBudget budget;
    private final BatchRow row;
    private final @Nullable BatchFilter filter;
    private boolean[] passes = new boolean[0];

    /**
     * A projection.
     *
     * @param outputs what to show
     * @param input its first column holds the times
     * @param columns names of the others; the first {@code shownColumns} are shown, the rest is for the condition
     * @param member what the rows are of
     */
    ProjectedCursor(
            SelectPlan plan,
            List<Output> outputs,
            RowCursor input,
            List<String> columns,
            int shownColumns,
            Group.Member member,
            PointBudget budget) {
        this.plan = plan;
        this.outputs = outputs;
        this.input = input;
        this.columns = columns;
        this.shownColumns = shownColumns;
        RowSource source = member.source();
        Expression condition = member.whole() ? null : source.condition(plan.condition());
        this.whole = condition == null;
        this.keepsEmptyRows = source.keepsEmptyRows();
        this.tags = source.series().get(member.series());
        this.budget = budget;
        this.row = new BatchRow(plan.fields(), columns);
        row.useSeries(tags);
        this.filter = condition == null ? null : BatchFilters.of(condition, plan.fields(), columns);
        if (filter != null) {
            filter.useSeries(row);
        }
    }

    @Override
    public @Nullable ColumnBatch next() {
        while (true) {
            ColumnBatch batch = input.next();
            if (batch == null) {
                return null;
            }
            budget.spend(batch.rowCount());
            ColumnBatch kept = whole && shownColumns == columns.size() ? batch : filter(batch);
            if (kept.rowCount() > 0) {
                return project(kept);
            }
        }
    }

    /** The rows that pass, with the columns that are shown. */
    private ColumnBatch filter(ColumnBatch batch) {
        int count = batch.rowCount();
        if (passes.length < count) {
            passes = new boolean[count];
        }
        Arrays.fill(passes, 0, count, true);
        if (!keepsEmptyRows) {
            keepShown(batch);
        }
        if (filter != null) {
            filter.keep(batch, passes);
        }
        int[] kept = new int[count];
        int size = 0;
        for (int row = 0; row < count; row++) {
            kept[size] = row;
            size += passes[row] ? 1 : 0;
        }
        ColumnBatch shown = new ColumnBatch(count, batch.columns().subList(0, shownColumns + 1));
        return size == count ? shown : shown.copyRows(kept, size);
    }

    /** Drops rows in which no shown column has a value. */
    private void keepShown(ColumnBatch batch) {
        for (int i = 1; i <= shownColumns; i++) {
            if (!batch.column(i).mayHaveNulls()) {
                return;
            }
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            passes[row] = showsSomething(batch, row);
        }
    }

    private boolean showsSomething(ColumnBatch batch, int index) {
        for (int i = 1; i <= shownColumns; i++) {
            if (!batch.column(i).isNull(index)) {
                return true;
            }
        }
        return false;
    }

    private ColumnBatch project(ColumnBatch batch) {
        row.useBatch(batch);
        int count = batch.rowCount();
        Column[] projected = new Column[outputs.size() + 1];
        projected[0] = batch.column(0);
        for (int i = 1; i < projected.length; i++) {
            projected[i] = project(outputs.get(i - 1), batch, count);
        }
        return ColumnBatch.of(projected);
    }

    private Column project(Output output, ColumnBatch batch, int count) {
        if (output.expression() instanceof VarRef reference) {
            if (output.type() == null) {
                return ValueColumns.of(output.columnType(), new Object[count]);
            }
            if (row.isTag(reference)) {
                String value = tags.find(reference.name());
                return StringColumn.constant(value == null ? null : value.getBytes(StandardCharsets.UTF_8), count);
            }
            int column = columns.indexOf(reference.name());
            if (column >= 0 && output.type() == plan.fields().get(reference.name())) {
                return batch.column(column + 1);
            }
        }
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            row.moveTo(i);
            values[i] = Evaluator.evaluate(output.expression(), row);
        }
        return ValueColumns.of(output.columnType(), values);
    }

    @Override
    public void close() {
        input.close();
    }
}
