package dev.sluice.backup;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.ContinuousQuery;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.influxql.tree.CreateDatabaseStatement;
import dev.sluice.influxql.tree.CreateRetentionPolicyStatement;
import dev.sluice.influxql.tree.RetentionPolicyOptions;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.MeasurementSchema;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesReader;
import dev.sluice.storage.SeriesScan;
import dev.sluice.storage.SeriesSelector;
import dev.sluice.storage.SeriesSet;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes databases as the file that {@code influx -import} reads ("Influx Inspect disk utility: export", 1.x): definitions, then
 * points as line protocol. Reading it again gives the same databases, policies, continuous queries and points. Subscriptions are not in
 * it, as they would forward what is imported. Thread-safe.
 */
public final class Export {

    private final Catalog catalog;
    private final SeriesReader reader;

    public Export(Catalog catalog, SeriesReader reader) {
        this.catalog = catalog;
        this.reader = reader;
    }

    /**
     * What to export.
     *
     * @param database empty for all
     * @param retentionPolicy empty for all
     * @param range of points
     */
    public record Selection(String database, String retentionPolicy, TimeRange range) {}

    /**
     * Checks that what is selected is there.
     *
     * @throws BackupException when there is no such database or policy
     */
    public void check(Selection selection) {
        List<Database> databases = databases(selection);
        if (databases.isEmpty() && !selection.database().isEmpty()) {
            throw new BackupException("database not found: " + selection.database());
        }
        if (!selection.retentionPolicy().isEmpty()
                && databases.stream().allMatch(each -> policies(each, selection).isEmpty())) {
            throw new BackupException("retention policy not found: " + selection.retentionPolicy());
        }
    }

    private List<Database> databases(Selection selection) {
        return catalog.databases().stream()
                .filter(each -> selection.database().isEmpty() || each.name().equals(selection.database()))
                .toList();
    }

    /**
     * Writes what is selected. What was acknowledged before is in it, what is written meanwhile may be.
     *
     * @param out is not closed
     */
    public void write(Selection selection, OutputStream out) throws IOException {
        List<Database> databases = databases(selection);
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        text.write("# INFLUXDB EXPORT: " + time(selection.range().minNanos()) + " - "
                + time(selection.range().maxNanos()) + "\n# DDL\n");
        for (Database database : databases) {
            writeDefinitions(database, selection, text);
        }
        text.write("# DML\n");
        for (Database database : databases) {
            for (RetentionPolicy policy : policies(database, selection)) {
                text.write("# CONTEXT-DATABASE:" + database.name() + "\n# CONTEXT-RETENTION-POLICY:" + policy.name()
                        + "\n# writing tsm data\n");
                for (ShardGroup group : policy.shardGroups(selection.range())) {
                    writeShard(database, group, selection.range(), text);
                }
            }
        }
        text.flush();
    }

    private static List<RetentionPolicy> policies(Database database, Selection selection) {
        return database.retentionPolicies().stream()
                .filter(policy ->
                        selection.retentionPolicy().isEmpty() || policy.name().equals(selection.retentionPolicy()))
                .toList();
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
                .toString();
    }

    private static void writeDefinitions(Database database, Selection selection, Writer text) throws IOException {
        List<RetentionPolicy> policies = policies(database, selection);
        RetentionPolicy first = policies.stream()
                .filter(policy -> policy.name().equals(database.defaultRetentionPolicy()))
                .findFirst()
                .orElse(policies.isEmpty() ? null : policies.get(0));
        RetentionPolicyOptions options = first == null ? null : options(first, first.name());
        text.write(new CreateDatabaseStatement(database.name(), options) + "\n");
        for (RetentionPolicy policy : policies) {
            if (policy != first) {
                text.write(
                        new CreateRetentionPolicyStatement(policy.name(), database.name(), options(policy, null), false)
                                + "\n");
            }
        }
        for (ContinuousQuery query : database.continuousQueries()) {
            text.write(query.text().replaceAll("[\\r\\n]+", " ") + "\n");
        }
    }

    private static RetentionPolicyOptions options(RetentionPolicy policy, String name) {
        return new RetentionPolicyOptions(
                name,
                policy.durationNanos(),
                policy.replication(),
                policy.shardDurationNanos(),
                policy.futureLimitNanos() == 0 ? null : policy.futureLimitNanos(),
                policy.pastLimitNanos() == 0 ? null : policy.pastLimitNanos());
    }

    private void writeShard(Database database, ShardGroup group, TimeRange range, Writer text) throws IOException {
        SeriesSet present = reader.seriesInShards(database.id(), List.of(group.shard()));
        for (String measurement : reader.measurements(database.id())) {
            MeasurementSchema schema = reader.schema(group.shard(), measurement);
            SeriesSet series = reader.select(database.id(), measurement, SeriesSelector.ALL)
                    .and(present);
            if (series.isEmpty() || schema.fields().isEmpty()) {
                continue;
            }
            List<String> fields = List.copyOf(new TreeSet<>(schema.fields().keySet()));
            List<FieldType> types = fields.stream().map(schema.fields()::get).toList();
            ScanRequest request =
                    new ScanRequest(database.id(), group.shard(), measurement, series, fields, range, true);
            try (SeriesScan scan = reader.openScan(request)) {
                while (scan.nextSeries()) {
                    String key = reader.seriesKey(database.id(), scan.series()).canonical();
                    PointText lines = new PointText(key, fields, types);
                    for (ColumnBatch batch; (batch = scan.nextBatch()) != null; ) {
                        LongColumn times = (LongColumn) batch.column(0);
                        List<Column> columns = batch.columns();
                        for (int row = 0; row < batch.rowCount(); row++) {
                            lines.write(times.get(row), columns, row, text);
                        }
                    }
                }
            }
        }
    }
}
