package dev.sluice.query.source;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.storage.SeriesSelector;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the series index can already tell of a condition. The selector may let series through that no row of which fulfils
 * the condition, and never leaves out one that could; the exact answer is the grouping's.
 */
final class TagPruning {

    private TagPruning() {}

    /**
     * The selector for a condition.
     *
     * @param fields names that are not tags unless the condition says so
     */
    static SeriesSelector selector(@Nullable Expression condition, Set<String> fields) {
        if (condition instanceof ParenExpression paren) {
            return selector(paren.inner(), fields);
        }
        if (!(condition instanceof BinaryExpression binary)) {
            return SeriesSelector.ALL;
        }
        if (binary.operator() == BinaryOperator.AND) {
            return new SeriesSelector.And(List.of(selector(binary.left(), fields), selector(binary.right(), fields)));
        }
        if (binary.operator() == BinaryOperator.OR) {
            return new SeriesSelector.Or(List.of(selector(binary.left(), fields), selector(binary.right(), fields)));
        }
        boolean onTag = binary.left() instanceof VarRef reference && reference.namesTag(fields);
        return onTag ? comparison((VarRef) binary.left(), binary) : SeriesSelector.ALL;
    }

    private static SeriesSelector comparison(VarRef tag, BinaryExpression binary) {
        if (binary.right() instanceof StringLiteral text) {
            SeriesSelector equal = new SeriesSelector.TagEquals(tag.name(), text.value());
            return switch (binary.operator()) {
                case EQUAL -> equal;
                case NOT_EQUAL -> new SeriesSelector.Not(equal);
                default -> SeriesSelector.ALL;
            };
        }
        if (binary.right() instanceof RegexLiteral regex) {
            boolean wanted = binary.operator() == BinaryOperator.REGEX_MATCH;
            return new SeriesSelector.TagMatches(
                    tag.name(), value -> regex.pattern().matcher(value).find() == wanted);
        }
        return SeriesSelector.ALL;
    }
}
