package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesSink;
import dev.sluice.query.QueryContext;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowCursor;

/** Raw rows: fields, tags and what is computed from them row by row. */
public final class RawOperator {

    private final SelectPlan plan;
    private final QueryContext context;

    public RawOperator(SelectPlan plan, QueryContext context) {
        this.plan = plan;
        this.context = context;
    }

    /** Pushes the result into a sink, row batch by row batch. */
    public void run(SeriesSink sink) {
        PointBudget budget = new PointBudget(context.limits().maxSelectPoints(), context.cancellation());
        OrderedRows reader = new OrderedRows(plan, plan.outputs(), plan.range(), budget);
        if (reader.isEmpty()) {
            return;
        }
        for (Group group : Grouping.of(plan, context.limits())) {
            try (RowCursor rows = reader.open(group)) {
                SeriesOutput output = new SeriesOutput(plan, group, sink);
                RawFilling filling = new RawFilling(plan);
                for (ColumnBatch batch; !output.isFull() && (batch = rows.next()) != null; ) {
                    output.rows(filling.apply(batch));
                }
            }
        }
    }
}
