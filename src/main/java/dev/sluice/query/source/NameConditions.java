package dev.sluice.query.source;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.BooleanLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.VarRef;
import org.jspecify.annotations.Nullable;

/**
 * {@code _name} in WHERE, which stands for the name of the measurement whose rows are looked at. Compared with anything but
 * a text or a pattern it fulfils nothing.
 */
final class NameConditions {

    private static final String NAME = "_name";

    private NameConditions() {}

    /** The condition as it is about one measurement; the very same where it does not speak of names. */
    static @Nullable Expression about(String measurement, @Nullable Expression condition) {
        if (condition instanceof ParenExpression paren) {
            Expression inner = about(measurement, paren.inner());
            return inner == null || inner == paren.inner() ? paren : new ParenExpression(inner);
        }
        if (!(condition instanceof BinaryExpression binary)) {
            return condition;
        }
        if (binary.operator().isLogical()) {
            Expression left = about(measurement, binary.left());
            Expression right = about(measurement, binary.right());
            return left == null || right == null || left == binary.left() && right == binary.right()
                    ? binary
                    : new BinaryExpression(binary.operator(), left, right);
        }
        if (isName(binary.left())) {
            return new BooleanLiteral(holds(measurement, binary.operator(), binary.right()));
        }
        return isName(binary.right())
                ? new BooleanLiteral(holds(measurement, binary.operator(), binary.left()))
                : binary;
    }

    private static boolean isName(Expression expression) {
        return expression instanceof VarRef reference && reference.name().equals(NAME);
    }

    private static boolean holds(String measurement, BinaryOperator operator, Expression value) {
        if (value instanceof StringLiteral text) {
            boolean equal = text.value().equals(measurement);
            return operator == BinaryOperator.EQUAL && equal || operator == BinaryOperator.NOT_EQUAL && !equal;
        }
        if (value instanceof RegexLiteral regex) {
            boolean found = regex.pattern().matcher(measurement).find();
            return operator == BinaryOperator.REGEX_MATCH && found
                    || operator == BinaryOperator.REGEX_NO_MATCH && !found;
        }
        return false;
    }
}
