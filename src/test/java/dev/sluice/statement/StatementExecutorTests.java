package dev.sluice.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.Caller;
import dev.sluice.account.TestUsers;
import dev.sluice.account.Users;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.InMemoryCatalogStore;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.catalog.WritesInFlight;
import dev.sluice.column.SeriesSink;
import dev.sluice.influxql.BoundParameters;
import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.ingest.LineProtocolIngest;
import dev.sluice.ingest.ShardingPointWriter;
import dev.sluice.ingest.WriteBuffer;
import dev.sluice.model.Precision;
import dev.sluice.monitor.Diagnostic;
import dev.sluice.monitor.Diagnostics;
import dev.sluice.monitor.Statistic;
import dev.sluice.monitor.Statistics;
import dev.sluice.query.MemoryAccount;
import dev.sluice.query.QueryContext;
import dev.sluice.query.QueryEngine;
import dev.sluice.query.QueryException;
import dev.sluice.query.QueryLimits;
import dev.sluice.retention.UnownedPoints;
import dev.sluice.statement.schema.CardinalityHandler;
import dev.sluice.statement.schema.RemovalHandlers;
import dev.sluice.statement.schema.SchemaHandlers;
import dev.sluice.storage.rocksdb.RocksStoreOptions;
import dev.sluice.storage.rocksdb.RocksTimeSeriesStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementExecutorTests {

    private static final long NOW = 1_000_000_000_000L;

    @TempDir
    private Path directory;

    private RocksTimeSeriesStore store;
    private Handlers handlers;
    private StatementExecutor executor;
    private LineProtocolIngest ingest;
    private long mostMemory;

    @BeforeEach
    void open() {
        store = RocksTimeSeriesStore.open(RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal")));
        Catalog catalog = new StoredCatalog(new InMemoryCatalogStore(), true);
        Users users = new TestUsers();
        WritesInFlight inFlight = new WritesInFlight();
        ShardingPointWriter writer = new ShardingPointWriter(catalog, store, inFlight, () -> NOW);
        ingest = new LineProtocolIngest(writer, () -> NOW);
        RunningQueries running = new RunningQueries(0, 0);
        handlers = new Handlers();
        new DatabaseHandlers(catalog, users, new UnownedPoints(catalog, store, inFlight)).registerWith(handlers);
        new UserHandlers(users, catalog).registerWith(handlers);
        new CatalogHandlers(catalog).registerWith(handlers);
        StatementMemory memory = caller -> MemoryAccount.ofService(0).openQuery(mostMemory);
        new SchemaHandlers(catalog, store, memory).registerWith(handlers);
        new CardinalityHandler(catalog, store, memory).registerWith(handlers);
        new RemovalHandlers(catalog, store).registerWith(handlers);
        new MonitorHandlers(
                        new Statistics(
                                List.of(() -> List.of(
                                        Statistic.of("one", Map.of("b", 2L, "a", 1L)),
                                        Statistic.of("two", Map.of("t", "x"), Map.of("c", 3L)))),
                                Map.of()),
                        new Diagnostics(List.of(() -> List.of(
                                Diagnostic.of("zoo", Map.of("size", 5, "open", true)),
                                Diagnostic.of("build", Map.of("Version", "1.8.10"))))))
                .registerWith(handlers);
        new QueryHandlers(new RefusingEngine(), writer, running, QueryLimits.NONE).registerWith(handlers);
        executor = new DispatchingStatementExecutor(handlers, running, () -> NOW);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** An engine for tests that are not about SELECT. */
    private static final class RefusingEngine implements QueryEngine {

        @Override
        public void execute(SelectStatement statement, QueryContext context, SeriesSink sink) {
            throw new QueryException("no engine");
        }

        @Override
        public List<String> explain(SelectStatement statement, QueryContext context) {
            return List.of();
        }

        @Override
        public List<String> analyze(SelectStatement statement, QueryContext context) {
            return List.of();
        }
    }

    private String run(String text) {
        return run(text, false);
    }

    private String run(String text, boolean readOnly) {
        TextSink sink = new TextSink();
        List<Statement> statements = InfluxqlParser.parseQuery(text, BoundParameters.NONE);
        executor.execute(new StatementRequest(statements, "d", "", Caller.UNRESTRICTED, readOnly), sink, () -> false);
        return sink.toString();
    }

    private void write(String lines) {
        byte[] body = lines.getBytes(StandardCharsets.UTF_8);
        ingest.write("d", "", Precision.NANOSECONDS, WriteBuffer.wrapWithoutCopy(body));
    }

    private void createCpuAndMem() {
        run("CREATE DATABASE d");
        write("cpu,host=a,region=us v=1,s=\"x\" 1\ncpu,host=b,region=eu v=2 2\ncpu,host=c v=3i 700000000000000000\n"
                + "mem,host=a free=1i 3");
    }

    @Test
    void showMeasurementsWhenConditionIsNegatedThenAsksTheMeasurementAsAWhole() {
        createCpuAndMem();

        assertThat(run("SHOW MEASUREMENTS WHERE region !~ /ca.*/"))
                .contains("cpu")
                .doesNotContain("mem");
        assertThat(run("SHOW MEASUREMENTS WHERE host != 'a'"))
                .doesNotContain("cpu")
                .doesNotContain("mem");
        assertThat(run("SHOW MEASUREMENTS WHERE host = 'c'")).contains("cpu").doesNotContain("mem");
        assertThat(run("SHOW MEASUREMENTS WHERE host = ''")).doesNotContain("cpu");
    }

    private static Set<Class<?>> statementKinds() {
        return Stream.of(Statement.class.getPermittedSubclasses()).collect(Collectors.toSet());
    }

    @Test
    void everyKindOfStatementHasAHandler() {
        assertThat(handlers.kinds()).isEqualTo(statementKinds());
    }

    @Test
    void showStatsGivesASeriesOfOneRowForEachPartInTheOrderOfTheParts() {
        assertThat(run("SHOW STATS")).isEqualTo("0: one[a,b] (1,2) two{t=x}[c] (3)");
        assertThat(run("SHOW STATS FOR 'two'")).isEqualTo("0: two{t=x}[c] (3)");
        assertThat(run("SHOW STATS FOR 'none'")).isEqualTo("0:");
    }

    @Test
    void showDiagnosticsGivesTypedValuesOfEachModuleByName() {
        assertThat(run("SHOW DIAGNOSTICS")).isEqualTo("0: build[Version] (1.8.10) zoo[open,size] (true,5)");
        assertThat(run("SHOW DIAGNOSTICS FOR 'zoo'")).isEqualTo("0: zoo[open,size] (true,5)");
    }

    @Test
    void executeWhenAStatementFailsThenLaterOnesAreNotExecuted() {
        assertThat(run("SHOW DATABASES; SHOW TAG KEYS ON nodb; SHOW DATABASES"))
                .isEqualTo("0: databases[name] ; 1: error: database not found: nodb; 2: error: not executed");
    }

    @Test
    void executeWhenReadOnlyThenChangesAnswerWithAWarning() {
        assertThat(run("CREATE DATABASE d; SHOW DATABASES", true))
                .isEqualTo("0: warning: deprecated use of 'CREATE DATABASE d' in a read only context, please use a POST"
                        + " request instead; 1: databases[name] (d)");
    }

    @Test
    void retentionPoliciesAndShards() {
        run("CREATE DATABASE d; CREATE RETENTION POLICY p ON d DURATION 2d REPLICATION 1 DEFAULT");
        assertThat(run("SHOW RETENTION POLICIES"))
                .isEqualTo("0: [name,duration,shardGroupDuration,replicaN,default] "
                        + "(autogen,0s,168h0m0s,1,false)(p,48h0m0s,24h0m0s,1,true)");
        run("ALTER RETENTION POLICY autogen ON d DEFAULT");
        write("m v=1 1");
        assertThat(run("SHOW SHARD GROUPS"))
                .isEqualTo("0: shard groups[id,database,retention_policy,start_time,end_time,expiry_time] "
                        + "(1,d,autogen,1969-12-29T00:00:00Z,1970-01-05T00:00:00Z,1970-01-05T00:00:00Z)");
        assertThat(run("DROP SHARD 1; SHOW MEASUREMENTS; DROP SHARD 1")).isEqualTo("0:; 1:; 2:");
    }

    @Test
    void usersAndGrants() {
        run("CREATE DATABASE d; CREATE USER joe WITH PASSWORD 'x'; GRANT ALL ON d TO joe; REVOKE READ ON d FROM joe");
        assertThat(run("SHOW USERS; SHOW GRANTS FOR joe; GRANT READ ON nodb TO joe"))
                .isEqualTo("0: [user,admin] (joe,false); 1: [database,privilege] (d,WRITE);"
                        + " 2: error: database not found: nodb");
        assertThat(run("GRANT READ ON nodb TO nobody")).isEqualTo("0: error: user not found");
    }

    @Test
    void showSeriesAndTags() {
        createCpuAndMem();
        assertThat(run("SHOW MEASUREMENTS")).isEqualTo("0: measurements[name] (cpu)(mem)");
        assertThat(run("SHOW MEASUREMENTS WHERE region = 'us'")).isEqualTo("0: measurements[name] (cpu)");
        assertThat(run("SHOW SERIES WHERE host =~ /[ab]/"))
                .isEqualTo("0: [key] (cpu,host=a,region=us)(cpu,host=b,region=eu)(mem,host=a)");
        assertThat(run("SHOW SERIES WHERE time < 1d AND region = ''")).isEqualTo("0: [key] (mem,host=a)");
        assertThat(run("SHOW TAG KEYS FROM cpu")).isEqualTo("0: cpu[tagKey] (host)(region)");
        assertThat(run("SHOW TAG VALUES WITH KEY = host LIMIT 2"))
                .isEqualTo("0: cpu[key,value] (host,a)(host,b) mem[key,value] (host,a)");
        assertThat(run("SHOW FIELD KEYS FROM cpu"))
                .isEqualTo("0: cpu[fieldKey,fieldType] (s,string)(v,float)(v,integer)");
        assertThat(run("SHOW SERIES WHERE v > 1")).isEqualTo("0: error: invalid tag comparison operator");
        assertThat(run("SHOW SERIES CARDINALITY; SHOW TAG VALUES CARDINALITY WITH KEY = host"))
                .isEqualTo("0: [cardinality estimation] (4); 1: cpu[count] (3) mem[count] (1)");
    }

    @Test
    void removals() {
        createCpuAndMem();
        assertThat(run("DELETE FROM cpu WHERE host = 'a'; SHOW SERIES FROM cpu"))
                .isEqualTo("0:; 1: [key] (cpu,host=b,region=eu)(cpu,host=c)");
        assertThat(run("DROP SERIES FROM cpu WHERE v > 1"))
                .endsWith("error: shard 1: fields not supported in WHERE clause during deletion");
        assertThat(run("DROP SERIES FROM cpu WHERE time > 0"))
                .endsWith("error: DROP SERIES doesn't support time in WHERE clause");
        assertThat(run("DROP MEASUREMENT cpu; SHOW MEASUREMENTS")).isEqualTo("0:; 1: measurements[name] (mem)");
        assertThat(run("DROP DATABASE d; SHOW SERIES")).isEqualTo("0:; 1: error: database not found: d");
    }

    @Test
    void continuousQueriesAreStoredWithFullNames() {
        run("CREATE DATABASE d");
        run("CREATE CONTINUOUS QUERY c ON d BEGIN SELECT mean(v) INTO y FROM m GROUP BY time(1m) END");
        assertThat(run("SHOW CONTINUOUS QUERIES"))
                .isEqualTo("0: d[name,query] (c,CREATE CONTINUOUS QUERY c ON d BEGIN SELECT mean(v) INTO d.autogen.y"
                        + " FROM d.autogen.m GROUP BY time(1m) END)");
    }

    private void writeThousandsOfSeries() {
        run("CREATE DATABASE d");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 4000; i++) {
            lines.append("many,host=h").append(i).append(" v=1 1\n");
        }
        write(lines.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHOW SERIES LIMIT 1",
                "SHOW TAG VALUES WITH KEY = host LIMIT 1",
                "SHOW SERIES EXACT CARDINALITY",
                "SHOW TAG VALUES EXACT CARDINALITY WITH KEY = host"
            })
    void executeWhenSeriesTakeMoreThanAStatementMayKeepThenRefuses(String statement) {
        writeThousandsOfSeries();
        assertThat(run(statement)).doesNotContain("error");
        mostMemory = 200_000;
        assertThat(run(statement)).contains("max-query-memory limit exceeded: (");
        assertThat(run("SHOW TAG KEYS")).contains("host");
        assertThat(run("SHOW SERIES CARDINALITY")).contains("4000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHOW SERIES", "SHOW TAG KEYS", "SHOW SERIES EXACT CARDINALITY"})
    void executeWhenTheClientLeavesThenSeriesAreNotGoneThroughToTheEnd(String statement) {
        writeThousandsOfSeries();
        AtomicInteger asked = new AtomicInteger();
        TextSink sink = new TextSink();
        executor.execute(
                new StatementRequest(
                        InfluxqlParser.parseQuery(statement, BoundParameters.NONE),
                        "d",
                        "",
                        Caller.UNRESTRICTED,
                        false),
                sink,
                () -> asked.incrementAndGet() > 2);
        assertThat(sink.toString()).contains("query aborted").doesNotContain("h1");
    }
}
