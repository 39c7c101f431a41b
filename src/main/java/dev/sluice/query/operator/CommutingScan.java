package dev.sluice.query.operator;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryWorkers;
import dev.sluice.query.expression.BatchFilter;
import dev.sluice.query.expression.BatchFilters;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.CallSetting;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.kernel.ColumnBuilder;
import dev.sluice.query.plan.Expressions;
import dev.sluice.query.plan.PlanTypes;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowRequest;
import dev.sluice.query.source.RowSource;
import dev.sluice.query.source.ScanVisitor;
import dev.sluice.storage.BatchStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose partial results commute: every series is read once, in whatever order the store has it, into the buckets of
 * its group. Whole batches are taken by their statistics where nothing inside them matters.
 */
final class CommutingScan {

    /** From so many series on, several threads read them. */
    private static final int WORTH_SERIES = 24;

    private final SelectPlan plan;
    private final PlanTypes types;
    private final List<Call> calls;
    private final TimeRange range;
    private final List<VarRef> auxiliary;

    /** Names of the columns behind the times in the batches that are read. */
    private final List<String> columns;

    /**
     * A scan.
     *
     * @param calls of functions that commute, each with an argument of a type it takes
     * @param auxiliary what is shown of a selector's point beside its value
     */
    CommutingScan(SelectPlan plan, PlanTypes types, List<Call> calls, TimeRange range, List<VarRef> auxiliary) {
        this.plan = plan;
        this.types = types;
        this.calls = calls;
        this.range = range;
        this.auxiliary = auxiliary;
        Set<String> needed = new LinkedHashSet<>();
        calls.forEach(call -> needed.add(argument(call).name()));
        Set<VarRef> others = new LinkedHashSet<>(auxiliary);
        if (plan.condition() != null) {
            others.addAll(Expressions.references(plan.condition()));
        }
        others.stream().map(VarRef::name).filter(plan.fields()::containsKey).forEach(needed::add);
        columns = List.copyOf(needed);
    }

    private static VarRef argument(Call call) {
        return (VarRef) call.arguments().get(0);
    }

    /**
     * Reads everything: the state of each group. Several threads take groups of their own, so that the series of each are
     * still added one after the other and the last digits of sums do not depend on them; they share the series of a few
     * groups only where that makes no difference.
     */
    GroupBuckets[] run(List<Group> groups, PointBudget budget, QueryWorkers workers) {
        RowRequest request = request(groups);
        GroupBuckets[] states = newStates(groups.size(), budget);
        int series = groups.stream().mapToInt(group -> group.members().size()).sum();
        int threads = series < WORTH_SERIES ? 1 : workers.parallelism();
        if (threads == 1) {
            read(groups, states, request, budget);
        } else if (groups.size() < threads && Arrays.stream(states).allMatch(GroupBuckets::merges)) {
            readShared(groups, states, request, budget, threads, workers);
        } else {
            readApart(groups, states, request, budget, Math.min(threads, groups.size()), workers);
        }
        return states;
    }

    private GroupBuckets[] newStates(int count, PointBudget budget) {
        GroupBuckets[] states = new GroupBuckets[count];
        MemoryAccount.Buffer held = budget.memory().buffer();
        for (int i = 0; i < states.length; i++) {
            states[i] = new GroupBuckets(targets(), plan.buckets(), auxiliary);
            held.grow(states[i].retainedSizeInBytes());
        }
        return states;
    }

    /** Each thread reads some of the groups. */
    private void readApart(
            List<Group> groups,
            GroupBuckets[] states,
            RowRequest request,
            PointBudget budget,
            int threads,
            QueryWorkers workers) {
        List<Runnable> pieces = new ArrayList<>();
        for (int part = 0; part < threads; part++) {
            int from = share(groups.size(), part, threads);
            int to = share(groups.size(), part + 1, threads);
            pieces.add(() -> read(groups.subList(from, to), Arrays.copyOfRange(states, from, to), request, budget));
        }
        workers.doAll(pieces);
    }

    /** Each thread reads some series of every group, the first one into the result's states. */
    private void readShared(
            List<Group> groups,
            GroupBuckets[] states,
            RowRequest request,
            PointBudget budget,
            int threads,
            QueryWorkers workers) {
        List<Runnable> pieces = new ArrayList<>();
        List<GroupBuckets[]> parts = new ArrayList<>();
        for (int part = 0; part < threads; part++) {
            int number = part;
            GroupBuckets[] own = part == 0 ? states : newStates(states.length, budget);
            List<Group> some = groups.stream()
                    .map(group -> group.withMembers(
                            share(group.members().size(), number, threads),
                            share(group.members().size(), number + 1, threads)))
                    .toList();
            parts.add(own);
            pieces.add(() -> read(some, own, request, budget));
        }
        workers.doAll(pieces);
        for (GroupBuckets[] part : parts.subList(1, threads)) {
            for (int i = 0; i < states.length; i++) {
                states[i].merge(part[i]);
            }
        }
    }

    /** Where a part's share of so many things begins. */
    private static int share(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }

    private void read(List<Group> groups, GroupBuckets[] states, RowRequest request, PointBudget budget) {
        for (RowSource source : plan.sources()) {
            int[] groupOf = new int[source.series().size()];
            boolean[] whole = new boolean[groupOf.length];
            Arrays.fill(groupOf, -1);
            for (int i = 0; i < states.length; i++) {
                for (Group.Member member : groups.get(i).members()) {
                    if (member.source() == source) {
                        groupOf[member.series()] = i;
                        whole[member.series()] = member.whole();
                    }
                }
            }
            source.scan(series -> groupOf[series] >= 0, request, new Feeder(source, states, groupOf, whole, budget));
        }
    }

