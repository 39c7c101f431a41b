package dev.sluice.statement.schema;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.BooleanLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.statement.StatementException;
import dev.sluice.storage.SeriesSelector;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns the WHERE clause of a statement about series into a selector. {@code _name} stands for the measurement. */
final class TagConditions {

    private TagConditions() {}

    /**
     * The series of a measurement a condition means.
     *
     * @param condition what remains of the clause without its times; null for all series
     * @param refusal the error for a comparison that is not one of a tag
     */
    static SeriesSelector selector(@Nullable Expression condition, String measurement, String refusal) {
        if (condition == null) {
            return SeriesSelector.ALL;
        }
        if (condition instanceof ParenExpression paren) {
            return selector(paren.inner(), measurement, refusal);
        }
        if (condition instanceof BooleanLiteral bool) {
            return bool.value() ? SeriesSelector.ALL : SeriesSelector.NONE;
        }
        if (condition instanceof BinaryExpression binary) {
            if (binary.operator().isLogical()) {
                List<SeriesSelector> operands = List.of(
                        selector(binary.left(), measurement, refusal), selector(binary.right(), measurement, refusal));
                return binary.operator() == BinaryOperator.AND
                        ? new SeriesSelector.And(operands)
                        : new SeriesSelector.Or(operands);
            }
            if (binary.left() instanceof VarRef tag) {
                return comparison(tag.name(), binary.operator(), binary.right(), measurement, refusal);
            }
            if (binary.right() instanceof VarRef tag) {
                return comparison(tag.name(), binary.operator(), binary.left(), measurement, refusal);
            }
        }
        throw new StatementException(refusal);
    }

    /**
     * What a condition says of names of measurements, or what it says of tags. Of two parts of which one says nothing of it
     * the other remains.
     *
     * @return null when it says nothing of it
     */
    static @Nullable Expression only(Expression condition, boolean ofNames) {
        if (condition instanceof ParenExpression paren) {
            Expression inner = only(paren.inner(), ofNames);
            return inner == null ? null : new ParenExpression(inner);
        }
        if (!(condition instanceof BinaryExpression binary)) {
            return ofNames ? null : condition;
        }
        if (binary.operator().isLogical()) {
            Expression left = only(binary.left(), ofNames);
            Expression right = only(binary.right(), ofNames);
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            return new BinaryExpression(binary.operator(), left, right);
        }
        return (isName(binary.left()) || isName(binary.right())) == ofNames ? condition : null;
    }

    private static boolean isName(Expression expression) {
        return expression instanceof VarRef reference && reference.name().equals("_name");
    }

    private static SeriesSelector comparison(
            String tag, BinaryOperator operator, Expression value, String measurement, String refusal) {
        Predicate<String> condition = predicate(operator, value, refusal);
        if (tag.equals("_name")) {
            return condition.test(measurement) ? SeriesSelector.ALL : SeriesSelector.NONE;
        }
        if (value instanceof StringLiteral text) {
            SeriesSelector equal = new SeriesSelector.TagEquals(tag, text.value());
            return operator == BinaryOperator.EQUAL ? equal : new SeriesSelector.Not(equal);
        }
        return new SeriesSelector.TagMatches(tag, condition);
    }

    private static Predicate<String> predicate(BinaryOperator operator, Expression value, String refusal) {
        if (value instanceof StringLiteral text) {
            switch (operator) {
                case EQUAL -> {
                    return text.value()::equals;
                }
                case NOT_EQUAL -> {
                    return other -> !text.value().equals(other);
                }
                default -> throw new StatementException(refusal);
            }
        }
        if (value instanceof RegexLiteral regex) {
            boolean wanted = operator == BinaryOperator.REGEX_MATCH;
            return text -> regex.pattern().matcher(text).find() == wanted;
        }
        throw new StatementException(refusal);
    }
}
