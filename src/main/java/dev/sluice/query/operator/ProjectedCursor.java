package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.TagSet;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.expression.Evaluator;
import dev.sluice.query.expression.ValueColumns;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.kernel.LongColumnBuilder;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowCursor;
import java.nio.charset.StandardCharsets;
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
    private final TagSet tags;
    private final PointBudget budget;
    private final BatchRow row;

    /**
     * A projection.
     *
     * @param outputs what to show
     * @param input its first column holds the times
     * @param columns names of the others; the first {@code shownColumns} are shown, the rest is for the condition
     * @param whole whether every row fulfils the condition
     */
    ProjectedCursor(
            SelectPlan plan,
            List<Output> outputs,
            RowCursor input,
            List<String> columns,
            int shownColumns,
            boolean whole,
            TagSet tags,
            PointBudget budget) {
        this.plan = plan;
        this.outputs = outputs;
        this.input = input;
        this.columns = columns;
        this.shownColumns = shownColumns;
        this.whole = whole || plan.condition() == null;
        this.tags = tags;
        this.budget = budget;
        this.row = new BatchRow(plan.fields(), columns);
        row.useSeries(tags);
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

    private ColumnBatch filter(ColumnBatch batch) {
        row.useBatch(batch);
        int count = batch.rowCount();
        boolean[] passes = new boolean[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            row.moveTo(i);
            passes[i] = showsSomething(batch, i) && (whole || Evaluator.isTrue(plan.condition(), row));
            kept += passes[i] ? 1 : 0;
        }
        if (kept == count) {
            return batch;
        }
        Column[] filtered = new Column[batch.columns().size()];
        for (int i = 0; i < filtered.length; i++) {
            filtered[i] = filter(batch.column(i), i, passes);
        }
        return ColumnBatch.of(filtered);
    }

    private boolean showsSomething(ColumnBatch batch, int index) {
        for (int i = 1; i <= shownColumns; i++) {
            if (!batch.column(i).isNull(index)) {
                return true;
            }
        }
        return false;
    }

    private Column filter(Column column, int index, boolean[] passes) {
        ColumnBuilder builder = index == 0
                ? new LongColumnBuilder()
                : ColumnBuilder.of(plan.fields().get(columns.get(index - 1)));
        int start = 0;
        while (start < passes.length) {
            if (!passes[start]) {
                start++;
                continue;
            }
            int end = start + 1;
            while (end < passes.length && passes[end]) {
                end++;
            }
            builder.appendRange(column, start, end);
            start = end;
        }
        return builder.build();
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
            if (row.isTag(reference)) {
                String value = tags.find(reference.name());
                return StringColumn.constant(value == null ? null : value.getBytes(StandardCharsets.UTF_8), count);
            }
            if (output.type() == plan.fields().get(reference.name())) {
                return batch.column(columns.indexOf(reference.name()) + 1);
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
