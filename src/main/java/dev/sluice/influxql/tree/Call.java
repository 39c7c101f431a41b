package dev.sluice.influxql.tree;

import java.util.List;

/**
 * A function call.
 *
 * @param name in lower case
 * @param arguments in order, possibly none
 */
public record Call(String name, List<Expression> arguments) implements Expression {

    public Call {
        arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
