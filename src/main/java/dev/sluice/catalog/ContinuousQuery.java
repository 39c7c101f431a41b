package dev.sluice.catalog;

/**
 * A continuous query.
 *
 * @param name unique within its database
 * @param text the whole normalized {@code CREATE CONTINUOUS QUERY} statement
 */
public record ContinuousQuery(String name, String text) {}
