package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesSink;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.query.QueryContext;
import dev.sluice.query.plan.Expressions;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowCursor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
        Set<String> shown = new LinkedHashSet<>();
        for (Output output : plan.outputs()) {
            names(Expressions.references(output.expression()), shown);
        }
        if (shown.isEmpty()) {
            // Tags alone have no rows.
            return;
        }
        Set<String> all = new LinkedHashSet<>(shown);
        if (plan.condition() != null) {
            names(Expressions.references(plan.condition()), all);
        }
        List<String> columns = List.copyOf(all);
        PointBudget budget = new PointBudget(context.limits().maxSelectPoints(), context.cancellation());
        for (Group group : Grouping.of(plan, context.limits())) {
            try (RowCursor rows = open(group, columns, shown.size(), budget)) {
                SeriesOutput output = new SeriesOutput(plan, group, sink);
                for (ColumnBatch batch; !output.isFull() && (batch = rows.next()) != null; ) {
                    output.rows(batch);
                }
            }
        }
    }

    private void names(Set<VarRef> references, Set<String> target) {
        references.stream()
                .filter(reference -> reference.type() != DataType.TAG)
                .map(VarRef::name)
                .filter(plan.fields()::containsKey)
                .forEach(target::add);
    }

    private RowCursor open(Group group, List<String> columns, int shown, PointBudget budget) {
        List<RowCursor> cursors = new ArrayList<>();
        for (Group.Member member : group.members()) {
            RowCursor input = member.source().open(member.series(), columns, plan.range(), plan.ascending());
            cursors.add(new ProjectedCursor(
                    plan,
                    input,
                    columns,
                    shown,
                    member.whole(),
                    member.source().series().get(member.series()),
                    budget));
        }
        if (cursors.size() == 1) {
            return cursors.get(0);
        }
        return new MergeCursor(
                cursors, plan.outputs().stream().map(Output::columnType).toList(), plan.ascending());
    }
}
