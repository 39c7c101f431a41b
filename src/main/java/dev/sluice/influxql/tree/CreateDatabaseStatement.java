package dev.sluice.influxql.tree;

import org.jspecify.annotations.Nullable;

/**
 * CREATE DATABASE … [WITH …].
 *
 * @param name of the database
 * @param options null without WITH
 */
public record CreateDatabaseStatement(String name, @Nullable RetentionPolicyOptions options) implements Statement {

    @Override
    public String toString() {
        return DefinitionFormatter.format(this);
    }
}
