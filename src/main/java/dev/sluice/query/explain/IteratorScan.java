package dev.sluice.query.explain;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.query.function.BucketFunction;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.plan.Expressions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What InfluxDB would make an iterator scanner of: a call with the columns that stand beside it, or columns alone.
 *
 * @param call null for columns alone
 * @param auxiliary the columns, sorted
 */
record IteratorScan(@Nullable Call call, List<VarRef> auxiliary) {

    private static final Set<String> ITERATED = Set.of("count", "sum", "min", "max", "first", "last", "mean");

    /** Those of a statement with typed columns; none when nothing of it has a type. */
    static List<IteratorScan> of(List<Expression> columns, boolean writes) {
        Set<Call> calls = new LinkedHashSet<>();
        Set<VarRef> references = new LinkedHashSet<>();
        for (Expression column : columns) {
            calls.addAll(Expressions.calls(column));
            references.addAll(Expressions.references(column));
            if (column instanceof Call call && isRanking(call) && !writes) {
                call.arguments().stream()
                        .skip(1)
                        .filter(VarRef.class::isInstance)
                        .forEach(argument -> references.add((VarRef) argument));
            }
        }
        List<VarRef> auxiliary = references.stream()
                .sorted(Comparator.comparing(VarRef::name).thenComparing(VarRef::toString))
                .toList();
        if (!calls.isEmpty()) {
            return calls.stream().map(call -> new IteratorScan(call, auxiliary)).toList();
        }
        boolean isKnown = auxiliary.stream().anyMatch(reference -> reference.type() != null);
        return isKnown ? List.of(new IteratorScan(null, auxiliary)) : List.of();
    }

    private static boolean isRanking(Call call) {
        return FunctionRegistry.find(call.name()) instanceof BucketFunction function
                && function.kind() == BucketFunction.Kind.RANKING;
    }

    /** The field that the call reads in the end; null without a call. */
    @Nullable
    VarRef field() {
        Expression at = call;
        while (at instanceof Call level) {
            at = level.arguments().get(0);
        }
        return at instanceof VarRef reference ? reference : null;
    }

    /** What the innermost iterator computes: only few functions are computed there; {@code <nil>} without a call. */
    String iterated() {
        if (call == null) {
            return "<nil>";
        }
        Call level = call;
        while (level.arguments().get(0) instanceof Call inner) {
            level = inner;
        }
        if (isRanking(level) && level.arguments().size() > 2) {
            String extreme = level.name().equals("top") ? "max" : "min";
            return new Call(extreme, level.arguments().subList(0, 1)).toString();
        }
        return ITERATED.contains(level.name())
                ? level.toString()
                : level.arguments().get(0).toString();
    }

    /** The columns as they are printed. */
    String auxiliaryText() {
        List<String> texts = new ArrayList<>();
        auxiliary.forEach(reference -> texts.add(reference.toString()));
        return String.join(", ", texts);
    }
}
