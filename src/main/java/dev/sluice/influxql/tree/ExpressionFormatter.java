package dev.sluice.influxql.tree;

import dev.sluice.influxql.Durations;
import dev.sluice.influxql.Identifiers;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** Prints expressions as InfluxDB does. */
final class ExpressionFormatter {

    private ExpressionFormatter() {}

    static String format(Expression expression) {
        StringBuilder text = new StringBuilder();
        append(text, expression);
        return text.toString();
    }

    static void append(StringBuilder text, Expression expression) {
        if (expression instanceof VarRef reference) {
            text.append(Identifiers.quote(reference.name()));
            if (reference.type() != null) {
                text.append("::").append(reference.type().influxName());
            }
        } else if (expression instanceof Call call) {
            text.append(call.name()).append('(');
            appendAll(text, call.arguments());
            text.append(')');
        } else if (expression instanceof BinaryExpression binary) {
            append(text, binary.left());
            text.append(' ').append(binary.operator().symbol()).append(' ');
            append(text, binary.right());
        } else if (expression instanceof ParenExpression paren) {
            text.append('(');
            append(text, paren.inner());
            text.append(')');
        } else if (expression instanceof Distinct distinct) {
            text.append("DISTINCT ").append(Identifiers.quote(distinct.field()));
        } else if (expression instanceof Wildcard wildcard) {
            text.append('*');
            if (wildcard.kind() != null) {
                text.append(wildcard.kind() == Wildcard.Kind.FIELD ? "::field" : "::tag");
            }
        } else if (expression instanceof RegexLiteral regex) {
            text.append('/')
                    .append(regex.pattern().pattern().replace("/", "\\/"))
                    .append('/');
        } else if (expression instanceof ListLiteral list) {
            Iterator<String> values = list.values().iterator();
            text.append('(');
            while (values.hasNext()) {
                text.append(Identifiers.quote(values.next())).append(values.hasNext() ? ", " : "");
            }
            text.append(')');
        } else {
            appendLiteral(text, expression);
        }
    }

    private static void appendLiteral(StringBuilder text, Expression expression) {
        if (expression instanceof NumberLiteral number) {
            text.append(number(number.value()));
        } else if (expression instanceof IntegerLiteral integer) {
            text.append(integer.value());
        } else if (expression instanceof UnsignedLiteral unsigned) {
            text.append(Long.toUnsignedString(unsigned.value()));
        } else if (expression instanceof StringLiteral string) {
            text.append(Identifiers.quoteString(string.value()));
        } else if (expression instanceof BooleanLiteral bool) {
            text.append(bool.value());
        } else if (expression instanceof DurationLiteral duration) {
            text.append(Durations.format(duration.nanos()));
        } else if (expression instanceof TimeLiteral time) {
            text.append('\'')
                    .append(Instant.ofEpochSecond(
                            Math.floorDiv(time.nanos(), 1_000_000_000L), Math.floorMod(time.nanos(), 1_000_000_000L)))
                    .append('\'');
        } else {
            text.append("nil");
        }
    }

    static void appendAll(StringBuilder text, List<Expression> expressions) {
        for (int i = 0; i < expressions.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            append(text, expressions.get(i));
        }
    }

    /** The shortest decimal form, never with an exponent and always with at least one decimal (1.11+). */
    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        return (decimal.scale() < 1 ? decimal.setScale(1) : decimal).toPlainString();
    }
}
