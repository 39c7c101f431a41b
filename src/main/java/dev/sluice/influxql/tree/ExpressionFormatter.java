package dev.sluice.influxql.tree;

import dev.sluice.influxql.Durations;
import dev.sluice.influxql.Identifiers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Prints expressions as InfluxDB does. */
final class ExpressionFormatter {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final DateTimeFormatter RFC3339 = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private ExpressionFormatter() {}

    static String format(Expression expression) {
        StringBuilder out = new StringBuilder();
        append(out, expression);
        return out.toString();
    }

    static void append(StringBuilder out, Expression expression) {
        if (expression instanceof BinaryExpression binary) {
            appendBinary(out, binary);
        } else if (expression instanceof VarRef reference) {
            out.append(Identifiers.quote(reference.name()));
            if (reference.type() != null) {
                out.append("::").append(reference.type().influxName());
            }
        } else if (expression instanceof Call call) {
            out.append(call.name()).append('(');
            appendList(out, call.arguments());
            out.append(')');
        } else if (expression instanceof ParenExpression paren) {
            append(out.append('('), paren.inner());
            out.append(')');
        } else if (expression instanceof Distinct distinct) {
            out.append("DISTINCT ").append(Identifiers.quote(distinct.field()));
        } else if (expression instanceof Wildcard wildcard) {
            out.append('*');
            if (wildcard.kind() != null) {
                out.append(wildcard.kind() == Wildcard.Kind.FIELD ? "::field" : "::tag");
            }
        } else if (expression instanceof ListLiteral list) {
            out.append('(');
            String separator = "";
            for (String value : list.values()) {
                out.append(separator).append(Identifiers.quote(value));
                separator = ", ";
            }
            out.append(')');
        } else {
            out.append(literal(expression));
        }
    }

    /** Chains group from the left and may be long, so their left spine is walked in a loop. */
    private static void appendBinary(StringBuilder out, BinaryExpression binary) {
        Deque<BinaryExpression> spine = new ArrayDeque<>();
        Expression leftmost = binary;
        while (leftmost instanceof BinaryExpression node) {
            spine.push(node);
            leftmost = node.left();
        }
        append(out, leftmost);
        while (!spine.isEmpty()) {
            BinaryExpression node = spine.pop();
            out.append(' ').append(node.operator().symbol()).append(' ');
            append(out, node.right());
        }
    }

    private static void appendList(StringBuilder out, List<Expression> expressions) {
        for (int i = 0; i < expressions.size(); i++) {
            if (i > 0) {
                out.append(", ");
            }
            append(out, expressions.get(i));
        }
    }

    private static String literal(Expression expression) {
        if (expression instanceof StringLiteral string) {
            return Identifiers.quoteString(string.value());
        }
        if (expression instanceof IntegerLiteral integer) {
            return Long.toString(integer.value());
        }
        if (expression instanceof UnsignedLiteral unsigned) {
            return Long.toUnsignedString(unsigned.value());
        }
        if (expression instanceof NumberLiteral number) {
            return DecimalText.plain(number.value());
        }
        if (expression instanceof DurationLiteral duration) {
            return Durations.format(duration.nanos());
        }
        if (expression instanceof BooleanLiteral bool) {
            return Boolean.toString(bool.value());
        }
        if (expression instanceof RegexLiteral regex) {
            return '/' + regex.pattern().pattern().replace("/", "\\/") + '/';
        }
        if (expression instanceof TimeLiteral time) {
            return '\'' + RFC3339.format(instant(time.nanos())) + '\'';
        }
        return "nil";
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }
}
