package dev.sluice.server;

import dev.sluice.catalog.CatalogContents;
import dev.sluice.catalog.CatalogStore;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.catalog.WritesInFlight;
import dev.sluice.http.encoding.AnswerStream;
import dev.sluice.http.encoding.EncodingOptions;
import dev.sluice.http.encoding.ResponseFormat;
import dev.sluice.http.encoding.ResultEncoder;
import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.ingest.LineProtocolIngest;
import dev.sluice.ingest.ShardingPointWriter;
import dev.sluice.ingest.WriteBuffer;
import dev.sluice.model.Precision;
import dev.sluice.query.Cancellation;
import dev.sluice.query.QueryContext;
import dev.sluice.query.QueryLimits;
import dev.sluice.query.SelectEngine;
import dev.sluice.storage.rocksdb.RocksStoreOptions;
import dev.sluice.storage.rocksdb.RocksTimeSeriesStore;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Asks dashboards' questions of a few thousand points of its own for some seconds after the start, so that the first clients
 * find machine code and not an interpreter. In the background, on a store that nobody else sees; what goes wrong with it does
 * not matter. The store is in {@code influxdb.data.dir}, which is one process's own: what one that was killed has left there
 * is found and removed.
 */
@Component
@ConditionalOnProperty(name = "sluice.warm-up", havingValue = "true", matchIfMissing = true)
class QueryWarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(QueryWarmUp.class);

    private static final long LONGEST_NANOS = 4_000_000_000L;
    private static final int ROUNDS = 1500;
    private static final int HOSTS = 4;
    private static final int ROWS_OF_A_HOST = 720;
    private static final long STEP_NANOS = 10_000_000_000L;
    private static final long END_NANOS = ROWS_OF_A_HOST * STEP_NANOS;

    private static final List<String> STATEMENTS = List.of(
            "SELECT max(a) FROM m WHERE host = '1' AND time >= 0s AND time < 1h GROUP BY time(1m)",
            "SELECT max(a), max(b), max(c) FROM m WHERE (host = '1' OR host = '2') AND time >= 1m AND time < 1h "
                    + "GROUP BY time(1m)",
            "SELECT mean(a), mean(b) FROM m WHERE time >= 0s AND time < 1h GROUP BY time(10m), host",
            "SELECT * FROM m WHERE a > 95.0 AND host = '3' AND time >= 0s AND time < 1h",
            "SELECT last(a) FROM m WHERE host = '2'",
            "SELECT count(a) FROM m WHERE host =~ /[12]/",
            "SELECT * FROM m GROUP BY host ORDER BY time DESC LIMIT 1",
            "SELECT max(a) FROM m WHERE time < 1h GROUP BY time(1m) ORDER BY time DESC LIMIT 5");

    private static final String FOLDER = "warm-up";

    private final Path directory;
    private volatile boolean closing;

    QueryWarmUp(InfluxProperties properties) {
        this.directory = Path.of(properties.data().dir()).resolve(FOLDER);
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread thread = new Thread(this::run, "sluice-warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    @EventListener(ContextClosedEvent.class)
    void end() {
        closing = true;
    }

    private void run() {
        try {
            FileSystemUtils.deleteRecursively(directory);
            try (RocksTimeSeriesStore store = RocksTimeSeriesStore.open(
                    RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal")))) {
                ask(store);
            } finally {
                FileSystemUtils.deleteRecursively(directory);
            }
        } catch (IOException | RuntimeException unimportant) {
            LOG.debug("the warm-up was left out", unimportant);
        }
    }

    private void ask(RocksTimeSeriesStore store) {
        StoredCatalog catalog = new StoredCatalog(forgetfulStore(), true);
        catalog.createDatabase("warm-up", null);
        write(catalog, store);
        SelectEngine engine = new SelectEngine(catalog, store);
        QueryContext context = new QueryContext("warm-up", "", END_NANOS, QueryLimits.NONE, Cancellation.NEVER);
        long start = System.nanoTime();
        for (int round = 0; round < ROUNDS && !closing && System.nanoTime() - start < LONGEST_NANOS; round++) {
            if (round == ROUNDS / 2) {
                // Then from blocks instead of from memory.
                store.flush();
            }
            ResultEncoder encoder = ResultEncoder.create(
                    EncodingOptions.of(ResponseFormat.JSON), new AnswerStream(OutputStream.nullOutputStream()));
            encoder.beginStatement(0);
            String text = STATEMENTS.get(round % STATEMENTS.size());
            engine.execute((SelectStatement) InfluxqlParser.parseStatement(text), context, encoder);
            encoder.endStatement();
            encoder.finish();
            encoder.close();
        }
        LOG.debug("warmed up in {} ms", (System.nanoTime() - start) / 1_000_000);
    }

    private static void write(StoredCatalog catalog, RocksTimeSeriesStore store) {
        LineProtocolIngest ingest = new LineProtocolIngest(
                new ShardingPointWriter(catalog, store, new WritesInFlight(), () -> END_NANOS), () -> END_NANOS);
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < ROWS_OF_A_HOST; row++) {
            for (int host = 0; host < HOSTS; host++) {
                int value = (row * 7 + host * 31) % 101;
                lines.append("m,host=").append(host).append(",region=r a=").append(value);
                lines.append("i,b=")
                        .append(value / 2)
                        .append("i,c=")
                        .append(value * 0.5)
                        .append(' ');
                lines.append(row * STEP_NANOS).append('\n');
            }
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        ingest.write("warm-up", "", Precision.NANOSECONDS, WriteBuffer.wrapWithoutCopy(body));
    }

    /** Keeps nothing: the catalogue is of no use afterwards. */
    private static CatalogStore forgetfulStore() {
        return (CatalogStore) Proxy.newProxyInstance(
                CatalogStore.class.getClassLoader(),
                new Class<?>[] {CatalogStore.class},
                (proxy, method, arguments) -> method.getReturnType() == CatalogContents.class
                        ? new CatalogContents(List.of(), 0, 0, 0)
                        : null);
    }
}
