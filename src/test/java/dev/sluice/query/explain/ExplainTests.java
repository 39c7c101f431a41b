package dev.sluice.query.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.InMemoryCatalogStore;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.catalog.WritesInFlight;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of statements; their form was compared with that of influxd 1.6.7, the counts are those of the embedded store. */
class ExplainTests {

    private static final long NOW = 3_000_000_000_000_000L;
    private static final long WEEK = 7 * 86_400_000_000_000L;

    @TempDir
    private Path directory;

    private RocksTimeSeriesStore store;
    private StoredCatalog catalog;

    @BeforeEach
    void writePoints() {
        store = RocksTimeSeriesStore.open(RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal")));
        catalog = new StoredCatalog(new InMemoryCatalogStore(), true);
        catalog.createDatabase("d", null);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            lines.append("cpu,host=a v=")
                    .append(i * 0.1)
                    .append(",n=")
                    .append(i)
                    .append("i,s=\"x\" ");
            lines.append(i).append('\n');
            lines.append("cpu,host=b v=").append(i * 0.3).append(' ').append(i).append('\n');
        }
        lines.append("cpu,host=a v=1 ").append(WEEK).append('\n');
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        new LineProtocolIngest(new ShardingPointWriter(catalog, store, new WritesInFlight(), () -> NOW), () -> NOW)
                .write("d", "", Precision.NANOSECONDS, WriteBuffer.wrapWithoutCopy(body));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private QueryContext context() {
        return new QueryContext("d", "", NOW, QueryLimits.NONE, Cancellation.NEVER);
    }

    private String explain(String text) {
        SelectStatement statement = (SelectStatement) InfluxqlParser.parseStatement(text);
        return String.join("\n", new SelectEngine(catalog, store).explain(statement, context()));
    }

    private List<String> analyze(String text) {
        SelectStatement statement = (SelectStatement) InfluxqlParser.parseStatement(text);
        return new SelectEngine(catalog, store).analyze(statement, context());
    }

    /** The tree without times, sizes and what is zero, with plain spaces. */
    private String tree(String text) {
        return analyze(text).stream()
                .map(line -> line.replace('\u00a0', ' '))
                .filter(line -> !line.matches(".*(_time: |_size_bytes: |_blocks_decoded: 0).*"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void explainWhenValuesAreInMemoryThenCached() {
        assertThat(explain("SELECT v, host FROM cpu")).isEqualTo("""
                EXPRESSION: <nil>
                AUXILIARY FIELDS: host::tag, v::float
                NUMBER OF SHARDS: 2
                NUMBER OF SERIES: 3
                CACHED VALUES: 201
                NUMBER OF FILES: 0
                NUMBER OF BLOCKS: 0
                SIZE OF BLOCKS: 0""");
    }

    @Test
    void explainWhenValuesAreInBlocksThenBlocksFilesAndTheirSize() {
        store.compact();
        assertThat(explain("SELECT mean(v), max(n) FROM cpu WHERE time < 1000s"))
                .matches("""
                EXPRESSION: mean\\(v::float\\)
                NUMBER OF SHARDS: 1
                NUMBER OF SERIES: 2
                CACHED VALUES: 0
                NUMBER OF FILES: 2
                NUMBER OF BLOCKS: 2
                SIZE OF BLOCKS: [1-9][0-9]+

                EXPRESSION: max\\(n::integer\\)
                NUMBER OF SHARDS: 1
                NUMBER OF SERIES: 2
                CACHED VALUES: 0
                NUMBER OF FILES: 1
                NUMBER OF BLOCKS: 1
                SIZE OF BLOCKS: [1-9][0-9]+""");
    }

    @Test
    void explainWhenConditionReadsFieldsThenTheyCount() {
        assertThat(explain("SELECT v FROM cpu WHERE time < 50 AND (host = 'b' OR n > 5)"))
                .contains("NUMBER OF SERIES: 2\nCACHED VALUES: 150");
    }

    @Test
    void explainWhenNothingIsReadThenAnEmptyLine() {
        assertThat(explain("SELECT nosuch FROM cpu")).isEmpty();
        assertThat(explain("SELECT v FROM nosuch")).isEmpty();
    }

    @Test
    void explainWhenFunctionsTransformThenWhatTheyIterateOver() {
        assertThat(explain("SELECT derivative(mean(v)) FROM cpu GROUP BY time(1h)"))
                .startsWith("EXPRESSION: mean(v::float)\n");
        assertThat(explain("SELECT top(v, host, 2) FROM cpu"))
                .startsWith("EXPRESSION: max(v::float)\nAUXILIARY FIELDS: host::tag\n");
        assertThat(explain("SELECT count(distinct(v)) FROM cpu")).startsWith("EXPRESSION: v::float\n");
        assertThat(explain("SELECT max(x) FROM (SELECT percentile(v, 5) AS x FROM cpu)"))
                .startsWith("EXPRESSION: v::float\n");
    }

    @Test
    void analyzeWhenCallsThenOneScannerForEachWithAnIteratorForEachShard() {
        store.flush();
        assertThat(tree("SELECT max(n), mean(v) FROM cpu WHERE time >= 0 AND (host = 'a' OR s = 'y') GROUP BY *"))
                .isEqualTo("""
                .
                └── select
                    └── build_cursor
                        ├── labels
                        │   └── statement: SELECT max(n::integer), mean(v::float) FROM d.autogen.cpu WHERE host::tag = 'a' OR s::string = 'y' GROUP BY host
                        ├── iterator_scanner
                        │   ├── labels
                        │   │   └── expr: max(n::integer)
                        │   └── create_iterator
                        │       ├── labels
                        │       │   ├── cond: host::tag = 'a' OR s::string = 'y'
                        │       │   ├── measurement: cpu
                        │       │   └── shard_id: 1
                        │       ├── cursors_ref: 2
                        │       ├── cursors_aux: 0
                        │       ├── cursors_cond: 1
                        └── iterator_scanner
                            ├── labels
                            │   └── expr: mean(v::float)
                            ├── create_iterator
                            │   ├── labels
                            │   │   ├── cond: host::tag = 'a' OR s::string = 'y'
                            │   │   ├── measurement: cpu
                            │   │   └── shard_id: 1
                            │   ├── cursors_ref: 2
                            │   ├── cursors_aux: 0
                            │   ├── cursors_cond: 1
                            │   ├── float_blocks_decoded: 1
                            └── create_iterator
                                ├── labels
                                │   ├── cond: host::tag = 'a' OR s::string = 'y'
                                │   ├── measurement: cpu
                                │   └── shard_id: 2
                                ├── cursors_ref: 1
                                ├── cursors_aux: 0
                                ├── cursors_cond: 0
                                ├── float_blocks_decoded: 1
                """);
    }

    @Test
    void analyzeWhenInnerStatementThenItsCursorStandsInTheScanner() {
        store.flush();
        assertThat(tree("SELECT mean(x) FROM (SELECT v AS x, n FROM cpu WHERE time < now()) WHERE time >= 1s"))
                .isEqualTo("""
                .
                └── select
                    └── build_cursor
                        ├── labels
                        │   └── statement: SELECT mean(x::float) FROM (SELECT v::float AS x, n::integer FROM d.autogen.cpu WHERE time < '1970-02-04T17:20:00Z')
                        └── iterator_scanner
                            ├── labels
                            │   └── expr: mean(x::float)
                            └── build_cursor
                                ├── labels
                                │   └── statement: SELECT v::float AS x, n::integer FROM d.autogen.cpu WHERE time < '1970-02-04T17:20:00Z'
                                └── iterator_scanner
                                    ├── labels
                                    │   └── auxiliary_fields: n::integer, v::float
                                    ├── create_iterator
                                    │   ├── labels
                                    │   │   ├── measurement: cpu
                                    │   │   └── shard_id: 1
                                    │   ├── cursors_ref: 0
                                    │   ├── cursors_aux: 4
                                    │   ├── cursors_cond: 0
                                    └── create_iterator
                                        ├── labels
                                        │   ├── measurement: cpu
                                        │   └── shard_id: 2
                                        ├── cursors_ref: 0
                                        ├── cursors_aux: 1
                                        ├── cursors_cond: 0
                                        ├── float_blocks_decoded: 1
                """);
    }

    @Test
    void analyzeWhenNothingIsReadThenOnlyTheStatement() {
        assertThat(tree("SELECT nosuch FROM cpu")).isEqualTo("""
                .
                └── select
                    └── build_cursor
                        └── labels
                            └── statement: SELECT nosuch FROM d.autogen.cpu
                """);
    }

    @Test
    void analyzeWhenNoSeriesFulfilsTheConditionThenNoIterator() {
        assertThat(tree("SELECT v FROM cpu WHERE host = 'z'")).isEqualTo("""
                .
                └── select
                    └── build_cursor
                        ├── labels
                        │   └── statement: SELECT v::float FROM d.autogen.cpu WHERE host::tag = 'z'
                        └── iterator_scanner
                            └── labels
                                └── auxiliary_fields: v::float
                """);
    }

    @Test
    void analyzeWhenAnIteratorIsMadeThenItHasAllCounts() {
        store.flush();
        assertThat(analyze("SELECT s FROM cpu WHERE time < 1s"))
                .map(line -> line.replace('\u00a0', ' ').replaceFirst("^[ │├└─]+", ""))
                .map(line -> line.replaceFirst("time: [0-9.]+(ns|µs|ms|s)$", "time: T")
                        .replaceFirst("(string_blocks_size_bytes): [1-9][0-9]*$", "$1: N"))
                .containsExactly(
                        ".",
                        "select",
                        "execution_time: T",
                        "planning_time: T",
                        "total_time: T",
                        "build_cursor",
                        "labels",
                        "statement: SELECT s::string FROM d.autogen.cpu",
                        "iterator_scanner",
                        "labels",
                        "auxiliary_fields: s::string",
                        "create_iterator",
                        "labels",
                        "measurement: cpu",
                        "shard_id: 1",
                        "cursors_ref: 0",
                        "cursors_aux: 2",
                        "cursors_cond: 0",
                        "float_blocks_decoded: 0",
                        "float_blocks_size_bytes: 0",
                        "integer_blocks_decoded: 0",
                        "integer_blocks_size_bytes: 0",
                        "unsigned_blocks_decoded: 0",
                        "unsigned_blocks_size_bytes: 0",
                        "string_blocks_decoded: 1",
                        "string_blocks_size_bytes: N",
                        "boolean_blocks_decoded: 0",
                        "boolean_blocks_size_bytes: 0",
                        "planning_time: T",
                        "");
    }
}
