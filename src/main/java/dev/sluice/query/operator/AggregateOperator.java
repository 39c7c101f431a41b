package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesSink;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryContext;
import dev.sluice.query.QueryWorkers;
import dev.sluice.query.expression.ValueColumns;
import dev.sluice.query.function.CallSetting;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.function.PointSink;
import dev.sluice.query.function.StreamFunction;
import dev.sluice.query.function.StreamTransform;
import dev.sluice.query.plan.Expressions;
import dev.sluice.query.plan.PlanTypes;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Statements with calls. Aggregates and selectors are read into the buckets of their groups, transformations run over
 * what they yield or over the rows themselves, and the points of all calls are joined to rows by their time.
 */
public final class AggregateOperator {

    private static final int ROWS_AT_A_TIME = 8192;

    private final SelectPlan plan;
    private final QueryContext context;
    private final QueryWorkers workers;
    private final MemoryAccount memory;
    private final PointBudget budget;
    private final PlanTypes types;
    private final List<VarRef> auxiliary;

    /** By the number of buckets before the statement's range that are read as well. */
    private final Map<Integer, Reading> readings = new TreeMap<>();

    public AggregateOperator(SelectPlan plan, QueryContext context, QueryWorkers workers) {
        this.plan = plan;
        this.context = context;
        this.workers = workers;
        this.memory = context.memory().openPart();
        this.budget = new PointBudget(context.limits().maxSelectPoints(), context.cancellation(), memory);
        this.types = new PlanTypes(plan.fields());
        Set<VarRef> shown = new LinkedHashSet<>();
        plan.outputs().forEach(output -> shown.addAll(Expressions.references(output.expression())));
        this.auxiliary = List.copyOf(shown);
        // Also where there is nothing to read, as in InfluxDB.
        if (plan.buckets() != null) {
            BucketGrid.checkAsked(plan, context.limits().maxSelectBuckets());
        }
        plan.calls().forEach(call -> plan(call, 0));
    }

    private void plan(Call call, int extraBuckets) {
        if (types.argumentType(call) == null || types.type(call) == null) {
            return;
        }
        int extra = extraBuckets + extraBuckets(call);
        if (isNested(call)) {
            plan((Call) call.arguments().get(0), extra);
        } else {
            reading(extra).add(call);
        }
    }

    private Reading reading(int extraBuckets) {
        return readings.computeIfAbsent(
                extraBuckets,
                extra -> new Reading(
                        plan,
                        types,
                        plan.rangeWithBucketsBefore(extra),
                        plan.rangeWithBucketsBefore(Math.min(extra, Expressions.extraBuckets(plan.calls()))),
                        auxiliary,
                        context.limits().maxSelectBuckets(),
                        workers));
    }

    private int extraBuckets(Call call) {
        return plan.buckets() != null && FunctionRegistry.of(call) instanceof StreamFunction function
                ? function.extraBuckets(call)
                : 0;
    }

    private static boolean isNested(Call call) {
        return FunctionRegistry.of(call) instanceof StreamFunction
                && call.arguments().get(0) instanceof Call;
    }

    /** Pushes the result into a sink. */
    public void run(SeriesSink sink) {
        try (memory) {
            serve(sink);
        }
    }

    private void serve(SeriesSink sink) {
        List<Group> groups = Grouping.of(plan, context.limits(), memory);
        // Where nothing is read, InfluxDB does not look at types; what an inner statement yields is always read.
        if (!groups.isEmpty() || plan.sources().stream().anyMatch(RowSource::isResult)) {
            plan.calls().forEach(types::check);
        }
        LeadingBuckets leading = LeadingBuckets.of(plan, context.limits());
        if (leading != null && !groups.isEmpty()) {
            int attempt = 0;
            for (TimeRange range; (range = leading.range(attempt)) != null; attempt++) {
                AggregateOperator part = new AggregateOperator(plan.within(range), context, workers);
                try (part.memory) {
                    if (part.reads(groups, leading)) {
                        part.push(groups, sink);
                        return;
                    }
                }
            }
        }
        scan(groups);
        push(groups, sink);
    }

    private boolean reads(List<Group> groups, LeadingBuckets leading) {
        scan(groups);
        return readings.values().stream().allMatch(reading -> reading.decides(leading));
    }

    private void scan(List<Group> groups) {
        readings.values().forEach(reading -> reading.scan(groups, budget));
    }

    private void push(List<Group> groups, SeriesSink sink) {
        try (MemoryAccount.Buffer held = memory.buffer()) {
            push(groups, held, sink);
        }
    }

    private void push(List<Group> groups, MemoryAccount.Buffer held, SeriesSink sink) {
        for (int i = 0; i < groups.size(); i++) {
            context.cancellation().check();
            Group group = groups.get(i);
            held.setSize(0);
            Map<Integer, Map<Call, CallPoints>> read = new HashMap<>();
            for (Map.Entry<Integer, Reading> reading : readings.entrySet()) {
                read.put(reading.getKey(), reading.getValue().points(i, group, budget, held));
            }
            List<CallPoints> points =
                    plan.calls().stream().map(call -> points(call, 0, read)).toList();
            held.setSize(points.stream().mapToLong(CallPoints::size).sum() * CallPoints.POINT_BYTES);
            ColumnBatch rows = new JoinedRows(plan, types, points, auxiliary).build();
            if (rows != null) {
                push(rows, new SeriesOutput(plan, group, sink));
            }
        }
    }

    /** Piece by piece, as a slow reader may take long, and the statement can be ended meanwhile. */
    private void push(ColumnBatch rows, SeriesOutput output) {
        for (int from = 0; from < rows.rowCount() && !output.isFull(); from += ROWS_AT_A_TIME) {
            context.cancellation().check();
            output.rows(rows.region(from, Math.min(ROWS_AT_A_TIME, rows.rowCount() - from)));
        }
    }

    private CallPoints points(Call call, int extraBuckets, Map<Integer, Map<Call, CallPoints>> read) {
        FieldType input = types.argumentType(call);
        FieldType result = types.type(call);
        if (input == null || result == null) {
            return CallPoints.NONE;
        }
        int extra = extraBuckets + extraBuckets(call);
        if (!isNested(call)) {
            return read.getOrDefault(extra, Map.of()).getOrDefault(call, CallPoints.NONE);
        }
        CallPoints inner = points((Call) call.arguments().get(0), extra, read);
        StreamFunction function = (StreamFunction) FunctionRegistry.of(call);
        CallSetting setting =
                new CallSetting(call, plan.buckets(), plan.rangeWithBucketsBefore(extra), plan.ascending());
        return transform(function.newTransform(input, setting), inner, input, new PointSink(result));
    }

    private static CallPoints transform(StreamTransform transform, CallPoints input, FieldType type, PointSink sink) {
        long[] times = new long[input.size()];
        Object[] values = new Object[input.size()];
        int known = 0;
        for (int i = 0; i < input.size(); i++) {
            if (input.values()[i] != null) {
                times[known] = input.times()[i];
                values[known++] = input.values()[i];
            }
        }
        if (known == 0) {
            return CallPoints.NONE;
        }
        Column column = ValueColumns.of(type, Arrays.copyOf(values, known));
        transform.begin();
        transform.add(LongColumn.wrapWithoutCopy(times, known), column, 0, known, sink);
        transform.finish(sink);
        PointList points = new PointList();
        points.addAll(sink.take());
        return points.build();
    }
}
