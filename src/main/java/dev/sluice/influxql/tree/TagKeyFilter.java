package dev.sluice.influxql.tree;

/**
 * WITH KEY: which tag keys are meant.
 *
 * @param operator one of equal, not equal, regex match, regex no match; equal with a {@link ListLiteral} stands for IN
 * @param operand a {@link StringLiteral} with the key, a {@link RegexLiteral} or a {@link ListLiteral}
 */
public record TagKeyFilter(BinaryOperator operator, Expression operand) {}
