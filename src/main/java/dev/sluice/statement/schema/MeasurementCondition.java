package dev.sluice.statement.schema;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.BooleanLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.DatabaseId;
import dev.sluice.statement.StatementException;
import dev.sluice.storage.SeriesReader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * WHERE of SHOW MEASUREMENTS, which InfluxDB asks of a measurement as a whole: a comparison holds when some series has such
 * a value, a negated one when the measurement has the tag and no series has such a value. A measurement without the tag
 * fulfils neither.
 */
final class MeasurementCondition {

    private final SeriesReader reader;
    private final DatabaseId database;
    private final String refusal;

    /**
     * Conditions on measurements of a database.
     *
     * @param refusal the error for a comparison that is not one of a tag
     */
    MeasurementCondition(SeriesReader reader, DatabaseId database, String refusal) {
        this.reader = reader;
        this.database = database;
        this.refusal = refusal;
    }

    /** Whether a measurement fulfils a condition without times; null is fulfilled by all. */
    boolean holds(@Nullable Expression condition, String measurement) {
        if (condition == null) {
            return true;
        }
        if (condition instanceof ParenExpression paren) {
            return holds(paren.inner(), measurement);
        }
        if (condition instanceof BooleanLiteral bool) {
            return bool.value();
        }
        if (condition instanceof BinaryExpression binary) {
            if (binary.operator() == BinaryOperator.AND) {
                return holds(binary.left(), measurement) && holds(binary.right(), measurement);
            }
            if (binary.operator() == BinaryOperator.OR) {
                return holds(binary.left(), measurement) || holds(binary.right(), measurement);
            }
            if (binary.left() instanceof VarRef tag) {
                return compare(tag.name(), binary.operator(), binary.right(), measurement);
            }
            if (binary.right() instanceof VarRef tag) {
                return compare(tag.name(), binary.operator(), binary.left(), measurement);
            }
        }
        throw new StatementException(refusal);
    }

    private boolean compare(String tag, BinaryOperator operator, Expression value, String measurement) {
        Predicate<String> matches = matches(value);
        boolean positive = operator == BinaryOperator.EQUAL || operator == BinaryOperator.REGEX_MATCH;
        if (!positive && operator != BinaryOperator.NOT_EQUAL && operator != BinaryOperator.REGEX_NO_MATCH) {
            throw new StatementException(refusal);
        }
        if (tag.equals("_name")) {
            return matches.test(measurement) == positive;
        }
        return reader.tagKeys(database, measurement).contains(tag)
                && reader.tagValues(database, measurement, tag).stream().anyMatch(matches) == positive;
    }

    private Predicate<String> matches(Expression value) {
        if (value instanceof StringLiteral text) {
            return text.value()::equals;
        }
        if (value instanceof RegexLiteral regex) {
            return text -> regex.pattern().matcher(text).find();
        }
        throw new StatementException(refusal);
    }
}
