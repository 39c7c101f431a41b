package dev.sluice.influxql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DELETE [FROM …] [WHERE …].
 *
 * @param sources empty when FROM is left out
 * @param condition null when WHERE is left out
 */
public record DeleteStatement(
        List<Measurement> sources, @Nullable Expression condition) implements Statement {

    public DeleteStatement {
        sources = List.copyOf(sources);
    }

    @Override
    public String toString() {
        return SelectFormatter.format(this);
    }
}
