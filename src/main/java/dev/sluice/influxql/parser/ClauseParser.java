package dev.sluice.influxql.parser;

import dev.sluice.influxql.Durations;
import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.ListLiteral;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.influxql.tree.NumberLiteral;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.SortField;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.TagKeyFilter;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The clauses that several statements share. */
final class ClauseParser {

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    ClauseParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** {@code ON name}; null when absent. */
    @Nullable
    String parseOnDatabase() {
        return tokens.accept(TokenType.ON) ? tokens.expectIdentifier() : null;
    }

    /** {@code WHERE condition}; null when absent. */
    @Nullable
    Expression parseWhere() {
        return tokens.accept(TokenType.WHERE) ? expressions.parse() : null;
    }

    /** {@code FROM measurement, …} without subqueries; empty when absent. */
    List<Measurement> parseFromMeasurements() {
        return tokens.accept(TokenType.FROM) ? tokens.list(this::parseMeasurement) : List.of();
    }

    /** A measurement by name or pattern, with or without qualification. */
    Measurement parseMeasurement() {
        RegexLiteral pattern = tokens.acceptRegex();
        if (pattern != null) {
            return new Measurement(null, null, "", pattern);
        }
        List<String> segments = expressions.parseSegments();
        if (tokens.endedWithDot()) {
            pattern = tokens.peekCharacter() == '/' ? tokens.acceptRegex() : null;
        } else if (segments.size() < 3) {
            tokens.rejectSlashBehindNext();
        }
        if (pattern != null) {
            return segments.size() == 1
                    ? new Measurement(null, segments.get(0), "", pattern)
                    : new Measurement(segments.get(0), emptyToNull(segments.get(1)), "", pattern);
        }
        return qualified(segments);
    }

    static Measurement qualified(List<String> segments) {
        return switch (segments.size()) {
            case 1 -> Measurement.named(segments.get(0));
            case 2 -> new Measurement(null, segments.get(0), segments.get(1), null);
            default -> new Measurement(segments.get(0), emptyToNull(segments.get(1)), segments.get(2), null);
        };
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** {@code GROUP BY …}; empty when absent. */
    List<Expression> parseDimensions() {
        if (!tokens.accept(TokenType.GROUP)) {
            return List.of();
        }
        tokens.expect(TokenType.BY);
        return tokens.list(() -> {
            RegexLiteral regex = tokens.acceptRegex();
            return regex != null ? regex : expressions.parse();
        });
    }

    /** {@code fill(…)}; the default when absent. */
    Fill parseFill() {
        Token start = tokens.peek();
        if (!start.is(TokenType.IDENT) || !start.text().equalsIgnoreCase("fill")) {
            return Fill.NULL;
        }
        Expression expression = expressions.parse();
        if (!(expression instanceof Call call)) {
            throw new InfluxqlException("fill must be a function call");
        }
        if (call.arguments().size() != 1) {
            throw new InfluxqlException("fill requires an argument, e.g.: 0, null, none, previous, linear");
        }
        Expression argument = call.arguments().get(0);
        return switch (argument.toString()) {
            case "null" -> Fill.NULL;
            case "none" -> Fill.NONE;
            case "previous" -> Fill.PREVIOUS;
            case "linear" -> Fill.LINEAR;
            default -> {
                if (argument instanceof IntegerLiteral integer) {
                    yield Fill.number(integer.value());
                }
                if (argument instanceof NumberLiteral number) {
                    yield Fill.number(number.value());
                }
                throw new InfluxqlException("expected number argument in fill()");
            }
        };
    }

    /** {@code tz('zone')}; null when absent. */
    @Nullable
    ZoneId parseZone() {
        Token start = tokens.peek();
        if (!start.is(TokenType.IDENT) || !start.text().equalsIgnoreCase("tz")) {
            return null;
        }
        Expression expression = expressions.parse();
        if (!(expression instanceof Call call)) {
            throw new InfluxqlException("tz must be a function call");
        }
        if (call.arguments().size() != 1) {
            throw new InfluxqlException("tz requires exactly one argument");
        }
        if (!(call.arguments().get(0) instanceof StringLiteral name)) {
            throw new InfluxqlException("expected string argument in tz()");
        }
        return zone(name.value());
    }

    private static ZoneId zone(String name) {
        if (name.isEmpty() || name.equals("UTC")) {
            return ZoneOffset.UTC;
        }
        if (name.equals("Local")) {
            return ZoneId.systemDefault();
        }
        // ZoneId also takes offsets such as "+01:00" and "GMT+1", which are no names of the zone database.
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new InfluxqlException("unable to find time zone " + name);
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new InfluxqlException("unable to find time zone " + name);
        }
    }

