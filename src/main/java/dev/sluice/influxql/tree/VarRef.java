package dev.sluice.influxql.tree;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a field or tag, or to {@code time}.
 *
 * @param name as written, unquoted; dotted segments joined by dots
 * @param type the cast behind {@code ::}, or the type found out later; null when open
 */
public record VarRef(String name, @Nullable DataType type) implements Expression {

    /**
     * Whether it means a tag: by its cast, or as there is no such field. With a cast to the type of a field it means none.
     *
     * @param fields names of the fields there are
     */
    public boolean namesTag(Set<String> fields) {
        return type == DataType.TAG || (type == null && !fields.contains(name));
    }

    @Override
    public String toString() {
        return ExpressionFormatter.format(this);
    }
}
