package dev.sluice.influxql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHOW MEASUREMENTS.
 *
 * @param database behind ON, or null
 * @param retentionPolicy behind ON database., or null
 * @param allDatabases ON *.*
 * @param allRetentionPolicies ON database.* or *.*
 * @param source WITH MEASUREMENT: a name or a regex; or null
 * @param condition or null
 * @param sortFields parsed and without effect
 * @param limit most rows, 0 for no limit
 * @param offset rows left out first
 */
public record ShowMeasurementsStatement(
        @Nullable String database,
        @Nullable String retentionPolicy,
        boolean allDatabases,
        boolean allRetentionPolicies,
        @Nullable Measurement source,
        @Nullable Expression condition,
        List<SortField> sortFields,
        int limit,
        int offset)
        implements Statement {

    public ShowMeasurementsStatement {
        sortFields = List.copyOf(sortFields);
    }

    @Override
    public String toString() {
        return ShowFormatter.format(this);
    }
}
