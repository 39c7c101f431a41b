package dev.sluice.statement.access;

import dev.sluice.account.Caller;
import dev.sluice.account.TestUsers;
import dev.sluice.account.rule.AccessRules;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.InMemoryCatalogStore;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.catalog.WritesInFlight;
import dev.sluice.influxql.BoundParameters;
import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.ingest.LineProtocolIngest;
import dev.sluice.ingest.ShardingPointWriter;
import dev.sluice.ingest.WriteBuffer;
import dev.sluice.model.Precision;
import dev.sluice.query.QueryLimits;
import dev.sluice.query.SelectEngine;
import dev.sluice.retention.UnownedPoints;
import dev.sluice.statement.CatalogHandlers;
import dev.sluice.statement.DatabaseHandlers;
import dev.sluice.statement.DispatchingStatementExecutor;
import dev.sluice.statement.Handlers;
import dev.sluice.statement.LimitsByCaller;
import dev.sluice.statement.QueryHandlers;
import dev.sluice.statement.RunningQueries;
import dev.sluice.statement.StatementExecutor;
import dev.sluice.statement.StatementObserver;
import dev.sluice.statement.StatementRequest;
import dev.sluice.statement.TextSink;
import dev.sluice.statement.schema.CardinalityHandler;
import dev.sluice.statement.schema.RemovalHandlers;
import dev.sluice.statement.schema.SchemaHandlers;
import dev.sluice.storage.rocksdb.RocksStoreOptions;
import dev.sluice.storage.rocksdb.RocksTimeSeriesStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Everything from statements to points without a network, under rules. */
public final class RestrictedEngine implements AutoCloseable {

    private static final long NOW = 1_700_000_000_000_000_000L;

    private final RocksTimeSeriesStore store;
    private final StatementExecutor executor;
    private final LineProtocolIngest ingest;
    private final FineGrainedAccess access;

    public RestrictedEngine(Path directory, AccessRules rules) {
        store = RocksTimeSeriesStore.open(RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal")));
        Catalog catalog = new StoredCatalog(new InMemoryCatalogStore(), true);
        access = new FineGrainedAccess(rules, catalog, () -> store.statistics().appendCount());
        WritesInFlight inFlight = new WritesInFlight();
        ShardingPointWriter writer = new ShardingPointWriter(catalog, store, inFlight, () -> NOW);
        ingest = new LineProtocolIngest(writer, () -> NOW);
        RunningQueries running = new RunningQueries(0, 0);
        Handlers handlers = new Handlers();
        new DatabaseHandlers(catalog, new TestUsers(), new UnownedPoints(catalog, store, inFlight))
                .registerWith(handlers);
        new CatalogHandlers(catalog).registerWith(handlers);
        new SchemaHandlers(catalog, store).registerWith(handlers);
        new CardinalityHandler(catalog, store).registerWith(handlers);
        new RemovalHandlers(catalog, store).registerWith(handlers);
        new QueryHandlers(new SelectEngine(catalog, store), writer, running, QueryLimits.NONE).registerWith(handlers);
        executor = new DispatchingStatementExecutor(
                handlers, running, () -> NOW, access::of, LimitsByCaller.NONE, StatementObserver.NONE);
    }

    /** The answer to statements as text, also when they are none. */
    public String run(Caller caller, String database, String text) {
        List<Statement> statements;
        try {
            statements = InfluxqlParser.parseQuery(text, BoundParameters.NONE);
        } catch (InfluxqlException malformed) {
            return "malformed: " + malformed.getMessage();
        }
        TextSink sink = new TextSink();
        executor.execute(new StatementRequest(statements, database, "", caller, false), sink, () -> false);
        return sink.toString();
    }

    public void write(Caller caller, String database, String policy, String lines) {
        byte[] body = lines.getBytes(StandardCharsets.UTF_8);
        ingest.write(
                database,
                policy,
                Precision.NANOSECONDS,
                WriteBuffer.wrapWithoutCopy(body),
                points -> access.of(caller).checkWrite(database, points));
    }

    @Override
    public void close() {
        store.close();
    }
}
