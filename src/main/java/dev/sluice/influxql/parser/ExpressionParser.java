package dev.sluice.influxql.parser;

import dev.sluice.influxql.Durations;
import dev.sluice.influxql.Identifiers;
import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.tree.BinaryExpression;
import dev.sluice.influxql.tree.BinaryOperator;
import dev.sluice.influxql.tree.BooleanLiteral;
import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.DataType;
import dev.sluice.influxql.tree.Distinct;
import dev.sluice.influxql.tree.DurationLiteral;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.IntegerLiteral;
import dev.sluice.influxql.tree.NumberLiteral;
import dev.sluice.influxql.tree.ParenExpression;
import dev.sluice.influxql.tree.RegexLiteral;
import dev.sluice.influxql.tree.StringLiteral;
import dev.sluice.influxql.tree.UnsignedLiteral;
import dev.sluice.influxql.tree.VarRef;
import dev.sluice.influxql.tree.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Expressions. Chains of AND and of OR become balanced trees, whose depth is the logarithm of their length (they print
 * the same); chains of other operators group from the left and may not grow past a fixed depth.
 */
final class ExpressionParser {

    private static final int MAX_CHAIN = 500;

    private static final Map<TokenType, BinaryOperator> OPERATORS = Map.ofEntries(
            Map.entry(TokenType.EQUAL, BinaryOperator.EQUAL),
            Map.entry(TokenType.NOT_EQUAL, BinaryOperator.NOT_EQUAL),
            Map.entry(TokenType.REGEX_MATCH, BinaryOperator.REGEX_MATCH),
            Map.entry(TokenType.REGEX_NO_MATCH, BinaryOperator.REGEX_NO_MATCH),
            Map.entry(TokenType.LESS, BinaryOperator.LESS),
            Map.entry(TokenType.LESS_OR_EQUAL, BinaryOperator.LESS_OR_EQUAL),
            Map.entry(TokenType.GREATER, BinaryOperator.GREATER),
            Map.entry(TokenType.GREATER_OR_EQUAL, BinaryOperator.GREATER_OR_EQUAL),
            Map.entry(TokenType.ADD, BinaryOperator.ADD),
            Map.entry(TokenType.SUBTRACT, BinaryOperator.SUBTRACT),
            Map.entry(TokenType.BITWISE_OR, BinaryOperator.BITWISE_OR),
            Map.entry(TokenType.BITWISE_XOR, BinaryOperator.BITWISE_XOR),
            Map.entry(TokenType.MULTIPLY, BinaryOperator.MULTIPLY),
            Map.entry(TokenType.DIVIDE, BinaryOperator.DIVIDE),
            Map.entry(TokenType.MODULO, BinaryOperator.MODULO),
            Map.entry(TokenType.BITWISE_AND, BinaryOperator.BITWISE_AND));

    private final TokenStream tokens;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    Expression parse() {
        Token start = tokens.peek();
        tokens.enter(start);
        List<Expression> alternatives = new ArrayList<>();
        do {
            alternatives.add(parseConjunction());
        } while (tokens.accept(TokenType.OR));
        tokens.leave();
        return balance(BinaryOperator.OR, alternatives, 0, alternatives.size());
    }

    private Expression parseConjunction() {
        List<Expression> parts = new ArrayList<>();
        do {
            parts.add(parseChain(3));
        } while (tokens.accept(TokenType.AND));
        return balance(BinaryOperator.AND, parts, 0, parts.size());
    }

    private static Expression balance(BinaryOperator operator, List<Expression> parts, int from, int to) {
        if (to - from == 1) {
            return parts.get(from);
        }
        // Short chains keep the shape they are written in.
        int middle = to - from <= 8 ? to - 1 : (from + to) >>> 1;
        return new BinaryExpression(
                operator, balance(operator, parts, from, middle), balance(operator, parts, middle, to));
    }

    /** Operators of one strength (3 comparison, 4 sum, 5 product), grouped from the left. */
    private Expression parseChain(int precedence) {
        return continueChain(precedence, precedence == 5 ? parseUnary() : parseChain(precedence + 1));
    }

