package dev.sluice.influxql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DROP SERIES [FROM …] [WHERE …].
 *
 * @param sources empty when FROM is left out
 * @param condition null when WHERE is left out
 */
public record DropSeriesStatement(
        List<Measurement> sources, @Nullable Expression condition) implements Statement {

    public DropSeriesStatement {
        sources = List.copyOf(sources);
    }

    @Override
    public String toString() {
        return SelectFormatter.format(this);
    }
}
