package dev.sluice.query.explain;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.Source;
import dev.sluice.influxql.tree.SubQuery;
import dev.sluice.influxql.tree.TimeLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.influxql.tree.Wildcard;
import dev.sluice.model.FieldType;
import dev.sluice.query.plan.PlanOutline;
import dev.sluice.query.source.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A planned statement as InfluxDB prints it: names with their types, no wildcards, and qualified measurements. */
final class TypedStatement {

    private final PlanOutline outline;
    private final UnaryOperator<Measurement> qualified;
    private final long nowNanos;

    /**
     * A statement.
     *
     * @param qualified fills in the database and the retention policy
     */
    TypedStatement(PlanOutline outline, UnaryOperator<Measurement> qualified, long nowNanos) {
        this.outline = outline;
        this.qualified = qualified;
        this.nowNanos = nowNanos;
    }

    /** The outermost statement, which does not say what it asks of time. */
    SelectStatement outermost() {
        return statement(condition());
    }

    /** An inner statement, which says all. */
    SelectStatement inner() {
        Expression condition = outline.written().condition();
        return statement(condition == null ? null : typed(condition));
    }

    /** The columns. */
    List<Expression> columns() {
        return outline.columns().stream()
                .map(column -> typed(column.expression()))
                .toList();
    }

    /** The condition without what it says of time. */
    @Nullable
    Expression condition() {
        Expression condition = outline.condition();
        // Parentheses around all of it fell away with the times.
        while (condition instanceof ParenExpression paren) {
            condition = paren.inner();
        }
        return condition == null ? null : typed(condition);
    }

    private SelectStatement statement(@Nullable Expression condition) {
        SelectStatement written = outline.written();
        return new SelectStatement(
                outline.columns().stream()
                        .map(column -> new SelectField(typed(column.expression()), column.alias()))
                        .toList(),
                written.target() == null ? null : qualified.apply(written.target()),
                outline.origins().stream().map(this::source).toList(),
                condition,
                dimensions(),
                written.fill(),
                written.sortFields(),
                written.limit(),
                written.offset(),
                written.seriesLimit(),
                written.seriesOffset(),
                written.zone());
    }

    private Source source(PlanOutline.Origin origin) {
        return origin.inner() == null
                ? qualified.apply((Measurement) origin.written())
                : new SubQuery(new TypedStatement(origin.inner(), qualified, nowNanos).inner());
    }

    private List<Expression> dimensions() {
        List<Expression> dimensions = new ArrayList<>();
        for (Expression dimension : outline.written().dimensions()) {
            if (dimension instanceof Wildcard) {
                outline.tags().forEach(tag -> dimensions.add(new VarRef(tag, null)));
            } else if (dimension instanceof RegexLiteral regex) {
                outline.tags().stream()
                        .filter(tag -> regex.pattern().matcher(tag).find())
                        .forEach(tag -> dimensions.add(new VarRef(tag, null)));
            } else {
                dimensions.add(dimension);
            }
        }
        return dimensions;
    }

    private Expression typed(Expression expression) {
        if (expression instanceof ParenExpression paren) {
            return new ParenExpression(typed(paren.inner()));
        }
        if (expression instanceof BinaryExpression binary) {
            return folded(new BinaryExpression(binary.operator(), typed(binary.left()), typed(binary.right())));
        }
        if (expression instanceof Call call) {
            return call.name().equals("now")
                    ? new TimeLiteral(nowNanos)
                    : new Call(
                            call.name(),
                            call.arguments().stream().map(this::typed).toList());
        }
        return expression instanceof VarRef reference ? typed(reference) : expression;
    }

    /** {@code now() - 1h} is a time. */
    private static Expression folded(BinaryExpression binary) {
        if (binary.left() instanceof TimeLiteral time && binary.right() instanceof DurationLiteral duration) {
            if (binary.operator() == BinaryOperator.ADD) {
                return new TimeLiteral(time.nanos() + duration.nanos());
            }
            if (binary.operator() == BinaryOperator.SUBTRACT) {
                return new TimeLiteral(time.nanos() - duration.nanos());
            }
        }
        return binary;
    }

    private VarRef typed(VarRef reference) {
        if (reference.type() != null || reference.name().equals("time")) {
            return reference;
        }
        FieldType field = outline.plan().fields().get(reference.name());
        DataType type = isTag(reference.name()) ? DataType.TAG : field == null ? null : DataType.valueOf(field.name());
        return new VarRef(reference.name(), type);
    }

    /** A tag that an inner statement shows stays one, though it is a column of texts. */
    private boolean isTag(String name) {
        boolean isField = false;
        for (PlanOutline.Origin origin : outline.origins()) {
            for (RowSource rows : origin.rows()) {
                if (rows.tagColumns().contains(name)) {
                    return true;
                }
                isField |= rows.fields().containsKey(name);
            }
        }
        return !isField && outline.tags().contains(name);
    }
}
