package dev.sluice.influxql.tree;

import com.google.re2j.Pattern;

/** A regular expression in slashes, in RE2's syntax; it matches anywhere in a text unless anchored. */
public record RegexLiteral(Pattern pattern) implements Expression {

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
