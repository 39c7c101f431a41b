package dev.sluice.query.function;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.query.QueryException;

/** The arguments of {@code distinct}, on its own or inside {@code count}. */
final class DistinctArguments {

    private DistinctArguments() {}

    static void check(Call call, ArgumentScope scope) {
        int got = call.arguments().size();
        if (got == 0) {
            throw new QueryException("distinct function requires at least one argument");
        }
        if (got != 1) {
            throw new QueryException("distinct function can only have one argument");
        }
        if (!(call.arguments().get(0) instanceof VarRef)) {
            throw new QueryException("expected field argument in distinct()");
        }
        scope.checkField(call.name(), call.arguments().get(0));
    }
}
