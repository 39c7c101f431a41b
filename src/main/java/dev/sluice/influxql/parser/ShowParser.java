package dev.sluice.influxql.parser;

import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.ShowCardinalityStatement;
import dev.sluice.influxql.tree.ShowCardinalityStatement.Subject;
import dev.sluice.influxql.tree.ShowContinuousQueriesStatement;
import dev.sluice.influxql.tree.ShowDatabasesStatement;
import dev.sluice.influxql.tree.ShowDiagnosticsStatement;
import dev.sluice.influxql.tree.ShowFieldKeysStatement;
import dev.sluice.influxql.tree.ShowGrantsStatement;
import dev.sluice.influxql.tree.ShowMeasurementsStatement;
import dev.sluice.influxql.tree.ShowQueriesStatement;
import dev.sluice.influxql.tree.ShowRetentionPoliciesStatement;
import dev.sluice.influxql.tree.ShowSeriesStatement;
import dev.sluice.influxql.tree.ShowShardGroupsStatement;
import dev.sluice.influxql.tree.ShowShardsStatement;
import dev.sluice.influxql.tree.ShowStatsStatement;
import dev.sluice.influxql.tree.ShowSubscriptionsStatement;
import dev.sluice.influxql.tree.ShowTagKeysStatement;
import dev.sluice.influxql.tree.ShowTagValuesStatement;
import dev.sluice.influxql.tree.ShowUsersStatement;
import dev.sluice.influxql.tree.SortField;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.influxql.tree.TagKeyFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SHOW statements; the keyword itself has been passed. */
final class ShowParser {

    private final TokenStream tokens;
    private final ClauseParser clauses;

    ShowParser(TokenStream tokens, ClauseParser clauses) {
        this.tokens = tokens;
        this.clauses = clauses;
    }

    Statement parse() {
        Token token = tokens.next();
        return switch (token.type()) {
            case CONTINUOUS -> {
                tokens.expect(TokenType.QUERIES);
                yield new ShowContinuousQueriesStatement();
            }
            case DATABASES -> new ShowDatabasesStatement();
            case DIAGNOSTICS -> new ShowDiagnosticsStatement(parseModule());
            case FIELD -> parseField();
            case GRANTS -> {
                tokens.expect(TokenType.FOR);
                yield new ShowGrantsStatement(tokens.expectIdentifier());
            }
            case MEASUREMENT -> parseCardinality(Subject.MEASUREMENT, false);
            case MEASUREMENTS -> parseMeasurements();
            case QUERIES -> new ShowQueriesStatement();
            case RETENTION -> {
                tokens.expect(TokenType.POLICIES);
                yield new ShowRetentionPoliciesStatement(clauses.parseOnDatabase());
            }
            case SERIES -> parseSeries();
            case SHARD -> {
                tokens.expect(TokenType.GROUPS);
                yield new ShowShardGroupsStatement();
            }
            case SHARDS -> new ShowShardsStatement();
            case STATS -> new ShowStatsStatement(parseModule());
            case SUBSCRIPTIONS -> new ShowSubscriptionsStatement();
            case TAG -> parseTag();
            case USERS -> new ShowUsersStatement();
            default ->
                throw tokens.unexpected(
                        token,
                        "CONTINUOUS",
                        "DATABASES",
                        "DIAGNOSTICS",
                        "FIELD",
                        "GRANTS",
                        "MEASUREMENT",
                        "MEASUREMENTS",
                        "QUERIES",
                        "RETENTION",
                        "SERIES",
                        "SHARD",
                        "SHARDS",
                        "STATS",
                        "SUBSCRIPTIONS",
                        "TAG",
                        "USERS");
        };
    }

    private @Nullable String parseModule() {
        return tokens.accept(TokenType.FOR) ? tokens.expectString() : null;
    }

    private Statement parseField() {
        Token token = tokens.next();
        return switch (token.type()) {
            case KEY -> parseCardinality(Subject.FIELD_KEY, false);
            case KEYS -> parseFieldKeys();
            default -> throw tokens.unexpected(token, "KEY", "KEYS");
        };
    }

    private Statement parseTag() {
        Token token = tokens.next();
        return switch (token.type()) {
            case KEY -> parseCardinality(Subject.TAG_KEY, false);
            case KEYS -> parseTagKeys();
            case VALUES -> {
                Token next = tokens.peek();
                yield next.is(TokenType.EXACT) || next.is(TokenType.CARDINALITY)
                        ? parseCardinality(Subject.TAG_VALUES, true)
                        : parseTagValues();
            }
            default -> throw tokens.unexpected(token, "KEY", "KEYS", "VALUES");
        };
    }

