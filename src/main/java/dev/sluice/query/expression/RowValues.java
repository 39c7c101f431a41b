package dev.sluice.query.expression;

import dev.sluice.influxql.tree.Expression;
import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/** What the references and calls of an expression stand for. */
public interface RowValues {

    /** The value in the current row: {@link Double}, {@link Long}, {@link String}, {@link Boolean}, or null. */
    @Nullable
    Object value(Expression leaf);

    /** The type of a reference or call; null when it has none, as nothing of that name exists. */
    @Nullable
    FieldType type(Expression leaf);
}
