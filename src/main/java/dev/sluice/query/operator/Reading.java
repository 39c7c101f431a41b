package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryWorkers;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.CallSetting;
import dev.sluice.query.function.Function;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.function.PointSink;
import dev.sluice.query.function.StreamFunction;
import dev.sluice.query.plan.Output;
import dev.sluice.query.plan.PlanTypes;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a statement that read rows of one range of time: all of them, or those inside a transformation that looks
 * at buckets before the statement's range. Not thread-safe.
 */
final class Reading {

    private final SelectPlan plan;
    private final PlanTypes types;
    private final TimeRange range;
    private final TimeRange scanned;
    private final List<VarRef> auxiliary;
    private final QueryWorkers workers;
    private final @Nullable BucketGrid grid;
    private final Set<Call> commuting = new LinkedHashSet<>();
    private final Set<Call> ordered = new LinkedHashSet<>();
    private GroupBuckets[] states = new GroupBuckets[0];

    /**
     * A reading.
     *
     * @param range whose buckets there are
     * @param scanned the part of it whose rows are read
     */
    Reading(
            SelectPlan plan,
            PlanTypes types,
            TimeRange range,
            TimeRange scanned,
            List<VarRef> auxiliary,
            long maxBuckets,
            QueryWorkers workers) {
        this.plan = plan;
        this.types = types;
        this.range = range;
        this.scanned = scanned;
        this.auxiliary = auxiliary;
        this.workers = workers;
        this.grid = plan.buckets() == null
                ? null
                : new BucketGrid(plan.buckets(), range, plan.rangeStarts(), plan.ascending(), maxBuckets);
    }

    TimeRange range() {
        return range;
    }

    /** Adds a call whose argument is a field of a type it takes. */
    void add(Call call) {
        boolean commutes = FunctionRegistry.of(call) instanceof BucketFunction function && function.commutes();
        (commutes ? commuting : ordered).add(call);
    }

    /** Reads what may be read for all groups at once. */
    void scan(List<Group> groups, PointBudget budget) {
        if (!commuting.isEmpty()) {
            states = new CommutingScan(plan, types, List.copyOf(commuting), scanned, auxiliary)
                    .run(groups, budget, workers);
        }
    }

    /** Whether what was read has enough of every group for the rows that are shown. */
    boolean decides(LeadingBuckets leading) {
        for (GroupBuckets state : states) {
            for (GroupBuckets.CallTarget target : state.targets()) {
                if (!state.decides(target, leading)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * What the calls yield for a group. To be asked once for each group.
     *
     * @param held grows by what is filled in
     */
    Map<Call, CallPoints> points(int index, Group group, PointBudget budget, MemoryAccount.Buffer held) {
        Map<Call, CallPoints> points = new HashMap<>();
        if (!commuting.isEmpty()) {
            GroupBuckets state = states[index];
            states[index] = null;
            for (GroupBuckets.CallTarget target : state.targets()) {
                CallPoints found = state.points(
                        target, plan.ascending(), keepsPointTimes(target.function()), plan.unbucketedTime());
                points.put(target.call(), fill(target.call(), target.function(), found, budget, held));
            }
        }
        if (!ordered.isEmpty()) {
            readOrdered(group, budget, points, held);
        }
        return points;
    }

    private boolean keepsPointTimes(BucketFunction function) {
        return plan.buckets() == null && plan.calls().size() == 1 && function.kind() == BucketFunction.Kind.SELECTOR;
    }

    private CallPoints fill(
            Call call, BucketFunction function, CallPoints points, PointBudget budget, MemoryAccount.Buffer filled) {
        boolean fills =
                function.kind() == BucketFunction.Kind.AGGREGATE || function.kind() == BucketFunction.Kind.SELECTOR;
        FieldType type = types.type(call);
        return grid == null || !fills || type == null
                ? points
                : Filling.fill(plan.fill(), grid, points, type, function.zeroWhenEmpty(), budget.memory(), filled);
    }

    private void readOrdered(
            Group group, PointBudget budget, Map<Call, CallPoints> points, MemoryAccount.Buffer filled) {
        List<Output> columns = new ArrayList<>();
        Map<Call, OrderedCall> running = new HashMap<>();
        for (Call call : ordered) {
            running.put(call, start(call, columns));
        }
        OrderedRows reader = new OrderedRows(plan, columns, scanned, budget, workers);
        if (!reader.isEmpty()) {
            try (RowCursor rows = reader.open(group);
                    MemoryAccount.Buffer held = budget.memory().buffer()) {
                for (ColumnBatch batch; (batch = rows.next()) != null; ) {
                    long bytes = 0;
                    for (OrderedCall call : running.values()) {
                        call.take(batch);
                        bytes += call.retainedSizeInBytes();
                    }
                    held.setSize(bytes);
                }
            }
        }
        running.forEach((call, state) -> {
            CallPoints found = state.finish();
            points.put(
                    call,
                    FunctionRegistry.of(call) instanceof BucketFunction function
                            ? fill(call, function, found, budget, filled)
                            : found);
        });
    }

    private OrderedCall start(Call call, List<Output> columns) {
        FieldType argument = types.argumentType(call);
        FieldType result = types.type(call);
        if (argument == null || result == null) {
            throw new IllegalStateException("a call without a type: " + call);
        }
        Function function = FunctionRegistry.of(call);
        CallSetting setting = new CallSetting(call, plan.buckets(), range, plan.ascending());
        PointSink sink = new PointSink(result);
        int column = column(PlanTypes.argument(call), columns);
        if (function instanceof StreamFunction stream) {
            return new RawStreamCall(stream.newTransform(argument, setting), sink, column);
        }
        BucketFunction bucket = (BucketFunction) function;
        int[] others = call.arguments().stream()
                .skip(1)
                .filter(other -> other instanceof VarRef reference && types.isTag(reference))
                .mapToInt(other -> column(other, columns))
                .toArray();
        int[] shown = auxiliary.stream()
                .mapToInt(reference -> column(reference, columns))
                .toArray();
        return new OrderedBucketCall(
                bucket.kind(),
                bucket.newOrdered(argument, setting),
                sink,
                new OrderedBucketCall.Columns(column, others, shown),
                plan.buckets(),
                keepsPointTimes(bucket),
                plan.unbucketedTime());
    }

    /** The position of a column in the rows that are read; it is added when it is not among them yet. */
    private int column(Expression reference, List<Output> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).expression().equals(reference)) {
                return i + 1;
            }
        }
        columns.add(new Output(reference.toString(), reference, types.of(reference)));
        return columns.size();
    }
}
