package dev.sluice.influxql.condition;

import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.BooleanLiteral;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.NumberLiteral;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.TimeLiteral;
import dev.sluice.influxql.tree.UnsignedLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.TimeRange;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Takes the conditions on time out of a WHERE clause. As in InfluxDB 1.x all of them are intersected, wherever they
 * stand, under OR as well.
 */
public final class ConditionSplitter {

    private final long nowNanos;
    private final ZoneId zone;
    private long min = TimeRange.MIN_TIMESTAMP;
    private long max = TimeRange.MAX_TIMESTAMP;
    private boolean hasMin;
    private boolean hasMax;

    private ConditionSplitter(long nowNanos, ZoneId zone) {
        this.nowNanos = nowNanos;
        this.zone = zone;
    }

    /**
     * Takes a clause apart.
     *
     * @param condition the clause, or null when there is none
     * @param nowNanos what {@code now()} stands for
     * @param zone where times without an offset are meant; null for UTC
     * @throws InfluxqlException when a condition on time makes no sense
     */
    public static TimeCondition split(@Nullable Expression condition, long nowNanos, @Nullable ZoneId zone) {
        ConditionSplitter splitter = new ConditionSplitter(nowNanos, zone == null ? ZoneOffset.UTC : zone);
        Expression remainder = condition == null ? null : splitter.visit(condition);
        return new TimeCondition(
                new TimeRange(splitter.min, splitter.max), splitter.hasMin, splitter.hasMax, remainder);
    }

    /** What of the expression does not speak of time; null when nothing. */
    private @Nullable Expression visit(Expression expression) {
        if (expression instanceof ParenExpression paren) {
            Expression inner = visit(paren.inner());
            return inner == null ? null : inner == paren.inner() ? paren : new ParenExpression(inner);
        }
        if (expression instanceof BinaryExpression binary) {
            if (binary.operator().isLogical()) {
                Expression left = visit(binary.left());
                Expression right = visit(binary.right());
                if (left == null || right == null) {
                    return left == null ? right : left;
                }
                return new BinaryExpression(binary.operator(), left, right);
            }
            if (isTime(binary.left())) {
                restrict(binary.operator(), binary.right());
                return null;
            }
            if (isTime(binary.right()) && binary.operator().isComparison()) {
                restrict(mirror(binary.operator()), binary.left());
                return null;
            }
            if (binary.operator().isComparison()) {
                return binary;
            }
        } else if (expression instanceof BooleanLiteral) {
            return expression;
        }
        throw new InfluxqlException("invalid condition expression: " + expression);
    }

    private static boolean isTime(Expression expression) {
        return expression instanceof VarRef reference && reference.name().equalsIgnoreCase("time");
    }

    private static BinaryOperator mirror(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> BinaryOperator.GREATER;
            case LESS_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
            case GREATER -> BinaryOperator.LESS;
            case GREATER_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
            default -> operator;
        };
    }

    private void restrict(BinaryOperator operator, Expression operand) {
        long time = timeOf(operand);
        switch (operator) {
            case EQUAL -> {
                atLeast(time);
                atMost(time);
            }
            case LESS -> atMost(time == Long.MIN_VALUE ? time : time - 1);
            case LESS_OR_EQUAL -> atMost(time);
            case GREATER -> atLeast(time == Long.MAX_VALUE ? time : time + 1);
            case GREATER_OR_EQUAL -> atLeast(time);
            default -> throw new InfluxqlException("invalid time comparison operator: " + operator.symbol());
        }
    }

    private void atLeast(long time) {
        min = hasMin ? Math.max(min, time) : time;
        hasMin = true;
    }

    private void atMost(long time) {
        max = hasMax ? Math.min(max, time) : time;
        hasMax = true;
    }

    private long timeOf(Expression expression) {
        Expression value = reduce(expression, true);
        if (value instanceof TimeLiteral time) {
            return time.nanos();
        }
        if (value instanceof DurationLiteral duration) {
            return duration.nanos();
        }
        if (value instanceof IntegerLiteral integer) {
            return integer.value();
        }
        if (value instanceof NumberLiteral number) {
            return (long) number.value();
        }
        if (value instanceof UnsignedLiteral) {
            return Long.MAX_VALUE;
        }
        throw incompatible(value);
    }

    private static InfluxqlException incompatible(Expression value) {
        return new InfluxqlException("invalid operation: time and *influxql."
                + (value instanceof ParenExpression ? "ParenExpr" : goName(value)) + " are not compatible");
    }

    /** The name the reference's error texts give a kind of expression. */
    private static String goName(Expression value) {
        return switch (value.getClass().getSimpleName()) {
            case "BinaryExpression" -> "BinaryExpr";
            default -> value.getClass().getSimpleName();
        };
    }

    /** Folds constants; a text becomes a time where one is wanted and it looks like one. */
    private Expression reduce(Expression expression, boolean timeWanted) {
        if (expression instanceof ParenExpression paren) {
            return reduce(paren.inner(), timeWanted);
        }
        if (expression instanceof Call call
                && call.name().equals("now")
                && call.arguments().isEmpty()) {
            return new TimeLiteral(nowNanos);
        }
        if (expression instanceof StringLiteral text && timeWanted && TimeLiterals.looksLikeTime(text.value())) {
            return new TimeLiteral(TimeLiterals.parse(text.value(), zone));
        }
        if (expression instanceof BinaryExpression binary) {
            Expression folded = fold(binary.operator(), reduce(binary.left(), true), reduce(binary.right(), true));
            return folded == null ? expression : folded;
        }
        return expression;
    }

    private static @Nullable Expression fold(BinaryOperator operator, Expression left, Expression right) {
        boolean leftTime = left instanceof TimeLiteral;
        boolean rightTime = right instanceof TimeLiteral;
        Long a = nanosOf(left);
        Long b = nanosOf(right);
        if (a == null || b == null) {
            return null;
        }
        Long result =
                switch (operator) {
                    case ADD -> leftTime && rightTime ? null : (Long) (a + b);
                    case SUBTRACT -> (Long) (a - b);
                    case MULTIPLY -> leftTime || rightTime ? null : (Long) (a * b);
                    case DIVIDE -> leftTime || rightTime ? null : (Long) (b == 0 ? 0 : a / b);
                    default -> null;
                };
        if (result == null) {
            return null;
        }
        if (leftTime != rightTime) {
            return new TimeLiteral(result);
        }
        boolean durations = left instanceof DurationLiteral || right instanceof DurationLiteral || leftTime;
        return durations ? new DurationLiteral(result) : new IntegerLiteral(result);
    }

    private static @Nullable Long nanosOf(Expression expression) {
        if (expression instanceof TimeLiteral time) {
            return time.nanos();
        }
        if (expression instanceof DurationLiteral duration) {
            return duration.nanos();
        }
        if (expression instanceof IntegerLiteral integer) {
            return integer.value();
        }
        return expression instanceof NumberLiteral number ? (Long) (long) number.value() : null;
    }
}