    private Statement parseSeries() {
        Token next = tokens.peek();
        if (next.is(TokenType.CARDINALITY)) {
            return parseCardinality(Subject.SERIES, false);
        }
        if (tokens.accept(TokenType.EXACT) && tokens.peek().is(TokenType.CARDINALITY)) {
            tokens.back(next);
            return parseCardinality(Subject.SERIES, false);
        }
        // EXACT by itself has no effect.
        String database = clauses.parseOnDatabase();
        List<Measurement> sources = clauses.parseFromMeasurements();
        Expression condition = clauses.parseWhere();
        List<SortField> order = clauses.parseOrder();
        return new ShowSeriesStatement(
                database,
                sources,
                condition,
                order,
                clauses.parseCount(TokenType.LIMIT),
                clauses.parseCount(TokenType.OFFSET));
    }

    private Statement parseCardinality(Subject subject, boolean withKeys) {
        Token token = tokens.next();
        boolean exact = token.is(TokenType.EXACT);
        if (exact) {
            tokens.expect(TokenType.CARDINALITY);
        } else if (!token.is(TokenType.CARDINALITY)) {
            throw tokens.unexpected(token, "EXACT", "CARDINALITY");
        }
        String database = clauses.parseOnDatabase();
        List<Measurement> sources = clauses.parseFromMeasurements();
        TagKeyFilter keys = withKeys ? clauses.parseTagKeyFilter() : null;
        Expression condition = clauses.parseWhere();
        List<Expression> dimensions = clauses.parseDimensions();
        return new ShowCardinalityStatement(
                subject,
                exact,
                database,
                sources,
                keys,
                condition,
                dimensions,
                clauses.parseCount(TokenType.LIMIT),
                clauses.parseCount(TokenType.OFFSET));
    }

    private Statement parseFieldKeys() {
        String database = clauses.parseOnDatabase();
        List<Measurement> sources = clauses.parseFromMeasurements();
        List<SortField> order = clauses.parseOrder();
        return new ShowFieldKeysStatement(
                database, sources, order, clauses.parseCount(TokenType.LIMIT), clauses.parseCount(TokenType.OFFSET));
    }

    private Statement parseTagKeys() {
        String database = clauses.parseOnDatabase();
        List<Measurement> sources = clauses.parseFromMeasurements();
        TagKeyFilter keys = tokens.peek().is(TokenType.WITH) ? clauses.parseTagKeyFilter() : null;
        Expression condition = clauses.parseWhere();
        List<SortField> order = clauses.parseOrder();
        return new ShowTagKeysStatement(
                database,
                sources,
                keys,
                condition,
                order,
                clauses.parseCount(TokenType.LIMIT),
                clauses.parseCount(TokenType.OFFSET),
                clauses.parseCount(TokenType.SLIMIT),
                clauses.parseCount(TokenType.SOFFSET));
    }

    private Statement parseTagValues() {
        String database = clauses.parseOnDatabase();
        List<Measurement> sources = clauses.parseFromMeasurements();
        TagKeyFilter keys = clauses.parseTagKeyFilter();
        Expression condition = clauses.parseWhere();
        List<SortField> order = clauses.parseOrder();
        return new ShowTagValuesStatement(
                database,
                sources,
                keys,
                condition,
                order,
                clauses.parseCount(TokenType.LIMIT),
                clauses.parseCount(TokenType.OFFSET));
    }

    private Statement parseMeasurements() {
        String database = null;
        String retentionPolicy = null;
        boolean allDatabases = false;
        boolean allPolicies = false;
        if (tokens.accept(TokenType.ON)) {
            allDatabases = tokens.accept(TokenType.MULTIPLY);
            database = allDatabases ? null : tokens.expectIdentifier();
            Token dot = tokens.nextHere();
            if (dot.is(TokenType.DOT)) {
                allPolicies = tokens.accept(TokenType.MULTIPLY);
                retentionPolicy = allPolicies ? null : tokens.expectIdentifier();
            } else {
                tokens.back(dot);
            }
            if (allDatabases && !allPolicies) {
                throw new InfluxqlException(
                        retentionPolicy == null
                                ? "query 'SHOW MEASUREMENTS ON *' not supported. use 'ON *.*' or specify a database"
                                : "query 'SHOW MEASUREMENTS ON *.rp' not supported. use 'ON *.*' or specify a database");
            }
        }
        Measurement source = null;
        if (tokens.accept(TokenType.WITH)) {
            tokens.expect(TokenType.MEASUREMENT);
            Token operator = tokens.next();
            if (!operator.is(TokenType.EQUAL) && !operator.is(TokenType.REGEX_MATCH)) {
                throw tokens.unexpected(operator, "=", "=~");
            }
            // Either operator takes a name or a pattern.
            source = clauses.parseMeasurement();
        }
        Expression condition = clauses.parseWhere();
        List<SortField> order = clauses.parseOrder();
        return new ShowMeasurementsStatement(
                database,
                retentionPolicy,
                allDatabases,
                allPolicies,
                source,
                condition,
                order,
                clauses.parseCount(TokenType.LIMIT),
                clauses.parseCount(TokenType.OFFSET));
    }
}
