package dev.sluice.influxql.tree;

/** Operators with two operands, with their text and binding strength. */
public enum BinaryOperator {
    OR("OR", 1),
    AND("AND", 2),
    EQUAL("=", 3),
    NOT_EQUAL("!=", 3),
    REGEX_MATCH("=~", 3),
    REGEX_NO_MATCH("!~", 3),
    LESS("<", 3),
    LESS_OR_EQUAL("<=", 3),
    GREATER(">", 3),
    GREATER_OR_EQUAL(">=", 3),
    ADD("+", 4),
    SUBTRACT("-", 4),
    BITWISE_OR("|", 4),
    BITWISE_XOR("^", 4),
    MULTIPLY("*", 5),
    DIVIDE("/", 5),
    MODULO("%", 5),
    BITWISE_AND("&", 5);

    private final String symbol;
    private final int precedence;

    BinaryOperator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    /** The canonical text. */
    public String symbol() {
        return symbol;
    }

    /** From 1, loosest, to 5. All operators of one strength group from the left. */
    public int precedence() {
        return precedence;
    }

    /** Whether the result is true or false and the operator compares values (not AND, OR). */
    public boolean isComparison() {
        return precedence == 3;
    }

    /** Whether this is AND or OR. */
    public boolean isLogical() {
        return precedence <= 2;
    }

    /** Whether the result is a number (or, for bitwise ones, possibly a boolean). */
    public boolean isArithmetic() {
        return precedence >= 4;
    }
}
