package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.Source;
import dev.sluice.query.source.RowSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plan with what it was made of, for those who explain it.
 *
 * @param written the statement
 * @param columns what it selects, without wildcards
 * @param condition without what it says of time; null for none
 * @param tags of its sources
 * @param origins what FROM lists, in order
 * @param plan that came of it
 */
public record PlanOutline(
        SelectStatement written,
        List<SelectField> columns,
        @Nullable Expression condition,
        Set<String> tags,
        List<Origin> origins,
        SelectPlan plan) {

    /**
     * What one item of FROM came to.
     *
     * @param written the item
     * @param rows what is read, several for a regular expression
     * @param inner the outline of an inner statement; null for a measurement
     */
    public record Origin(
            Source written, List<RowSource> rows, @Nullable PlanOutline inner) {}
}
