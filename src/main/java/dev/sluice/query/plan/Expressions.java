package dev.sluice.query.plan;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Distinct;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.query.function.FunctionRegistry;
import dev.sluice.query.function.MathFunction;
import dev.sluice.query.function.StreamFunction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Walks over expressions. */
public final class Expressions {

    private Expressions() {}

    /** The references outside calls of functions of many rows, in order, each once. */
    public static Set<VarRef> references(Expression expression) {
        Set<VarRef> found = new LinkedHashSet<>();
        collectReferences(expression, found);
        return found;
    }

    private static void collectReferences(Expression expression, Set<VarRef> found) {
        if (expression instanceof VarRef reference) {
            found.add(reference);
        } else if (expression instanceof ParenExpression paren) {
            collectReferences(paren.inner(), found);
        } else if (expression instanceof BinaryExpression binary) {
            collectReferences(binary.left(), found);
            collectReferences(binary.right(), found);
        } else if (expression instanceof Call call && isMath(call)) {
            call.arguments().forEach(argument -> collectReferences(argument, found));
        }
    }

    /** Whether a call is of a function of a single row. */
    static boolean isMath(Call call) {
        return FunctionRegistry.find(call.name()) instanceof MathFunction;
    }

    /** Whether the results of a call, or of what is nested in it, may lie outside the range of the statement. */
    public static boolean leavesRange(Call call) {
        return FunctionRegistry.of(call) instanceof StreamFunction function
                && (function.leavesRange() || call.arguments().get(0) instanceof Call inner && leavesRange(inner));
    }

    /**
     * The most buckets before the range that a call, or one nested in it, looks at. InfluxDB reads no more than these, though
     * calls within calls look at as many as all of them together: what lies before is empty then.
     */
    public static int extraBuckets(List<Call> calls) {
        int most = 0;
        for (Call call : calls) {
            for (Expression at = call;
                    at instanceof Call level && !level.arguments().isEmpty();
                    at = level.arguments().get(0)) {
                if (FunctionRegistry.of(level) instanceof StreamFunction stream) {
                    most = Math.max(most, stream.extraBuckets(level));
                }
            }
        }
        return most;
    }

    /** The calls of functions of many rows that are in no other such call, in order. */
    public static List<Call> calls(Expression expression) {
        List<Call> found = new ArrayList<>();
        collectCalls(expression, found);
        return found;
    }

    private static void collectCalls(Expression expression, List<Call> found) {
        if (expression instanceof Call call && isMath(call)) {
            call.arguments().forEach(argument -> collectCalls(argument, found));
        } else if (expression instanceof Call call) {
            found.add(call);
        } else if (expression instanceof ParenExpression paren) {
            collectCalls(paren.inner(), found);
        } else if (expression instanceof BinaryExpression binary) {
            collectCalls(binary.left(), found);
            collectCalls(binary.right(), found);
        }
    }

    /** A copy in which {@code DISTINCT field}, alone or inside a call, is the call of that name. */
    static Expression withDistinctAsCall(Expression expression) {
        if (expression instanceof Distinct distinct) {
            return new Call("distinct", List.of(new VarRef(distinct.field(), null)));
        }
        if (expression instanceof Call call) {
            return new Call(
                    call.name(),
                    call.arguments().stream()
                            .map(Expressions::withDistinctAsCall)
                            .toList());
        }
        if (expression instanceof ParenExpression paren) {
            return new ParenExpression(withDistinctAsCall(paren.inner()));
        }
        if (expression instanceof BinaryExpression binary) {
            return new BinaryExpression(
                    binary.operator(), withDistinctAsCall(binary.left()), withDistinctAsCall(binary.right()));
        }
        return expression;
    }

    /** A copy in which every leaf (anything but parentheses and operations) is replaced. */
    static Expression mapLeaves(Expression expression, Function<Expression, Expression> replacement) {
        if (expression instanceof ParenExpression paren) {
            return new ParenExpression(mapLeaves(paren.inner(), replacement));
        }
        if (expression instanceof BinaryExpression binary) {
            return new BinaryExpression(
                    binary.operator(), mapLeaves(binary.left(), replacement), mapLeaves(binary.right(), replacement));
        }
        return replacement.apply(expression);
    }
}
