package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.influxql.tree.Wildcard;
import dev.sluice.query.QueryException;
import java.util.List;
import java.util.Locale;

/** Refuses what GROUP BY cannot group by, with InfluxDB's texts. */
final class DimensionChecks {

    private DimensionChecks() {}

    static void check(List<Expression> dimensions) {
        boolean timeSeen = false;
        for (Expression dimension : dimensions) {
            if (dimension instanceof Call call) {
                if (!call.name().equals("time")) {
                    throw new QueryException("only time() calls allowed in dimensions");
                }
                checkTime(call.arguments());
                if (timeSeen) {
                    throw new QueryException("multiple time dimensions not allowed");
                }
                timeSeen = true;
            } else if (dimension instanceof VarRef reference) {
                if (reference.name().toLowerCase(Locale.ROOT).equals("time")) {
                    throw new QueryException("time() is a function and expects at least one argument");
                }
            } else if (!(dimension instanceof Wildcard) && !(dimension instanceof RegexLiteral)) {
                throw new QueryException("only time and tag dimensions allowed");
            }
        }
    }

    private static void checkTime(List<Expression> arguments) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new QueryException("time dimension expected 1 or 2 arguments");
        }
        if (!(arguments.get(0) instanceof DurationLiteral)) {
            throw new QueryException("time dimension must have duration argument");
        }
        if (arguments.size() == 1) {
            return;
        }
        Expression offset = arguments.get(1);
        if (offset instanceof Call call) {
            if (!call.name().equals("now")) {
                throw new QueryException("time dimension offset function must be now()");
            }
            if (!call.arguments().isEmpty()) {
                throw new QueryException("time dimension offset now() function requires no arguments");
            }
        } else if (offset instanceof StringLiteral text && text.value().matches("\\d{4}-\\d{2}-\\d{2}.*")) {
            throw new QueryException("invalid time dimension offset: " + text);
        } else if (!(offset instanceof DurationLiteral)) {
            throw new QueryException("time dimension offset must be duration or now()");
        }
    }
}
