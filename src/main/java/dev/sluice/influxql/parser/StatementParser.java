package dev.sluice.influxql.parser;

import dev.sluice.influxql.BoundParameters;
import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.tree.DeleteStatement;
import dev.sluice.influxql.tree.DropDatabaseStatement;
import dev.sluice.influxql.tree.DropMeasurementStatement;
import dev.sluice.influxql.tree.DropRetentionPolicyStatement;
import dev.sluice.influxql.tree.DropSeriesStatement;
import dev.sluice.influxql.tree.DropShardStatement;
import dev.sluice.influxql.tree.DropUserStatement;
import dev.sluice.influxql.tree.ExplainStatement;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements: the first keyword decides which parser goes on. One instance parses one text. */
public final class StatementParser {

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final ClauseParser clauses;
    private final SelectParser selects;
    private final ShowParser shows;
    private final AdminParser admin;

    public StatementParser(String text, BoundParameters parameters) {
        this.tokens = new TokenStream(text, parameters);
        this.expressions = new ExpressionParser(tokens);
        this.clauses = new ClauseParser(tokens, expressions);
        this.selects = new SelectParser(tokens, expressions, clauses);
        this.shows = new ShowParser(tokens, clauses);
        this.admin = new AdminParser(tokens, clauses, selects);
    }

    /**
     * All statements of the text; none when it holds only separators and comments.
     *
     * @throws InfluxqlException with InfluxDB's text
     */
    public List<Statement> parseQuery() {
        List<Statement> statements = new ArrayList<>();
        boolean separated = true;
        while (true) {
            Token token = tokens.next();
            if (token.is(TokenType.EOF)) {
                return statements;
            }
            if (token.is(TokenType.SEMICOLON)) {
                separated = true;
                continue;
            }
            if (!separated) {
                throw tokens.unexpected(token, ";");
            }
            tokens.back(token);
            statements.add(parseStatement());
            separated = false;
        }
    }

    /**
     * The expression that the text consists of.
     *
     * @throws InfluxqlException with InfluxDB's text, or when something follows the expression
     */
    public Expression parseExpression() {
        Expression expression = expressions.parse();
        Token token = tokens.next();
        if (!token.is(TokenType.EOF)) {
            throw tokens.unexpected(token, TokenType.EOF.text());
        }
        return expression;
    }

    private Statement parseStatement() {
        Token token = tokens.next();
        return switch (token.type()) {
            case SELECT -> selects.parse(false);
            case DELETE -> parseDelete();
            case SHOW -> shows.parse();
            case CREATE -> admin.parseCreate();
            case DROP -> parseDrop();
            case EXPLAIN -> parseExplain();
            case GRANT -> admin.parseGrantOrRevoke(true);
            case REVOKE -> admin.parseGrantOrRevoke(false);
            case ALTER -> admin.parseAlter();
            case SET -> admin.parseSetPassword();
            case KILL -> admin.parseKill();
            default ->
                throw tokens.unexpected(
                        token, "SELECT", "DELETE", "SHOW", "CREATE", "DROP", "EXPLAIN", "GRANT", "REVOKE", "ALTER",
                        "SET", "KILL");
        };
    }

    private Statement parseExplain() {
        boolean analyze = tokens.accept(TokenType.ANALYZE);
        boolean verbose = tokens.accept(TokenType.VERBOSE);
        tokens.expect(TokenType.SELECT);
        return new ExplainStatement(selects.parse(false), analyze, verbose);
    }

    private Statement parseDelete() {
        Token start = tokens.peek();
        requireFromOrWhere(start);
        List<Measurement> sources = clauses.parseFromMeasurements();
        rejectQualified(sources);
        return new DeleteStatement(sources, clauses.parseWhere());
    }

    private Statement parseDrop() {
        Token token = tokens.next();
        return switch (token.type()) {
            case CONTINUOUS -> admin.parseDropContinuousQuery();
            case DATABASE -> new DropDatabaseStatement(tokens.expectIdentifier());
            case MEASUREMENT -> new DropMeasurementStatement(tokens.expectIdentifier());
            case RETENTION -> {
                tokens.expect(TokenType.POLICY);
                String name = tokens.expectIdentifier();
                tokens.expect(TokenType.ON);
                yield new DropRetentionPolicyStatement(name, tokens.expectIdentifier());
            }
            case SERIES -> {
                requireFromOrWhere(tokens.peek());
                List<Measurement> sources = clauses.parseFromMeasurements();
                rejectQualified(sources);
                yield new DropSeriesStatement(sources, clauses.parseWhere());
            }
            case SHARD -> new DropShardStatement(tokens.expectInteger());
            case SUBSCRIPTION -> admin.parseDropSubscription();
            case USER -> new DropUserStatement(tokens.expectIdentifier());
            default ->
                throw tokens.unexpected(
                        token,
                        "CONTINUOUS",
                        "DATABASE",
                        "MEASUREMENT",
                        "RETENTION",
                        "SERIES",
                        "SHARD",
                        "SUBSCRIPTION",
                        "USER");
        };
    }

    private void requireFromOrWhere(Token token) {
        if (!token.is(TokenType.FROM) && !token.is(TokenType.WHERE)) {
            throw tokens.unexpected(token, "FROM", "WHERE");
        }
    }

    private static void rejectQualified(List<Measurement> sources) {
        for (Measurement source : sources) {
            if (source.database() != null) {
                throw new InfluxqlException("database not supported at line 1, char 1");
            }
            if (source.retentionPolicy() != null) {
                throw new InfluxqlException("retention policy not supported at line 1, char 1");
            }
        }
    }
}
