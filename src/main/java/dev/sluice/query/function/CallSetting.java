package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.NumberLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.model.TimeRange;
import dev.sluice.query.kernel.TimeBuckets;
import org.jspecify.annotations.Nullable;

/**
 * What a call runs under.
 *
 * @param call the call with its arguments, which have passed {@link Function#checkArguments}
 * @param buckets of GROUP BY time(); null without
 * @param range the times the statement covers, including buckets read before it for this call's sake
 * @param ascending whether points arrive in ascending order of time
 */
public record CallSetting(Call call, @Nullable TimeBuckets buckets, TimeRange range, boolean ascending) {

    /** Width of the buckets of GROUP BY time(), or the given value without. */
    public long intervalOr(long otherwise) {
        return buckets == null ? otherwise : buckets.intervalNanos();
    }

    /** Whether the first argument is itself a call (then points are buckets). */
    public boolean readsCall() {
        return call.arguments().get(0) instanceof Call;
    }

    /** How many arguments there are. */
    public int argumentCount() {
        return call.arguments().size();
    }

    /** A whole number among the arguments, or the given value where there is no such argument. */
    public long integerArgument(int index, long otherwise) {
        Expression argument = argument(index);
        return argument instanceof IntegerLiteral integer ? integer.value() : otherwise;
    }

    /** A number, whole or not, among the arguments, or the given value where there is no such argument. */
    public double numberArgument(int index, double otherwise) {
        Expression argument = argument(index);
        if (argument instanceof IntegerLiteral integer) {
            return integer.value();
        }
        return argument instanceof NumberLiteral number ? number.value() : otherwise;
    }

    /** A duration in nanoseconds among the arguments, or the given value where there is no such argument. */
    public long durationArgument(int index, long otherwise) {
        Expression argument = argument(index);
        return argument instanceof DurationLiteral duration ? duration.nanos() : otherwise;
    }

    /** A text among the arguments, or the given one where there is no such argument. */
    public String stringArgument(int index, String otherwise) {
        Expression argument = argument(index);
        return argument instanceof StringLiteral text ? text.value() : otherwise;
    }

    private @Nullable Expression argument(int index) {
        return index < call.arguments().size() ? call.arguments().get(index) : null;
    }
}
