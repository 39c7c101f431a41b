package dev.sluice.query.plan;

import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.Source;
import dev.sluice.influxql.tree.SubQuery;
import java.util.List;

/** Takes away parentheses that say nothing, around anything but an operation: {@code count((v))} is {@code count(v)}. */
public final class IdleParentheses {

    private IdleParentheses() {}

    /** The statement, and those inside it, without them in what is selected and grouped by. */
    public static SelectStatement removeFrom(SelectStatement statement) {
        return new SelectStatement(
                statement.fields().stream()
                        .map(field -> new SelectField(removeFrom(field.expression()), field.alias()))
                        .toList(),
                statement.target(),
                statement.sources().stream().map(IdleParentheses::removeFrom).toList(),
                statement.condition(),
                removeFrom(statement.dimensions()),
                statement.fill(),
                statement.sortFields(),
                statement.limit(),
                statement.offset(),
                statement.seriesLimit(),
                statement.seriesOffset(),
                statement.zone());
    }

    private static Source removeFrom(Source source) {
        return source instanceof SubQuery query ? new SubQuery(removeFrom(query.statement())) : source;
    }

    private static List<Expression> removeFrom(List<Expression> expressions) {
        return expressions.stream().map(IdleParentheses::removeFrom).toList();
    }

    private static Expression removeFrom(Expression expression) {
        if (expression instanceof ParenExpression paren) {
            Expression inner = removeFrom(paren.inner());
            return inner instanceof BinaryExpression ? new ParenExpression(inner) : inner;
        }
        if (expression instanceof Call call) {
            return new Call(call.name(), removeFrom(call.arguments()));
        }
        if (expression instanceof BinaryExpression binary) {
            return new BinaryExpression(binary.operator(), removeFrom(binary.left()), removeFrom(binary.right()));
        }
        return expression;
    }
}
