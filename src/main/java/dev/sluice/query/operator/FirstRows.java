package dev.sluice.query.operator;

import dev.sluice.column.ColumnBatch;
import dev.sluice.query.QueryWorkers;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowCursor;
import dev.sluice.query.source.RowRequest;
import dev.sluice.query.source.RowSource;
import dev.sluice.query.source.ScanVisitor;
import dev.sluice.storage.BatchStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows that LIMIT lets through where every row counts: a few of each series, in one pass over the store, which need
 * not decode what lies behind them ({@code ORDER BY time DESC LIMIT 1}).
 */
final class FirstRows {

    /** Above this a series is better read batch by batch. */
    private static final long MOST_ROWS = 1000;

    private static final long ROWS_OF_A_PART = 20_000;

    /** From so many groups on, several threads read them. */
    private static final int WORTH_GROUPS = 24;

    private final SelectPlan plan;
    private final RowRequest request;
    private final PointBudget budget;
    private final QueryWorkers workers;

    /**
     * A reader.
     *
     * @param fields that are shown
     */
    FirstRows(SelectPlan plan, List<String> fields, PointBudget budget, QueryWorkers workers) {
        this.plan = plan;
        this.workers = workers;
        this.request = new RowRequest(fields, plan.range(), plan.ascending(), (int) rows(plan));
        this.budget = budget;
    }

    private static long rows(SelectPlan plan) {
        return (long) plan.limit() + plan.offset();
    }

    /** Whether this is the way to read a plan. */
    static boolean serve(SelectPlan plan, List<Group> groups) {
        return plan.limit() > 0
                && rows(plan) <= MOST_ROWS
                && plan.sources().stream().noneMatch(RowSource::isResult)
                && groups.stream().allMatch(group -> group.members().stream().allMatch(Group.Member::whole));
    }

    /** Cuts groups into parts whose rows may be in memory at the same time. */
    List<List<Group>> parts(List<Group> groups) {
        List<List<Group>> parts = new ArrayList<>();
        List<Group> part = new ArrayList<>();
        long rows = 0;
        for (Group group : groups) {
            part.add(group);
            rows += group.members().size() * rows(plan);
            if (rows >= ROWS_OF_A_PART) {
                parts.add(part);
                part = new ArrayList<>();
                rows = 0;
            }
        }
        parts.add(part);
        return parts;
    }

    /** The rows of each member of some groups; a member that has none among the first of its group has no entry. */
    Map<Group.Member, RowCursor> read(List<Group> groups) {
        int threads = groups.size() < WORTH_GROUPS ? 1 : workers.parallelism();
        Map<Group.Member, RowCursor> read = new ConcurrentHashMap<>();
        List<Runnable> pieces = new ArrayList<>();
        for (int part = 0; part < threads; part++) {
            List<Group> some = groups.subList(groups.size() * part / threads, groups.size() * (part + 1) / threads);
            pieces.add(() -> read(some, read));
        }
        workers.doAll(pieces);
        return read;
    }

    private void read(List<Group> groups, Map<Group.Member, RowCursor> read) {
        FirstOfGroup[] firsts = new FirstOfGroup[groups.size()];
        Set<RowSource> sources = new LinkedHashSet<>();
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] = new FirstOfGroup(request.rowLimit(), plan.ascending());
            groups.get(i).members().forEach(member -> sources.add(member.source()));
        }
        for (RowSource source : sources) {
            int[] groupOf = new int[source.series().size()];
            Arrays.fill(groupOf, -1);
            for (int i = 0; i < firsts.length; i++) {
                firsts[i].nextSource();
                for (Group.Member member : groups.get(i).members()) {
                    if (member.source() == source) {
                        groupOf[member.series()] = i;
                    }
                }
            }
            source.scan(series -> groupOf[series] >= 0, request, new Visitor(firsts, groupOf));
            for (int i = 0; i < firsts.length; i++) {
                for (Group.Member member : groups.get(i).members()) {
                    Queue<ColumnBatch> rows = member.source() == source ? firsts[i].take(member.series()) : null;
                    if (rows != null) {
                        read.put(member, new Collected(rows));
                    }
                }
            }
        }
    }

    /** The rows of one series. */
    private static final class Collected implements RowCursor {

        private final Queue<ColumnBatch> batches;

        Collected(Queue<ColumnBatch> batches) {
            this.batches = batches;
        }

        @Override
        public @Nullable ColumnBatch next() {
            return batches.poll();
        }

        @Override
        public void close() {
            // Nothing is held but memory.
        }
    }

    private final class Visitor implements ScanVisitor {

        private final FirstOfGroup[] firsts;
        private final int[] groupOf;
        private int series;

        Visitor(FirstOfGroup[] firsts, int[] groupOf) {
            this.firsts = firsts;
            this.groupOf = groupOf;
        }

        @Override
        public void beginSeries(int number) {
            series = number;
            budget.spend(0);
        }

        @Override
        public boolean takeStatistics(BatchStatistics statistics) {
            return false;
        }

        @Override
        public void take(ColumnBatch batch) {
            int kept = firsts[groupOf[series]].add(series, batch);
            budget.spend(batch.rowCount() - kept);
        }

        @Override
        public void endSeries() {
            // The rows are where they belong.
        }
    }
}
