package dev.sluice.query.operator;

import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryWorkers;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.plan.Expressions;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowCursor;
import dev.sluice.query.source.RowRequest;
import dev.sluice.query.source.RowSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of a group that fulfil the condition and have a value of a shown field, in order of time. */
final class OrderedRows {

    /** The cursor of a series without its batch: what is open in the store, its shards, and the filter and row before it. */
    static final long CURSOR_BYTES = 1_000;

    private final SelectPlan plan;
    private final List<Output> outputs;
    private final TimeRange range;
    private final PointBudget budget;
    private final QueryWorkers workers;
    private final List<String> columns;
    private final int shown;

    /**
     * A way to read.
     *
     * @param outputs the columns behind the times, computed row by row
     */
    OrderedRows(SelectPlan plan, List<Output> outputs, TimeRange range, PointBudget budget, QueryWorkers workers) {
        this.plan = plan;
        this.outputs = outputs;
        this.range = range;
        this.budget = budget;
        this.workers = workers;
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
                // A field that cannot be cast to the wanted type is not read, so its rows alone are none.
                .filter(reference ->
                        BatchRow.typeAfterCast(plan.fields().get(reference.name()), reference.type()) != null)
                .map(VarRef::name)
                .forEach(target::add);
    }

    /** Whether no group has any row, as no field is shown: tags alone have none. */
    boolean isEmpty() {
        return shown == 0;
    }

    /** The fields that are shown; a row has a value of at least one of them. */
    List<String> shownColumns() {
        return columns.subList(0, shown);
    }

    /** Opens a group; the caller closes the cursor. */
    RowCursor open(Group group) {
        if (SlicedCursor.serves(group)) {
            return new SlicedCursor(this, group, types(), range, plan.ascending(), budget);
        }
        RowRequest request = request(range);
        return open(group, columns, member -> member.source().open(member.series(), request));
    }

    /** What is read of a series within a range. */
    RowRequest request(TimeRange within) {
        return new RowRequest(columns, within, plan.ascending(), 0);
    }

    private List<FieldType> types() {
        return outputs.stream().map(Output::columnType).toList();
    }

    /** The rows of a member as they are shown, of what {@link #request} asks for. */
    ProjectedCursor project(Group.Member member, RowCursor input, PointBudget spent) {
        return new ProjectedCursor(plan, outputs, input, columns, shown, member, spent);
    }

    /**
     * Opens a group whose members' rows all fulfil the condition and were read before.
     *
     * @param inputs the rows of each member, with the shown columns; null for none
     */
    RowCursor open(Group group, Function<Group.Member, @Nullable RowCursor> inputs) {
        return open(group, shownColumns(), inputs);
    }

    private RowCursor open(Group group, List<String> read, Function<Group.Member, @Nullable RowCursor> inputs) {
        MemoryAccount.Buffer held = budget.memory().buffer();
        Map<RowSource, List<RowCursor>> bySource = new LinkedHashMap<>();
        for (Group.Member member : group.members()) {
            RowCursor input = inputs.apply(member);
            if (input == null) {
                continue;
            }
            held.grow(CURSOR_BYTES);
            // What is stored is merged as one; the results of inner statements are merged with each other as they come.
            RowSource results = member.source().isResult() ? member.source() : null;
            bySource.computeIfAbsent(results, any -> new ArrayList<>())
                    .add(new ProjectedCursor(plan, outputs, input, read, shown, member, budget));
        }
        List<FieldType> types = types();
        List<RowCursor> cursors = new ArrayList<>();
        bySource.forEach((source, members) -> cursors.add(merge(source, members, types)));
        RowCursor rows = cursors.size() == 1 ? cursors.get(0) : new ResultsCursor(cursors, types, plan.ascending());
        return new HeldCursor(rows, held);
    }

    private RowCursor merge(@Nullable RowSource source, List<RowCursor> members, List<FieldType> types) {
        if (members.size() == 1) {
            return members.get(0);
        }
        return source == null || source.isTimeOrdered()
                ? new MergeCursor(members, types, plan.ascending(), workers, budget.memory())
                : new ConcatenatedCursor(members);
    }
}
