package dev.sluice.query.source;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Measurement;
import dev.sluice.model.TimeRange;
import dev.sluice.query.QueryContext;
import dev.sluice.query.QueryException;
import dev.sluice.storage.SeriesReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a FROM clause names. Thread-safe. */
public final class SourceResolver {

    private final Catalog catalog;
    private final SeriesReader reader;

    public SourceResolver(Catalog catalog, SeriesReader reader) {
        this.catalog = catalog;
        this.reader = reader;
    }

    /**
     * The measurements a name or a regular expression means; none when there are none.
     *
     * @param condition of the statement; series whose tags cannot fulfil it may be left out
     * @throws QueryException when the database does not exist
     * @throws dev.sluice.catalog.CatalogException when the retention policy does not exist
     */
    public List<RowSource> resolve(
            Measurement measurement, QueryContext context, TimeRange range, @Nullable Expression condition) {
        String databaseName = measurement.database() == null ? context.database() : measurement.database();
        if (databaseName.isEmpty()) {
            throw new QueryException("database name required");
        }
        Database database = catalog.findDatabase(databaseName)
                .orElseThrow(() -> new QueryException("database not found: " + databaseName));
        String named = measurement.retentionPolicy();
        boolean defaultPolicy = named == null || named.isEmpty();
        RetentionPolicy policy = database.loadRetentionPolicy(defaultPolicy ? context.retentionPolicy() : named);
        List<ShardGroup> shards = policy.shardGroups(range);
        List<RowSource> sources = new ArrayList<>();
        if (measurement.regex() == null) {
            sources.add(new StoredMeasurement(reader, database.id(), shards, measurement.name(), condition));
        } else {
            for (String name : reader.measurements(database.id())) {
                if (measurement.regex().pattern().matcher(name).find()) {
                    sources.add(new StoredMeasurement(reader, database.id(), shards, name, condition));
                }
            }
        }
        return sources;
    }
}
