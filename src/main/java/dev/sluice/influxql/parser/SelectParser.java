package dev.sluice.influxql.parser;

import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.SelectField;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.SortField;
import dev.sluice.influxql.tree.Source;
import dev.sluice.influxql.tree.SubQuery;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SELECT and what it is made of; the keyword itself has been passed. */
final class SelectParser {

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final ClauseParser clauses;

    SelectParser(TokenStream tokens, ExpressionParser expressions, ClauseParser clauses) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.clauses = clauses;
    }

    /**
     * Parses what follows SELECT.
     *
     * @param targetRequired whether INTO must be there, as in a continuous query
     */
    SelectStatement parse(boolean targetRequired) {
        tokens.enter(tokens.peek());
        List<SelectField> fields = tokens.list(this::parseField);
        Measurement target = parseTarget(targetRequired);
        tokens.expect(TokenType.FROM);
        List<Source> sources = tokens.list(this::parseSource);
        Expression condition = clauses.parseWhere();
        List<Expression> dimensions = clauses.parseDimensions();
        Fill fill = clauses.parseFill();
        List<SortField> order = clauses.parseOrder();
        int limit = clauses.parseCount(TokenType.LIMIT);
        int offset = clauses.parseCount(TokenType.OFFSET);
        int seriesLimit = clauses.parseCount(TokenType.SLIMIT);
        int seriesOffset = clauses.parseCount(TokenType.SOFFSET);
        ZoneId zone = clauses.parseZone();
        tokens.leave();
        return new SelectStatement(
                fields,
                target,
                sources,
                condition,
                dimensions,
                fill,
                order,
                limit,
                offset,
                seriesLimit,
                seriesOffset,
                zone);
    }

    private SelectField parseField() {
        Token start = tokens.peek();
        RegexLiteral regex = tokens.acceptRegex();
        Expression expression = regex;
        if (expression == null) {
            expression = expressions.parse();
            rejectComparisons(expression, start);
        }
        String alias = tokens.accept(TokenType.AS) ? tokens.expectIdentifier() : null;
        return new SelectField(expression, alias);
    }

    private void rejectComparisons(Expression expression, Token start) {
        if (expression instanceof BinaryExpression binary) {
            if (!binary.operator().isArithmetic()) {
                String operator = binary.operator().symbol();
                throw new InfluxqlException(
                        tokens.at("invalid operator " + operator + " in SELECT clause", start)
                                        .getMessage() + "; operator is intended for WHERE clause");
            }
            rejectComparisons(binary.left(), start);
            rejectComparisons(binary.right(), start);
        } else if (expression instanceof ParenExpression paren) {
            rejectComparisons(paren.inner(), start);
        }
    }

    private @Nullable Measurement parseTarget(boolean required) {
        Token into = tokens.next();
        if (!into.is(TokenType.INTO)) {
            if (required) {
                throw tokens.unexpected(into, "INTO");
            }
            tokens.back(into);
            return null;
        }
        List<String> segments = new ArrayList<>(expressions.parseSegments());
        if (segments.size() < 3 && tokens.peekCharacter() == ':') {
            tokens.expect(TokenType.COLON);
            tokens.expect(TokenType.MEASUREMENT);
            segments.add("");
        }
        return ClauseParser.qualified(segments);
    }

    private Source parseSource() {
        Token token = tokens.next();
        if (!token.is(TokenType.LEFT_PAREN)) {
            tokens.back(token);
            return clauses.parseMeasurement();
        }
        tokens.expect(TokenType.SELECT);
        SelectStatement statement = parse(false);
        tokens.expect(TokenType.RIGHT_PAREN);
        return new SubQuery(statement);
    }
}
