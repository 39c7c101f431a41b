package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/**
 * One item of a SELECT list.
 *
 * @param expression what is selected
 * @param alias the name behind AS, or null
 */
public record SelectField(Expression expression, @Nullable String alias) {}
