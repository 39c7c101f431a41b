package dev.sluice.influxql;

import dev.sluice.influxql.parser.StatementParser;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Statement;
import java.util.List;

/**
 * Text to syntax trees. The messages of {@link InfluxqlException} are those of InfluxDB 1.x without the prefix {@code
 * error parsing query: } that its HTTP API adds.
 */
public final class InfluxqlParser {

    private InfluxqlParser() {}

    /** The statements of a query, in order; none when it holds only separators and comments. */
    public static List<Statement> parseQuery(String text, BoundParameters parameters) {
        return new StatementParser(text, parameters).parseQuery();
    }

    /** The only statement of a text. */
    public static Statement parseStatement(String text) {
        List<Statement> statements = parseQuery(text, BoundParameters.NONE);
        if (statements.size() != 1) {
            throw new InfluxqlException("expected one statement, got " + statements.size());
        }
        return statements.get(0);
    }

    /** An expression on its own; the text holds nothing else. */
    public static Expression parseExpression(String text) {
        return new StatementParser(text, BoundParameters.NONE).parseExpression();
    }
}
