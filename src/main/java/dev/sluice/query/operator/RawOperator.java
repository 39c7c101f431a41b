package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesSink;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryContext;
import dev.sluice.query.QueryWorkers;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowCursor;
import java.util.List;
import java.util.Map;

/** Raw rows: fields, tags and what is computed from them row by row. */
public final class RawOperator {

    private final SelectPlan plan;
    private final QueryContext context;
    private final QueryWorkers workers;

    public RawOperator(SelectPlan plan, QueryContext context, QueryWorkers workers) {
        this.plan = plan;
        this.context = context;
        this.workers = workers;
    }

    /** Pushes the result into a sink, row batch by row batch. */
    public void run(SeriesSink sink) {
        try (MemoryAccount memory = context.memory().openPart()) {
            run(new PointBudget(context.limits().maxSelectPoints(), context.cancellation(), memory), sink);
        }
    }

    private void run(PointBudget budget, SeriesSink sink) {
        OrderedRows reader = new OrderedRows(plan, RawFilling.read(plan), plan.range(), budget, workers);
        if (reader.isEmpty()) {
            return;
        }
        List<Group> groups = Grouping.of(plan, context.limits(), budget.memory());
        if (!FirstRows.serve(plan, groups)) {
            for (Group group : groups) {
                push(group, new AheadCursor(reader.open(group), workers), sink);
            }
            return;
        }
        FirstRows first = new FirstRows(plan, reader.shownColumns(), budget, workers);
        for (List<Group> part : first.parts(groups)) {
            Map<Group.Member, RowCursor> read = first.read(part);
            for (Group group : part) {
                push(group, reader.open(group, read::get), sink);
            }
        }
    }

    private void push(Group group, RowCursor input, SeriesSink sink) {
        try (input) {
            SeriesOutput output = new SeriesOutput(plan, group, sink);
            RawFilling filling = new RawFilling(plan);
            for (ColumnBatch batch; !output.isFull() && (batch = input.next()) != null; ) {
                output.rows(filling.apply(batch));
            }
        }
    }
}
