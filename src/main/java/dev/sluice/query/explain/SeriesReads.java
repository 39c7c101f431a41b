package dev.sluice.query.explain;

import dev.sluice.influxql.tree.Expression;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.query.operator.Group;
import dev.sluice.query.operator.Grouping;
import dev.sluice.query.plan.SelectPlan;
import dev.sluice.query.source.RowSource;
import java.util.List;
import java.util.Set;

/**
 * A series that a plan reads.
 *
 * @param series its number in its source
 * @param conditionFields names of the fields that the condition needs of it
 */
record SeriesReads(int series, Set<String> conditionFields) {

    /**
     * Those of one source.
     *
     * @param paged whether SLIMIT and SOFFSET count
     */
    static List<SeriesReads> of(RowSource source, SelectPlan plan, boolean paged, MemoryAccount memory) {
        Expression condition = source.condition(plan.condition());
        BatchRow row = new BatchRow(plan.fields(), List.of());
        List<Group.Member> members = Grouping.members(source, plan, paged, memory);
        return members.stream()
                .map(member -> {
                    if (condition == null || member.whole()) {
                        return new SeriesReads(member.series(), Set.of());
                    }
                    row.useSeries(source.series().get(member.series()));
                    return new SeriesReads(member.series(), ConditionFields.of(condition, row));
                })
                .toList();
    }
}
