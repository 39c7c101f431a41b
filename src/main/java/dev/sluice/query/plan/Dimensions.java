package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.TimeLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.influxql.tree.Wildcard;
import dev.sluice.query.QueryException;
import dev.sluice.query.kernel.TimeBuckets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a statement is grouped by: tags, named or by a pattern, and {@code time(…)}. */
final class Dimensions {

    private Dimensions() {}

    /** The call of {@code time(…)}; null without one that groups anything. */
    static @Nullable Call time(SelectStatement statement) {
        for (Expression dimension : statement.dimensions()) {
            // A window without or with negative length groups nothing.
            if (dimension instanceof Call call
                    && call.name().equals("time")
                    && ((DurationLiteral) call.arguments().get(0)).nanos() > 0) {
                return call;
            }
        }
        return null;
    }

    /**
     * The buckets of a statement.
     *
     * @param nowNanos what {@code now()} means as their offset
     * @throws QueryException when their offset is none
     */
    static TimeBuckets buckets(Call time, SelectStatement statement, long nowNanos) {
        long interval = ((DurationLiteral) time.arguments().get(0)).nanos();
        long offset = 0;
        if (time.arguments().size() > 1) {
            Expression argument = time.arguments().get(1);
            if (argument instanceof DurationLiteral duration) {
                offset = duration.nanos();
            } else if (argument instanceof Call call && call.name().equals("now")) {
                offset = Math.floorMod(nowNanos, interval);
            } else if (argument instanceof TimeLiteral instant) {
                offset = Math.floorMod(instant.nanos(), interval);
            } else {
                throw new QueryException("time dimension offset must be duration or now()");
            }
        }
        return new TimeBuckets(interval, offset, statement.zone() == null ? ZoneOffset.UTC : statement.zone());
    }

    /** Tags that are named. */
    static List<String> named(SelectStatement statement) {
        return statement.dimensions().stream()
                .filter(VarRef.class::isInstance)
                .map(dimension -> ((VarRef) dimension).name())
                .toList();
    }

    /** Whether there are patterns, or {@code *}, whose tags depend on what is read. */
    static boolean havePatterns(SelectStatement statement) {
        return statement.dimensions().stream()
                .anyMatch(dimension -> dimension instanceof Wildcard || dimension instanceof RegexLiteral);
    }

    /** Adds the tags that patterns and {@code *} mean. */
    static void expand(SelectStatement statement, Set<String> tags, Set<String> target) {
        for (Expression dimension : statement.dimensions()) {
            if (dimension instanceof Wildcard) {
                target.addAll(tags);
            } else if (dimension instanceof RegexLiteral regex) {
                tags.stream().filter(tag -> regex.pattern().matcher(tag).find()).forEach(target::add);
            }
        }
    }

    /** What {@code *} leaves out: what is grouped by, and all tags where a pattern says what that is. */
    static Set<String> leftOut(SelectStatement statement, Set<String> tags, Set<String> dimensions) {
        return statement.dimensions().stream().anyMatch(RegexLiteral.class::isInstance) ? tags : dimensions;
    }
}
