package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Expression;
import dev.sluice.model.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A column of the result behind the time.
 *
 * @param name what it is called
 * @param innerName what a statement around this one calls it: the name without the number that sets it apart from others
 * @param expression what it shows, without wildcards
 * @param type of its values; null when it cannot have any
 * @param isTag whether it shows a tag
 */
public record Output(
        String name,
        String innerName,
        Expression expression,
        @Nullable FieldType type,
        boolean isTag) {

    /** A column that is read by no other statement. */
    public Output(String name, Expression expression, @Nullable FieldType type) {
        this(name, name, expression, type, false);
    }

    /** The type of the column, also when nothing will be in it. */
    public FieldType columnType() {
        return type == null ? FieldType.FLOAT : type;
    }
}
