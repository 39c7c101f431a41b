package dev.sluice.query.plan;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.UnsignedLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.model.FieldType;
import dev.sluice.query.QueryException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses operations in the columns of a statement on values that do not go together, with InfluxDB's texts. */
final class OperandChecks {

    private static final Set<BinaryOperator> BITWISE =
            EnumSet.of(BinaryOperator.BITWISE_AND, BinaryOperator.BITWISE_OR, BinaryOperator.BITWISE_XOR);

    private static final String TAG = "tag";

    private final PlanTypes types;
    private final Set<String> tags;
    private final Set<String> tagColumns;

    /**
     * Checks for a statement.
     *
     * @param tags keys of the tags that exist; what is neither a field nor a tag has no type and fits everything
     * @param tagColumns fields of inner statements' results that are tags
     */
    OperandChecks(PlanTypes types, Set<String> tags, Set<String> tagColumns) {
        this.types = types;
        this.tagColumns = tagColumns;
        this.tags = tags;
    }

    void check(Expression expression) {
        if (expression instanceof ParenExpression paren) {
            check(paren.inner());
        } else if (expression instanceof Call call && Expressions.isMath(call)) {
            call.arguments().forEach(this::check);
        } else if (expression instanceof BinaryExpression binary) {
            check(binary.left());
            check(binary.right());
            checkOperands(binary);
        }
    }

    private void checkOperands(BinaryExpression binary) {
        String left = typeName(binary.left());
        String right = typeName(binary.right());
        if (left == null || right == null) {
            return;
        }
        boolean fits = BITWISE.contains(binary.operator())
                ? isWhole(left) && isWhole(right) || isBoolean(left) && isBoolean(right)
                : isNumber(left) && isNumber(right);
        if (!fits) {
            throw error(binary, "incompatible types: " + left + " and " + right);
        }
        if (isWhole(left) && isWhole(right) && !left.equals(right)) {
            checkSigns(binary, left);
        }
    }

    /** An integer and an unsigned one; a literal integer is taken for unsigned. */
    private void checkSigns(BinaryExpression binary, String leftType) {
        boolean leftIsInteger = leftType.equals("integer");
        Expression integer = leftIsInteger ? binary.left() : binary.right();
        Expression unsigned = leftIsInteger ? binary.right() : binary.left();
        String operator = binary.operator().symbol();
        if (unsigned instanceof UnsignedLiteral) {
            throw error(binary, "cannot use " + operator + " with an integer and unsigned literal");
        }
        if (!(integer instanceof IntegerLiteral)) {
            throw error(
                    binary,
                    "cannot use " + operator + " between an integer and unsigned, an explicit cast is required");
        }
    }

    private QueryException error(BinaryExpression binary, String reason) {
        return new QueryException("type error: " + withTypes(binary) + ": " + reason);
    }

    private static boolean isWhole(String type) {
        return type.equals("integer") || type.equals("unsigned");
    }

    private static boolean isNumber(String type) {
        return isWhole(type) || type.equals("float");
    }

    private static boolean isBoolean(String type) {
        return type.equals("boolean");
    }

    private @Nullable String typeName(Expression expression) {
        if (expression instanceof ParenExpression paren) {
            return typeName(paren.inner());
        }
        if (expression instanceof DurationLiteral) {
            return null;
        }
        if (expression instanceof VarRef reference
                && reference.type() == null
                && tagColumns.contains(reference.name())) {
            return TAG;
        }
        if (expression instanceof VarRef reference && types.isTag(reference)) {
            return tags.contains(reference.name()) ? TAG : null;
        }
        if (expression instanceof VarRef reference
                && reference.type() != null
                && reference.type() != DataType.ANY_FIELD) {
            return reference.type().influxName();
        }
        if (expression instanceof Call call && !Expressions.isMath(call)) {
            FieldType always = types.typeOverAnything(call);
            return always == null ? typeName(PlanTypes.argument(call)) : always.influxName();
        }
        FieldType type = types.of(expression);
        return type == null ? null : type.influxName();
    }

    /** A copy in which every reference says its type and parentheses around a reference alone are gone. */
    Expression withTypes(Expression expression) {
        if (expression instanceof VarRef reference) {
            String type = typeName(reference);
            return type == null
                    ? reference
                    : new VarRef(reference.name(), DataType.valueOf(type.toUpperCase(Locale.ROOT)));
        }
        if (expression instanceof ParenExpression paren) {
            Expression inner = withTypes(paren.inner());
            return inner instanceof VarRef ? inner : new ParenExpression(inner);
        }
        if (expression instanceof BinaryExpression binary) {
            return new BinaryExpression(binary.operator(), withTypes(binary.left()), withTypes(binary.right()));
        }
        if (expression instanceof Call call) {
            return new Call(
                    call.name(), call.arguments().stream().map(this::withTypes).toList());
        }
        return expression;
    }
}
