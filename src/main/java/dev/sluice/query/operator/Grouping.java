package dev.sluice.query.operator;

import dev.sluice.influxql.tree.Expression;
import dev.sluice.model.TagSet;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryException;
import dev.sluice.query.QueryLimits;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.expression.SeriesCondition;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sorts the series that a condition can be true for into groups, in the order of the result. */
public final class Grouping {

    private static final Comparator<List<String>> IN_ORDER = (one, other) -> {
        for (int i = 0; i < one.size(); i++) {
            int compared = one.get(i).compareTo(other.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    };

    /** A series' entry in its group. */
    private static final long MEMBER_BYTES = 40;

    /** A group without the values of its dimensions: two maps' entries, lists and a map of its tags. */
    private static final long GROUP_BYTES = 400;

    private static final long VALUE_BYTES = 100;

    private Grouping() {}

    /**
     * The groups of a plan.
     *
     * @param memory has what the groups take until it is closed
     * @throws QueryException when more series are touched than may be, or the groups take too much memory
     */
    static List<Group> of(SelectPlan plan, QueryLimits limits, MemoryAccount memory) {
        MemoryAccount.Buffer held = memory.buffer();
        TreeMap<List<String>, Group> groups = new TreeMap<>(IN_ORDER);
        long touched = 0;
        for (RowSource source : plan.sources()) {
            TreeMap<List<String>, List<Group.Member>> own = members(source, plan, held);
            List<List<String>> kept = page(new ArrayList<>(own.keySet()), plan.seriesOffset(), plan.seriesLimit());
            for (List<String> values : kept) {
                List<String> key = new ArrayList<>(values);
                key.add(0, source.name());
                touched += own.get(values).size();
                groups.computeIfAbsent(key, any -> new Group(source.name(), tags(plan.dimensions(), values)))
                        .members()
                        .addAll(own.get(values));
            }
        }
        if (limits.maxSelectSeries() > 0 && touched > limits.maxSelectSeries()) {
            throw new QueryException(
                    "max-select-series limit exceeded: (" + touched + "/" + limits.maxSelectSeries() + ")");
        }
        List<Group> ordered = new ArrayList<>(groups.values());
        if (!plan.ascending()) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    /**
     * The series of one source that a plan reads.
     *
     * @param paged whether those that SLIMIT and SOFFSET leave out are left out
     */
    public static List<Group.Member> members(RowSource source, SelectPlan plan, boolean paged, MemoryAccount memory) {
        TreeMap<List<String>, List<Group.Member>> own = members(source, plan, memory.buffer());
        List<List<String>> all = new ArrayList<>(own.keySet());
        List<List<String>> kept = paged ? page(all, plan.seriesOffset(), plan.seriesLimit()) : all;
        return kept.stream().flatMap(values -> own.get(values).stream()).toList();
    }

    private static TreeMap<List<String>, List<Group.Member>> members(
            RowSource source, SelectPlan plan, MemoryAccount.Buffer held) {
        TreeMap<List<String>, List<Group.Member>> members = new TreeMap<>(IN_ORDER);
        BatchRow row = new BatchRow(plan.fields(), List.of());
        List<TagSet> series = source.series();
        boolean needsTags = plan.condition() != null || !plan.dimensions().isEmpty();
        Expression condition = source.condition(plan.condition());
        for (int index = 0; index < series.size(); index++) {
            TagSet tags = needsTags ? series.get(index) : TagSet.EMPTY;
            row.useSeries(tags);
            SeriesCondition fulfilled = condition == null ? SeriesCondition.ALL : SeriesCondition.of(condition, row);
            if (fulfilled == SeriesCondition.NONE) {
                continue;
            }
            List<String> values =
                    plan.dimensions().stream().map(tags::valueOrEmpty).toList();
            List<Group.Member> group = members.get(values);
            if (group == null) {
                group = new ArrayList<>(1);
                members.put(values, group);
                held.grow(GROUP_BYTES + VALUE_BYTES * values.size());
            }
            held.grow(MEMBER_BYTES);
            group.add(new Group.Member(source, index, fulfilled == SeriesCondition.ALL));
        }
        return members;
    }

    private static <T> List<T> page(List<T> all, int offset, int limit) {
        if (limit == 0 && offset == 0) {
            return all;
        }
        // An offset without a limit leaves nothing, as in InfluxDB: it adds the limit to the offset for the end.
        int from = Math.min(offset, all.size());
        int to = (int) Math.min(all.size(), (long) from + limit);
        return all.subList(from, to);
    }

    private static Map<String, String> tags(List<String> keys, List<String> values) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            tags.put(keys.get(i), values.get(i));
        }
        return tags;
    }
}