    private Expression continueChain(int precedence, Expression first) {
        Expression left = first;
        for (int length = 0; ; length++) {
            Token token = tokens.next();
            BinaryOperator operator = OPERATORS.get(token.type());
            if (operator == null || operator.precedence() != precedence) {
                tokens.back(token);
                return left;
            }
            if (length == MAX_CHAIN) {
                throw tokens.at("expression too long: more than " + MAX_CHAIN + " operators in a row", token);
            }
            left = new BinaryExpression(operator, left, parseRight(operator, precedence));
        }
    }

    private Expression parseRight(BinaryOperator operator, int precedence) {
        if (operator == BinaryOperator.REGEX_MATCH || operator == BinaryOperator.REGEX_NO_MATCH) {
            RegexLiteral regex = tokens.acceptRegex();
            if (regex == null) {
                throw tokens.unexpected(tokens.next(), "regex");
            }
            Token next = tokens.peek();
            // The reference reads on behind a pattern as behind any operand, and panics when it is to run that.
            if (continueChain(4, continueChain(5, regex)) != regex) {
                throw tokens.unexpected(next, ";");
            }
            return regex;
        }
        return precedence == 5 ? parseUnary() : parseChain(precedence + 1);
    }

    private Expression parseUnary() {
        Token token = tokens.next();
        return switch (token.type()) {
            case LEFT_PAREN -> {
                Expression inner = parse();
                tokens.expect(TokenType.RIGHT_PAREN);
                yield new ParenExpression(inner);
            }
            case BOUND_PARAMETER ->
                throw new InfluxqlException(
                        token.text().equals("$")
                                ? "empty bound parameter"
                                : "missing parameter: " + token.text().substring(1));
            case ADD, SUBTRACT -> parseSigned(token.is(TokenType.SUBTRACT));
            case IDENT -> {
                if (tokens.peekCharacter() == '(') {
                    tokens.nextHere();
                    yield parseCall(token.text().toLowerCase(Locale.ROOT));
                }
                tokens.back(token);
                yield parseReference();
            }
            case DISTINCT -> {
                Token next = tokens.nextHere();
                if (next.is(TokenType.LEFT_PAREN)) {
                    yield parseCall("distinct");
                }
                tokens.back(next);
                yield new Distinct(tokens.expectIdentifier());
            }
            case STRING -> new StringLiteral(token.text());
            case NUMBER -> new NumberLiteral(parseNumber(token));
            case INTEGER -> parseInteger(token);
            case TRUE -> new BooleanLiteral(true);
            case FALSE -> new BooleanLiteral(false);
            case DURATION_VALUE -> new DurationLiteral(Durations.parse(token.text()));
            case MULTIPLY -> new Wildcard(parseWildcardKind());
            case REGEX -> {
                tokens.back(token);
                yield Objects.requireNonNull(tokens.acceptRegex());
            }
            default -> throw tokens.unexpected(token, "identifier", "string", "number", "bool");
        };
    }

    private Expression parseSigned(boolean negative) {
        Token token = tokens.next();
        switch (token.type()) {
            case NUMBER, INTEGER, DURATION_VALUE, LEFT_PAREN, IDENT -> tokens.back(token);
            default -> throw tokens.unexpected(token, "identifier", "number", "duration", "(");
        }
        Expression operand = parseUnary();
        int sign = negative ? -1 : 1;
        if (operand instanceof NumberLiteral number) {
            return new NumberLiteral(sign * number.value());
        }
        if (operand instanceof IntegerLiteral integer) {
            return new IntegerLiteral(sign * integer.value());
        }
        if (operand instanceof DurationLiteral duration) {
            return new DurationLiteral(sign * duration.nanos());
        }
        if (operand instanceof UnsignedLiteral unsigned) {
            if (!negative) {
                return unsigned;
            }
            if (unsigned.value() == Long.MIN_VALUE) {
                return new IntegerLiteral(Long.MIN_VALUE);
            }
            throw new InfluxqlException("constant -" + Long.toUnsignedString(unsigned.value()) + " underflows int64");
        }
        return new BinaryExpression(BinaryOperator.MULTIPLY, new IntegerLiteral(sign), operand);
    }

