package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.query.QueryException;

/** Checks that several functions share, with InfluxDB's texts. */
final class ArgumentChecks {

    private ArgumentChecks() {}

    /** Requires an exact number of arguments. */
    static void count(Call call, int expected) {
        int got = call.arguments().size();
        if (got != expected) {
            throw new QueryException(
                    "invalid number of arguments for " + call.name() + ", expected " + expected + ", got " + got);
        }
    }

    /** Requires a number of arguments within bounds. */
    static void countBetween(Call call, int least, int most) {
        int got = call.arguments().size();
        if (got < least || got > most) {
            throw new QueryException("invalid number of arguments for " + call.name() + ", expected at least " + least
                    + " but no more than " + most + ", got " + got);
        }
    }

    /** The one field of a simple aggregate or selector. */
    static void oneField(Call call, ArgumentScope scope) {
        count(call, 1);
        scope.checkField(call.name(), call.arguments().get(0));
    }

    /**
     * The first argument of a transformation: a call when the statement groups by time, else a field. When the grouping
     * is only inherited from an outer statement, both are fine.
     */
    static void streamInput(Call call, ArgumentScope scope) {
        Expression input = call.arguments().get(0);
        if (input instanceof Call inner) {
            if (!scope.groupsByTime()) {
                throw new QueryException(call.name() + " aggregate requires a GROUP BY interval");
            }
            scope.checkNested(inner);
            return;
        }
        if (scope.groupsByTime() && !scope.inheritsInterval()) {
            throw new QueryException("aggregate function required inside the call to " + call.name());
        }
        scope.checkField(call.name(), input);
    }

    /** A duration above zero as second argument, when there is one. */
    static void unit(Call call) {
        if (call.arguments().size() < 2) {
            return;
        }
        Expression unit = call.arguments().get(1);
        if (!(unit instanceof DurationLiteral duration)) {
            throw new QueryException("second argument to " + call.name() + " must be a duration, got " + goName(unit));
        }
        if (duration.nanos() <= 0) {
            throw new QueryException("duration argument must be positive, got " + unit);
        }
    }

    /** The type name InfluxDB prints for an argument of the wrong kind. */
    static String goName(Expression argument) {
        String name = argument.getClass().getSimpleName();
        return "*influxql."
                + switch (name) {
                    case "BinaryExpression" -> "BinaryExpr";
                    case "ParenExpression" -> "ParenExpr";
                    default -> name;
                };
    }
}