    /** {@code ORDER BY …}; empty when absent. */
    List<SortField> parseOrder() {
        if (!tokens.accept(TokenType.ORDER)) {
            return List.of();
        }
        tokens.expect(TokenType.BY);
        Token token = tokens.next();
        switch (token.type()) {
            case ASC, DESC -> {
                return List.of(new SortField(null, token.is(TokenType.ASC)));
            }
            case IDENT -> {
                boolean descending = tokens.accept(TokenType.DESC);
                if (!descending) {
                    tokens.accept(TokenType.ASC);
                }
                if (!token.text().equals("time") || tokens.peek().is(TokenType.COMMA)) {
                    throw new InfluxqlException("only ORDER BY time supported at this time");
                }
                return List.of(new SortField(token.text(), !descending));
            }
            default -> throw tokens.unexpected(token, "identifier", "ASC", "DESC");
        }
    }

    /** A keyword and a count, such as {@code LIMIT 10}; 0 when absent. */
    int parseCount(TokenType keyword) {
        return tokens.accept(keyword) ? (int) Math.min(tokens.expectInteger(), Integer.MAX_VALUE) : 0;
    }

    /** {@code WITH KEY …}, which must be there. */
    TagKeyFilter parseTagKeyFilter() {
        tokens.expectAll(TokenType.WITH, TokenType.KEY);
        Token operator = tokens.next();
        return switch (operator.type()) {
            case IN -> {
                tokens.expect(TokenType.LEFT_PAREN);
                List<String> keys = tokens.list(tokens::expectIdentifier);
                tokens.expect(TokenType.RIGHT_PAREN);
                yield new TagKeyFilter(BinaryOperator.EQUAL, new ListLiteral(keys));
            }
            case EQUAL -> new TagKeyFilter(BinaryOperator.EQUAL, new StringLiteral(tokens.expectIdentifier()));
            case NOT_EQUAL -> new TagKeyFilter(BinaryOperator.NOT_EQUAL, new StringLiteral(tokens.expectIdentifier()));
            case REGEX_MATCH -> new TagKeyFilter(BinaryOperator.REGEX_MATCH, expectRegex());
            case REGEX_NO_MATCH -> new TagKeyFilter(BinaryOperator.REGEX_NO_MATCH, expectRegex());
            default -> throw tokens.unexpected(operator, "IN", "=", "=~");
        };
    }

    RegexLiteral expectRegex() {
        RegexLiteral regex = tokens.acceptRegex();
        if (regex == null) {
            throw tokens.unexpected(tokens.next(), "regex");
        }
        return regex;
    }

    /** The length behind DURATION; {@code INF} is 0. */
    long parseRetentionDuration() {
        Token token = tokens.next();
        return switch (token.type()) {
            case DURATION_VALUE -> duration(token);
            case INF -> 0;
            default -> throw tokens.unexpected(token, "duration");
        };
    }

    /** The length behind SHARD DURATION, which cannot be infinite. */
    long parseShardDuration() {
        Token token = tokens.peek();
        if (token.is(TokenType.INF)) {
            throw tokens.at("invalid duration INF for shard duration", token);
        }
        return parseDuration();
    }

    long parseDuration() {
        return duration(tokens.expect(TokenType.DURATION_VALUE, "duration"));
    }

    private long duration(Token token) {
        try {
            return Durations.parse(token.text());
        } catch (InfluxqlException malformed) {
            throw tokens.at(Objects.requireNonNull(malformed.getMessage()), token);
        }
    }
}
