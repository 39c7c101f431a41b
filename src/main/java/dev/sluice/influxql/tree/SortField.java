package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/**
 * An item of ORDER BY.
 *
 * @param name {@code time}, or null for a bare direction
 * @param ascending the direction
 */
public record SortField(@Nullable String name, boolean ascending) {}
