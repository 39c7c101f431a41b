package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesSink;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryContext;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.expression.Evaluator;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.CallSetting;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.plan.Expressions;
import dev.sluice.query.plan.PlanTypes;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowSource;
import dev.sluice.query.source.ScanVisitor;
import dev.sluice.storage.BatchStatistics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Aggregates whose partial results commute: every series is read once, in whatever order the store has it, into the
 * buckets of its group. Whole batches are taken by their statistics where nothing inside them matters.
 */
public final class AggregateOperator {

    private final SelectPlan plan;
    private final QueryContext context;
    private final PlanTypes types;

    /** Names of the columns behind the times in the batches that are read. */
    private final List<String> columns;

    private final List<VarRef> auxiliary;

    public AggregateOperator(SelectPlan plan, QueryContext context) {
        this.plan = plan;
        this.context = context;
        this.types = new PlanTypes(plan.fields());
        Set<String> needed = new LinkedHashSet<>();
        for (Call call : plan.calls()) {
            if (types.argumentType(call) != null) {
                needed.add(((VarRef) call.arguments().get(0)).name());
            }
        }
        Set<VarRef> shown = new LinkedHashSet<>();
        plan.outputs().forEach(output -> shown.addAll(Expressions.references(output.expression())));
        auxiliary = List.copyOf(shown);
        Set<VarRef> others = new LinkedHashSet<>(shown);
        if (plan.condition() != null) {
            others.addAll(Expressions.references(plan.condition()));
        }
        others.stream().map(VarRef::name).filter(plan.fields()::containsKey).forEach(needed::add);
        columns = List.copyOf(needed);
    }

    /** Pushes the result into a sink. */
    public void run(SeriesSink sink) {
        List<Group> groups = Grouping.of(plan, context.limits());
        PointBudget budget = new PointBudget(context.limits().maxSelectPoints(), context.cancellation());
        GroupBuckets[] states = new GroupBuckets[groups.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = new GroupBuckets(targets(), plan.buckets(), auxiliary);
        }
        for (RowSource source : plan.sources()) {
            int[] groupOf = new int[source.series().size()];
            boolean[] whole = new boolean[groupOf.length];
            java.util.Arrays.fill(groupOf, -1);
            for (int i = 0; i < states.length; i++) {
                for (Group.Member member : groups.get(i).members()) {
                    if (member.source() == source) {
                        groupOf[member.series()] = i;
                        whole[member.series()] = member.whole();
                    }
                }
            }
            source.scan(
                    series -> groupOf[series] >= 0,
                    columns,
                    plan.range(),
                    plan.ascending(),
                    new Feeder(source, states, groupOf, whole, budget));
        }
        for (int i = 0; i < states.length; i++) {
            context.cancellation().check();
            ColumnBatch rows = new AggregateRows(
                            plan, states[i], auxiliary, context.limits().maxSelectBuckets())
                    .build();
            states[i] = null;
            if (rows != null) {
                new SeriesOutput(plan, groups.get(i), sink).rows(rows);
            }
        }
    }

    private GroupBuckets.CallTarget[] targets() {
        List<GroupBuckets.CallTarget> targets = new ArrayList<>();
        for (Call call : plan.calls()) {
            FieldType argument = types.argumentType(call);
            FieldType result = types.type(call);
            if (argument != null
                    && result != null
                    && FunctionRegistry.find(call.name()) instanceof BucketFunction function) {
                CallSetting setting = new CallSetting(call, plan.buckets(), plan.range(), plan.ascending());
                int column = columns.indexOf(((VarRef) call.arguments().get(0)).name()) + 1;
                targets.add(new GroupBuckets.CallTarget(
                        call, function, column, function.newSlots(argument, setting), ColumnBuilder.of(result)));
            }
        }
        return targets.toArray(new GroupBuckets.CallTarget[0]);
    }

    /** Brings the rows of a scan into the buckets of their groups. */
    private final class Feeder implements ScanVisitor {

        private final RowSource source;
        private final GroupBuckets[] states;
        private final int[] groupOf;
        private final boolean[] whole;
        private final PointBudget budget;
        private final BatchRow row = new BatchRow(plan.fields(), columns);
        private GroupBuckets state;
        private boolean all;

        Feeder(RowSource source, GroupBuckets[] states, int[] groupOf, boolean[] whole, PointBudget budget) {
            this.source = source;
            this.states = states;
            this.groupOf = groupOf;
            this.whole = whole;
            this.budget = budget;
            this.state = states.length == 0 ? new GroupBuckets(targets(), plan.buckets(), auxiliary) : states[0];
        }

        @Override
        public void beginSeries(int series) {
            state = states[groupOf[series]];
            all = whole[series];
            row.useSeries(source.series().get(series));
        }

        @Override
        public boolean takeStatistics(BatchStatistics statistics) {
            if (!all || !auxiliary.isEmpty()) {
                return false;
            }
            long first = statistics.timeRange().minNanos();
            state.useBucketOf(first);
            if (statistics.timeRange().maxNanos() >= state.bucketEnd() || !state.acceptsStatistics(statistics)) {
                return false;
            }
            budget.spend(statistics.rowCount());
            state.addStatistics(statistics);
            return true;
        }

        @Override
        public void take(ColumnBatch batch) {
            budget.spend(batch.rowCount());
            row.useBatch(batch);
            LongColumn times = (LongColumn) batch.column(0);
            int count = batch.rowCount();
            int start = 0;
            while (start < count) {
                if (!passes(start)) {
                    start++;
                    continue;
                }
                state.useBucketOf(times.get(start));
                int end = start + 1;
                while (end < count && isInBucket(times.get(end)) && passes(end)) {
                    end++;
                }
                state.add(times, batch.columns(), start, end, row);
                start = end;
            }
        }

        private boolean isInBucket(long time) {
            return time >= state.bucketStart() && time < state.bucketEnd();
        }

        private boolean passes(int index) {
            if (all || plan.condition() == null) {
                return true;
            }
            row.moveTo(index);
            return Evaluator.isTrue(plan.condition(), row);
        }

        @Override
        public void endSeries() {
            state.endSeries();
        }
    }
}