    /** Everything, or of each series the only row that decides. */
    private RowRequest request(List<Group> groups) {
        BucketFunction.Deciding deciding = deciding(calls.get(0));
        boolean one = plan.buckets() == null
                && deciding != BucketFunction.Deciding.ANY
                && columns.size() == 1
                && plan.sources().stream().noneMatch(RowSource::isResult)
                && calls.stream().allMatch(call -> deciding(call) == deciding)
                && plan.fields().get(columns.get(0)) == types.argumentType(calls.get(0))
                && groups.stream().allMatch(group -> group.members().stream().allMatch(Group.Member::whole));
        return one
                ? new RowRequest(columns, range, deciding == BucketFunction.Deciding.EARLIEST, 1)
                : new RowRequest(columns, range, plan.ascending(), 0);
    }

    private static BucketFunction.Deciding deciding(Call call) {
        return ((BucketFunction) FunctionRegistry.of(call)).deciding();
    }

    private GroupBuckets.CallTarget[] targets() {
        GroupBuckets.CallTarget[] targets = new GroupBuckets.CallTarget[calls.size()];
        for (int i = 0; i < targets.length; i++) {
            Call call = calls.get(i);
            FieldType argument = types.argumentType(call);
            FieldType result = types.type(call);
            if (argument == null || result == null) {
                throw new IllegalStateException("a call without a type: " + call);
            }
            BucketFunction function = (BucketFunction) FunctionRegistry.of(call);
            CallSetting setting = new CallSetting(call, plan.buckets(), range, plan.ascending());
            String field = argument(call).name();
            FieldType cast = plan.fields().get(field) == argument ? null : argument;
            targets[i] = new GroupBuckets.CallTarget(
                    call,
                    function,
                    columns.indexOf(field) + 1,
                    cast,
                    function.newSlots(argument, setting),
                    ColumnBuilder.of(result));
        }
        return targets;
    }

    /** Brings the rows of a scan into the buckets of their groups. */
    private final class Feeder implements ScanVisitor {

        private final RowSource source;
        private final GroupBuckets[] states;
        private final int[] groupOf;
        private final boolean[] whole;
        private final PointBudget budget;
        private final BatchRow row = new BatchRow(plan.fields(), columns);
        private final Column[] arguments = new Column[calls.size()];
        private final @Nullable BatchFilter filter;
        private final boolean needsTags = plan.condition() != null || !auxiliary.isEmpty();
        private boolean[] passes = new boolean[0];
        private final MemoryAccount.Buffer held;
        private GroupBuckets state;
        private long stateBytes;
        private boolean all;

        Feeder(RowSource source, GroupBuckets[] states, int[] groupOf, boolean[] whole, PointBudget budget) {
            this.source = source;
            this.states = states;
            this.groupOf = groupOf;
            this.whole = whole;
            this.budget = budget;
            this.held = budget.memory().buffer();
            Expression condition = source.condition(plan.condition());
            this.filter = condition == null ? null : BatchFilters.of(condition, plan.fields(), columns);
            this.state = states.length == 0 ? new GroupBuckets(targets(), plan.buckets(), auxiliary) : states[0];
        }

        @Override
        public void beginSeries(int series) {
            state = states[groupOf[series]];
            stateBytes = state.retainedSizeInBytes();
            all = whole[series] || filter == null;
            if (needsTags) {
                row.useSeries(source.series().get(series));
            }
            if (filter != null && !all) {
                filter.useSeries(row);
            }
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
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = state.targets()[i].values(batch);
            }
            LongColumn times = (LongColumn) batch.column(0);
            int count = batch.rowCount();
            noteGrowth();
            if (all || filter == null) {
                add(times, 0, count);
                return;
            }
            if (passes.length < count) {
                passes = new boolean[count];
            }
            Arrays.fill(passes, 0, count, true);
            filter.keep(batch, passes);
            int start = 0;
            while (start < count) {
                int end = start;
                while (end < count && passes[end]) {
                    end++;
                }
                add(times, start, end);
                start = end + 1;
            }
        }

        /** Adds a run of rows, bucket by bucket. */
        private void add(LongColumn times, int from, int to) {
            int start = from;
            while (start < to) {
                state.useBucketOf(times.get(start));
                int end = endOfBucket(times, start, to);
                state.add(times, arguments, start, end, row);
                start = end;
            }
        }

        /** The first row behind the bucket in use: rows are in order of time, so that it need not look at each. */
        private int endOfBucket(LongColumn times, int start, int count) {
            if (isInBucket(times.get(count - 1))) {
                return count;
            }
            int inside = start;
            int outside = count - 1;
            while (outside - inside > 1) {
                int middle = (inside + outside) >>> 1;
                if (isInBucket(times.get(middle))) {
                    inside = middle;
                } else {
                    outside = middle;
                }
            }
            return outside;
        }

        private boolean isInBucket(long time) {
            return time >= state.bucketStart() && time < state.bucketEnd();
        }

        @Override
        public void endSeries() {
            state.endSeries();
            noteGrowth();
        }

        private void noteGrowth() {
            long bytes = state.retainedSizeInBytes();
            if (bytes != stateBytes) {
                held.grow(bytes - stateBytes);
                stateBytes = bytes;
            }
        }
    }
}
