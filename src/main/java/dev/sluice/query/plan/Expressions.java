package dev.sluice.query.plan;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.VarRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Walks over expressions. */
public final class Expressions {

    private Expressions() {}

    /** The references outside calls, in order, each once. */
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
        }
    }

    /** The calls that are in no other call, in order. */
    public static List<Call> calls(Expression expression) {
        List<Call> found = new ArrayList<>();
        collectCalls(expression, found);
        return found;
    }

    private static void collectCalls(Expression expression, List<Call> found) {
        if (expression instanceof Call call) {
            found.add(call);
        } else if (expression instanceof ParenExpression paren) {
            collectCalls(paren.inner(), found);
        } else if (expression instanceof BinaryExpression binary) {
            collectCalls(binary.left(), found);
            collectCalls(binary.right(), found);
        }
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