    private double parseNumber(Token token) {
        try {
            return Double.parseDouble(token.text());
        } catch (NumberFormatException notANumber) {
            throw tokens.at("unable to parse number", token);
        }
    }

    private Expression parseInteger(Token token) {
        try {
            return new IntegerLiteral(Long.parseLong(token.text()));
        } catch (NumberFormatException notSigned) {
            try {
                return new UnsignedLiteral(Long.parseUnsignedLong(token.text()));
            } catch (NumberFormatException tooLarge) {
                throw tokens.at("unable to parse integer", token);
            }
        }
    }

    private Wildcard.@Nullable Kind parseWildcardKind() {
        Token colons = tokens.nextHere();
        if (!colons.is(TokenType.DOUBLE_COLON)) {
            tokens.back(colons);
            return null;
        }
        Token kind = tokens.nextHere();
        return switch (kind.type()) {
            case FIELD -> Wildcard.Kind.FIELD;
            case TAG -> Wildcard.Kind.TAG;
            default -> throw tokens.unexpected(kind, "field", "tag");
        };
    }

    /** The arguments of a call whose opening parenthesis has been passed. */
    private Expression parseCall(String name) {
        tokens.enter(tokens.peek());
        List<Expression> arguments = new ArrayList<>();
        RegexLiteral first = tokens.acceptRegex();
        if (first != null) {
            arguments.add(first);
        } else {
            if (tokens.accept(TokenType.RIGHT_PAREN)) {
                tokens.leave();
                return new Call(name, arguments);
            }
            arguments.add(parse());
        }
        while (tokens.accept(TokenType.COMMA)) {
            RegexLiteral regex = tokens.acceptRegex();
            arguments.add(regex != null ? regex : parse());
        }
        tokens.expect(TokenType.RIGHT_PAREN);
        tokens.leave();
        return new Call(name, arguments);
    }

    /** A name of up to three segments, possibly with a cast. */
    VarRef parseReference() {
        List<String> segments = parseSegments();
        String name = String.join(".", segments);
        Token colons = tokens.nextHere();
        if (!colons.is(TokenType.DOUBLE_COLON)) {
            tokens.back(colons);
            return new VarRef(name, null);
        }
        Token type = tokens.nextHere();
        DataType dataType =
                switch (type.type()) {
                    case FIELD -> DataType.ANY_FIELD;
                    case TAG -> DataType.TAG;
                    case IDENT ->
                        switch (type.text().toLowerCase(Locale.ROOT)) {
                            case "float" -> DataType.FLOAT;
                            case "integer" -> DataType.INTEGER;
                            case "unsigned" -> DataType.UNSIGNED;
                            case "string" -> DataType.STRING;
                            case "boolean" -> DataType.BOOLEAN;
                            default ->
                                throw tokens.unexpected(
                                        type, "float", "integer", "unsigned", "string", "boolean", "field", "tag");
                        };
                    default -> throw tokens.unexpected(type, "float", "integer", "string", "boolean", "field", "tag");
                };
        return new VarRef(name, dataType);
    }

    /**
     * Names joined by dots; an empty one stands between two dots. Stops before a segment that is a regex or the {@code
     * :MEASUREMENT} of an INTO clause, leaving an empty last segment for neither.
     */
    List<String> parseSegments() {
        List<String> segments = new ArrayList<>();
        segments.add(tokens.expectIdentifier());
        while (true) {
            Token dot = tokens.nextHere();
            if (!dot.is(TokenType.DOT)) {
                tokens.back(dot);
                break;
            }
            char next = tokens.seekCharacter();
            if (next == '/' || next == ':') {
                break;
            }
            segments.add(next == '.' ? "" : tokens.expectIdentifier());
        }
        if (segments.size() > 3) {
            // Always at the beginning: the reference does not know where they stand.
            throw new InfluxqlException(
                    "too many segments in " + Identifiers.quotePath(segments) + " at line 1, char 1");
        }
        return segments;
    }
}
