package dev.sluice.statement.schema;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.BooleanLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.TagSet;
import org.jspecify.annotations.Nullable;

/**
 * WHERE of SHOW TAG VALUES CARDINALITY, which InfluxDB asks of each series by itself, like a condition on fields: a tag
 * that a series lacks fulfils no comparison, not even a negated one.
 */
final class TagRowCondition {

    private TagRowCondition() {}

    static boolean holds(@Nullable Expression condition, TagSet tags) {
        if (condition == null) {
            return true;
        }
        if (condition instanceof ParenExpression paren) {
            return holds(paren.inner(), tags);
        }
        if (condition instanceof BooleanLiteral bool) {
            return bool.value();
        }
        if (!(condition instanceof BinaryExpression binary)) {
            return false;
        }
        if (binary.operator() == BinaryOperator.AND) {
            return holds(binary.left(), tags) && holds(binary.right(), tags);
        }
        if (binary.operator() == BinaryOperator.OR) {
            return holds(binary.left(), tags) || holds(binary.right(), tags);
        }
        if (binary.left() instanceof VarRef tag) {
            return compare(tags.find(tag.name()), binary.operator(), binary.right());
        }
        return binary.right() instanceof VarRef tag && compare(tags.find(tag.name()), binary.operator(), binary.left());
    }

    private static boolean compare(@Nullable String value, BinaryOperator operator, Expression operand) {
        if (value == null) {
            return false;
        }
        return switch (operator) {
            case EQUAL -> operand instanceof StringLiteral text && text.value().equals(value);
            case NOT_EQUAL ->
                operand instanceof StringLiteral text && !text.value().equals(value);
            case REGEX_MATCH ->
                operand instanceof RegexLiteral regex
                        && regex.pattern().matcher(value).find();
            case REGEX_NO_MATCH ->
                operand instanceof RegexLiteral regex
                        && !regex.pattern().matcher(value).find();
            default -> false;
        };
    }
}
