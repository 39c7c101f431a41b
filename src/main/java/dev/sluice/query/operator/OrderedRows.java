package dev.sluice.query.operator;

import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.TimeRange;
import dev.sluice.query.plan.Expressions;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowCursor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rows of a group that fulfil the condition and have a value of a shown field, in order of time. */
final class OrderedRows {

    private final SelectPlan plan;
    private final List<Output> outputs;
    private final TimeRange range;
    private final PointBudget budget;
    private final List<String> columns;
    private final int shown;

    /**
     * A way to read.
     *
     * @param outputs the columns behind the times, computed row by row
     */
    OrderedRows(SelectPlan plan, List<Output> outputs, TimeRange range, PointBudget budget) {
        this.plan = plan;
        this.outputs = outputs;
        this.range = range;
        this.budget = budget;
        Set<String> names = new LinkedHashSet<>();
        for (Output output : outputs) {
            names(Expressions.references(output.expression()), names);
        }
        shown = names.size();
        if (plan.condition() != null) {
            names(Expressions.references(plan.condition()), names);
        }
        columns = List.copyOf(names);
    }

    private void names(Set<VarRef> references, Set<String> target) {
        references.stream()
                .filter(reference -> reference.type() != DataType.TAG)
                .map(VarRef::name)
                .filter(plan.fields()::containsKey)
                .forEach(target::add);
    }

    /** Whether no group has any row, as no field is shown: tags alone have none. */
    boolean isEmpty() {
        return shown == 0;
    }

    /** Opens a group; the caller closes the cursor. */
    RowCursor open(Group group) {
        List<RowCursor> cursors = new ArrayList<>();
        for (Group.Member member : group.members()) {
            RowCursor input = member.source().open(member.series(), columns, range, plan.ascending());
            cursors.add(new ProjectedCursor(
                    plan,
                    outputs,
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
        return new MergeCursor(cursors, outputs.stream().map(Output::columnType).toList(), plan.ascending());
    }
}
