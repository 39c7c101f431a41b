package dev.sluice.query.expression;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.NumberLiteral;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.Comparison;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes filters of conditions: comparisons of a field with a constant become loops over arrays, what the tags decide is
 * decided once per series, and the rest is evaluated row by row as {@link Evaluator} does. The answer is always the
 * evaluator's.
 */
public final class BatchFilters {

    private final Map<String, FieldType> fields;
    private final List<String> columns;

    private BatchFilters(Map<String, FieldType> fields, List<String> columns) {
        this.fields = fields;
        this.columns = columns;
    }

    /**
     * A filter for a condition.
     *
     * @param fields every field of the source with its type; any other name is a tag's
     * @param columns names of the batches' columns after the first
     */
    public static BatchFilter of(Expression condition, Map<String, FieldType> fields, List<String> columns) {
        return new BatchFilters(fields, columns).filter(condition);
    }

    private BatchFilter filter(Expression condition) {
        if (condition instanceof ParenExpression paren) {
            return filter(paren.inner());
        }
        if (!(condition instanceof BinaryExpression binary)) {
            return byRow(condition);
        }
        if (binary.operator() == BinaryOperator.AND) {
            return new Both(filter(binary.left()), filter(binary.right()));
        }
        if (binary.operator() == BinaryOperator.OR) {
            return new Either(filter(binary.left()), filter(binary.right()));
        }
        BatchFilter compared = comparison(binary.left(), binary.operator(), binary.right(), false);
        if (compared == null) {
            compared = comparison(binary.right(), binary.operator(), binary.left(), true);
        }
        return compared == null ? byRow(binary) : compared;
    }

    private BatchFilter byRow(Expression condition) {
        return isOfTags(condition) ? new TagFilter(condition) : new RowFilter(condition, new BatchRow(fields, columns));
    }

    private boolean isOfTags(Expression expression) {
        if (expression instanceof BinaryExpression binary) {
            return isOfTags(binary.left()) && isOfTags(binary.right());
        }
        if (expression instanceof ParenExpression paren) {
            return isOfTags(paren.inner());
        }
        return expression instanceof VarRef reference
                ? isTag(reference)
                : expression instanceof StringLiteral || expression instanceof RegexLiteral;
    }

    private boolean isTag(VarRef reference) {
        return reference.namesTag(fields.keySet());
    }

    private @Nullable BatchFilter comparison(
            Expression field, BinaryOperator operator, Expression constant, boolean mirrored) {
        if (!(field instanceof VarRef reference) || isTag(reference)) {
            return null;
        }
        boolean cast = reference.type() != null && reference.type() != DataType.ANY_FIELD;
        int column = columns.indexOf(reference.name()) + 1;
        if (cast || column == 0) {
            return null;
        }
        Comparison comparison = comparison(operator);
        if (comparison != null && mirrored) {
            comparison = comparison.mirrored();
        }
        if (comparison != null && constant instanceof IntegerLiteral number) {
            return new NumberFilter(column, comparison, number.value(), number.value(), true);
        }
        if (comparison != null && constant instanceof NumberLiteral number) {
            return new NumberFilter(column, comparison, 0, number.value(), false);
        }
        if (mirrored) {
            return null;
        }
        Predicate<String> test = textTest(operator, constant);
        return test == null ? null : new TextFilter(column, test);
    }

    private static @Nullable Predicate<String> textTest(BinaryOperator operator, Expression constant) {
        if (constant instanceof StringLiteral text) {
            return switch (operator) {
                case EQUAL -> text.value()::equals;
                case NOT_EQUAL -> value -> !text.value().equals(value);
                default -> null;
            };
        }
        if (constant instanceof RegexLiteral regex) {
            boolean wanted = operator == BinaryOperator.REGEX_MATCH;
            return value -> regex.pattern().matcher(value).find() == wanted;
        }
        return null;
    }

    private static @Nullable Comparison comparison(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> Comparison.EQUAL;
            case NOT_EQUAL -> Comparison.NOT_EQUAL;
            case LESS -> Comparison.LESS;
            case LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
            case GREATER -> Comparison.GREATER;
            case GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    private static void dropNulls(Column column, boolean[] passes) {
        if (column.mayHaveNulls()) {
            for (int row = 0; row < column.length(); row++) {
                passes[row] &= !column.isNull(row);
            }
        }
    }

    private record Both(BatchFilter left, BatchFilter right) implements BatchFilter {

        @Override
        public void useSeries(BatchRow row) {
            left.useSeries(row);
            right.useSeries(row);
        }

        @Override
        public void keep(ColumnBatch batch, boolean[] passes) {
            left.keep(batch, passes);
            right.keep(batch, passes);
        }
    }

    private record Either(BatchFilter left, BatchFilter right) implements BatchFilter {

        @Override
        public void useSeries(BatchRow row) {
            left.useSeries(row);
            right.useSeries(row);
        }

        @Override
        public void keep(ColumnBatch batch, boolean[] passes) {
            boolean[] other = Arrays.copyOf(passes, batch.rowCount());
            left.keep(batch, passes);
            right.keep(batch, other);
            for (int row = 0; row < other.length; row++) {
                passes[row] |= other[row];
            }
        }
    }

    /** A field and a number, which is compared as a whole number with whole numbers if it is one. */
    private record NumberFilter(int column, Comparison comparison, long whole, double number, boolean isWhole)
            implements BatchFilter {

        @Override
        public void keep(ColumnBatch batch, boolean[] passes) {
            Column values = batch.column(column);
            dropNulls(values, passes);
            if (values instanceof LongColumn longs && isWhole) {
                comparison.keep(longs.array(), longs.arrayOffset(), whole, passes, batch.rowCount());
            } else if (values instanceof LongColumn longs) {
                comparison.keep(longs.array(), longs.arrayOffset(), number, passes, batch.rowCount());
            } else if (values instanceof DoubleColumn doubles) {
                comparison.keep(doubles.array(), doubles.arrayOffset(), number, passes, batch.rowCount());
            } else {
                Arrays.fill(passes, 0, batch.rowCount(), false);
            }
        }
    }

    /** What tags alone decide. */
    private static final class TagFilter implements BatchFilter {

        private final Expression condition;
        private boolean holds;

        TagFilter(Expression condition) {
            this.condition = condition;
        }

        @Override
        public void useSeries(BatchRow row) {
            holds = Evaluator.isTrue(condition, row);
        }

        @Override
        public void keep(ColumnBatch batch, boolean[] passes) {
            if (!holds) {
                Arrays.fill(passes, 0, batch.rowCount(), false);
            }
        }
    }

    /** Anything else. */
    private static final class RowFilter implements BatchFilter {

        private final Expression condition;
        private final BatchRow row;

        RowFilter(Expression condition, BatchRow row) {
            this.condition = condition;
            this.row = row;
        }

        @Override
        public void useSeries(BatchRow series) {
            row.useSeriesOf(series);
        }

        @Override
        public void keep(ColumnBatch batch, boolean[] passes) {
            row.useBatch(batch);
            for (int i = 0; i < batch.rowCount(); i++) {
                if (passes[i]) {
                    row.moveTo(i);
                    passes[i] = Evaluator.isTrue(condition, row);
                }
            }
        }
    }
}
