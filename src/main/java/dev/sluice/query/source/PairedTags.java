package dev.sluice.query.source;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.VarRef;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of a tag with another tag or a field in WHERE. A tag that a series does not have equals the empty text, but in
 * InfluxDB it equals no other tag, be that absent as well, and compares with no field. This puts that into the condition.
 */
final class PairedTags {

    private PairedTags() {}

    /**
     * The condition with what it means said; the very same where no names are compared.
     *
     * @param fields names that are not tags unless the condition says so
     */
    static @Nullable Expression spelledOut(@Nullable Expression condition, Set<String> fields) {
        if (condition instanceof ParenExpression paren) {
            Expression inner = spelledOut(paren.inner(), fields);
            return inner == null || inner == paren.inner() ? paren : new ParenExpression(inner);
        }
        if (!(condition instanceof BinaryExpression binary)) {
            return condition;
        }
        if (binary.operator().isLogical()) {
            Expression left = spelledOut(binary.left(), fields);
            Expression right = spelledOut(binary.right(), fields);
            return left == null || right == null || left == binary.left() && right == binary.right()
                    ? binary
                    : new BinaryExpression(binary.operator(), left, right);
        }
        boolean compares = binary.operator() == BinaryOperator.EQUAL || binary.operator() == BinaryOperator.NOT_EQUAL;
        return compares && binary.left() instanceof VarRef left && binary.right() instanceof VarRef right
                ? spelledOut(binary, left, right, fields)
                : binary;
    }

    private static Expression spelledOut(BinaryExpression binary, VarRef left, VarRef right, Set<String> fields) {
        boolean leftIsTag = left.namesTag(fields);
        boolean rightIsTag = right.namesTag(fields);
        if (!leftIsTag && !rightIsTag) {
            return binary;
        }
        VarRef tag = leftIsTag ? left : right;
        StringLiteral nothing = new StringLiteral("");
        boolean differs = binary.operator() == BinaryOperator.NOT_EQUAL;
        Expression spelled = leftIsTag && rightIsTag && differs
                ? new BinaryExpression(
                        BinaryOperator.OR, binary, new BinaryExpression(BinaryOperator.EQUAL, tag, nothing))
                : new BinaryExpression(
                        BinaryOperator.AND, binary, new BinaryExpression(BinaryOperator.NOT_EQUAL, tag, nothing));
        return new ParenExpression(spelled);
    }
}
