package dev.sluice.continuous;

import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.condition.ConditionSplitter;
import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.CreateContinuousQueryStatement;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.TimeLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.TimeRange;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The SELECT of a continuous query and when it runs.
 *
 * @param select as it was defined
 * @param schedule when it runs; null when it has no GROUP BY time(), which the grammar lets pass where there is no
 *     function either: such a query never runs
 */
record ScheduledSelect(SelectStatement select, @Nullable ResampleSchedule schedule) {

    /**
     * Reads a definition.
     *
     * @param text the whole CREATE CONTINUOUS QUERY statement
     * @throws InfluxqlException when it is none
     */
    static ScheduledSelect parse(String text) {
        if (!(InfluxqlParser.parseStatement(text) instanceof CreateContinuousQueryStatement definition)) {
            throw new InfluxqlException("not a continuous query: " + text);
        }
        SelectStatement select = definition.select();
        return new ScheduledSelect(select, schedule(definition, select));
    }

    private static @Nullable ResampleSchedule schedule(
            CreateContinuousQueryStatement definition, SelectStatement select) {
        for (Expression dimension : select.dimensions()) {
            if (dimension instanceof Call call
                    && call.name().equals("time")
                    && !call.arguments().isEmpty()
                    && call.arguments().get(0) instanceof DurationLiteral interval
                    && interval.nanos() > 0) {
                return new ResampleSchedule(
                        interval.nanos(),
                        call.arguments().size() > 1 ? offset(call.arguments().get(1), interval.nanos()) : 0,
                        definition.resampleEveryNanos(),
                        definition.resampleForNanos(),
                        zone(select));
            }
        }
        return null;
    }

    /** The second argument of time(): a duration, or a time to which buckets are aligned. */
    private static long offset(Expression argument, long interval) {
        if (argument instanceof DurationLiteral duration) {
            return duration.nanos();
        }
        Expression aligned = new BinaryExpression(BinaryOperator.EQUAL, new VarRef("time", null), argument);
        return Math.floorMod(ConditionSplitter.split(aligned, 0, null).range().minNanos(), interval);
    }

    private static ZoneId zone(SelectStatement select) {
        return select.zone() == null ? ZoneOffset.UTC : select.zone();
    }

    /** The statement over a span of time, which takes the place of whatever it says of time itself. */
    SelectStatement over(TimeRange range, long now) {
        Expression time = new BinaryExpression(
                BinaryOperator.AND,
                new BinaryExpression(
                        BinaryOperator.GREATER_OR_EQUAL, new VarRef("time", null), new TimeLiteral(range.minNanos())),
                new BinaryExpression(
                        BinaryOperator.LESS, new VarRef("time", null), new TimeLiteral(range.maxNanos() + 1)));
        Expression rest =
                ConditionSplitter.split(select.condition(), now, select.zone()).remainder();
        Expression condition =
                rest == null ? time : new BinaryExpression(BinaryOperator.AND, new ParenExpression(rest), time);
        return new SelectStatement(
                select.fields(),
                select.target(),
                select.sources(),
                condition,
                select.dimensions(),
                select.fill(),
                select.sortFields(),
                select.limit(),
                select.offset(),
                select.seriesLimit(),
                select.seriesOffset(),
                select.zone());
    }
}
