package dev.sluice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.InMemoryCatalogStore;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.catalog.WritesInFlight;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.SeriesSink;
import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.ingest.LineProtocolIngest;
import dev.sluice.ingest.ShardingPointWriter;
import dev.sluice.ingest.WriteBuffer;
import dev.sluice.model.Precision;
import dev.sluice.query.expression.BatchRow;
import dev.sluice.storage.rocksdb.RocksStoreOptions;
import dev.sluice.storage.rocksdb.RocksTimeSeriesStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements and their results over the embedded store; the results were compared with those of influxd 1.6.7. */
class SelectEngineTests {

    private static final long NOW = 1_000_000_000_000L;

    private static final String POINTS = """
            cpu,host=a v=1,w=2i 1
            cpu,host=b v=2 2
            cpu,host=a v=3,w=4i 60000000001
            gpu,x=1 v=3 200000000000
            """;

    @TempDir
    private Path directory;

    private RocksTimeSeriesStore store;
    private StoredCatalog catalog;
    private final QueryWorkers workers = new QueryWorkers(2);

    @BeforeEach
    void writePoints() {
        store = RocksTimeSeriesStore.open(RocksStoreOptions.of(directory.resolve("data"), directory.resolve("wal")));
        catalog = new StoredCatalog(new InMemoryCatalogStore(), true);
        catalog.createDatabase("d", null);
        write(POINTS);
    }

    private void write(String lines) {
        byte[] body = lines.getBytes(StandardCharsets.UTF_8);
        new LineProtocolIngest(new ShardingPointWriter(catalog, store, new WritesInFlight(), () -> NOW), () -> NOW)
                .write("d", "", Precision.NANOSECONDS, WriteBuffer.wrapWithoutCopy(body));
    }

    @AfterEach
    void close() {
        workers.close();
        store.close();
    }

    private String select(String text, QueryLimits limits) {
        return select(text, limits, workers);
    }

    private String select(String text, QueryLimits limits, QueryWorkers threads) {
        SelectStatement statement = (SelectStatement) InfluxqlParser.parseStatement(text);
        TextSink sink = new TextSink();
        new SelectEngine(catalog, store, threads, MemoryAccount.UNLIMITED)
                .execute(statement, new QueryContext("d", "", NOW, limits, Cancellation.NEVER), sink);
        return sink.text.toString().strip();
    }

    private String select(String text) {
        return select(text, QueryLimits.NONE);
    }

    /** Series as {@code name{tags}(columns) row | row}. */
    private static final class TextSink implements SeriesSink {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void series(SeriesHeader header) {
            text.append('\n').append(header.name());
            if (!header.tags().isEmpty()) {
                text.append(header.tags());
            }
            text.append(header.columns());
        }

        @Override
        public void rows(ColumnBatch batch) {
            for (int row = 0; row < batch.rowCount(); row++) {
                List<String> cells = new ArrayList<>();
                for (Column column : batch.columns()) {
                    cells.add(String.valueOf(BatchRow.valueOf(column, row)));
                }
                text.append(" | ").append(String.join(" ", cells));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            SELECT * FROM cpu                           ; cpu[time, host, v, w] | 1 a 1.0 2 | 2 b 2.0 null | 60000000001 a 3.0 4
            SELECT v + w, host FROM cpu                 ; cpu[time, v_w, host] | 1 3.0 a | 2 null b | 60000000001 7.0 a
            SELECT host, v FROM cpu ORDER BY time DESC  ; cpu[time, host, v] | 60000000001 a 3.0 | 2 b 2.0 | 1 a 1.0
            SELECT v FROM cpu LIMIT 1 OFFSET 1          ; cpu[time, v] | 2 2.0
            SELECT nofield, v FROM cpu WHERE host = 'b' ; cpu[time, nofield, v] | 2  2.0
            SELECT v FROM cpu WHERE w > 1 AND nohost != 'a' ; cpu[time, v] | 1 1.0 | 60000000001 3.0
            SELECT v FROM cpu WHERE host =~ /^b/ OR w = 4   ; cpu[time, v] | 2 2.0 | 60000000001 3.0
            SELECT v AS x, w AS x FROM cpu WHERE time = 1   ; cpu[time, x, x] | 1 1.0 2
            SELECT w / 4, w % 3 FROM cpu WHERE time = 1     ; cpu[time, w, w_1] | 1 0.5 2
            SELECT integral(v) FROM cpu ORDER BY time DESC  ; cpu[time, integral] | 0 -149.999999999
            SELECT integral(w) FROM cpu ORDER BY time DESC  ; cpu[time, integral] | 9223372036854775807 -180.0
            SELECT integral(v) FROM cpu WHERE time >= 0 AND time < 2m GROUP BY time(1m) ORDER BY time DESC ; cpu[time, integral] | 120000000000 -2.999999999991667E-9 | 60000000000 -149.999999996
            SELECT v + w FROM cpu fill(7)                   ; cpu[time, v_w] | 1 3.0 | 2 9.0 | 60000000001 7.0
            SELECT w * 2, v, w FROM cpu fill(previous)      ; cpu[time, w, v, w_1] | 1 4 1.0 2 | 2 4 2.0 2 | 60000000001 8 3.0 4
            SELECT v::integer FROM cpu WHERE time = 1       ; cpu[time, v] | 1 1
            SELECT v FROM cpu ORDER BY time DESC LIMIT 2    ; cpu[time, v] | 60000000001 3.0 | 2 2.0
            SELECT v FROM cpu ORDER BY time DESC LIMIT 1 OFFSET 1 ; cpu[time, v] | 2 2.0
            SELECT v, w FROM cpu WHERE host != 'a' OR v > 1 ORDER BY time DESC LIMIT 1 ; cpu[time, v, w] | 60000000001 3.0 4
            SELECT * FROM cpu GROUP BY host ORDER BY time DESC LIMIT 1 ; cpu{host=b}[time, v, w] | 2 2.0 null cpu{host=a}[time, v, w] | 60000000001 3.0 4
            SELECT * FROM cpu GROUP BY host LIMIT 1         ; cpu{host=a}[time, v, w] | 1 1.0 2 cpu{host=b}[time, v, w] | 2 2.0 null
            SELECT last(v) FROM cpu                         ; cpu[time, last] | 60000000001 3.0
            SELECT last(v), host FROM cpu                   ; cpu[time, last, host] | 60000000001 3.0 a
            SELECT last(v), w FROM cpu WHERE v < 3          ; cpu[time, last, w] | 2 2.0 null
            SELECT first(w) FROM cpu GROUP BY host          ; cpu{host=a}[time, first] | 1 2
            SELECT first(v), last(v) FROM cpu WHERE time < 1m GROUP BY host ; cpu{host=a}[time, first, last] | 0 1.0 1.0 cpu{host=b}[time, first, last] | 0 2.0 2.0
            SELECT last(v) FROM cpu WHERE host = 'a' ORDER BY time DESC ; cpu[time, last] | 60000000001 3.0
            SELECT max(v), host FROM cpu                    ; cpu[time, max, host] | 60000000001 3.0 a
            SELECT mean(*) FROM cpu WHERE w > 2             ; cpu[time, mean_v, mean_w] | 0 3.0 4.0
            SELECT sum(v) / count(v) FROM cpu               ; cpu[time, sum_count] | 0 2.0
            SELECT count(v) FROM cpu WHERE time >= 2        ; cpu[time, count] | 2 2
            SELECT mean(nofield) FROM cpu                   ; ``
            SELECT host FROM cpu                            ; ``
            SELECT v FROM /.pu/ WHERE time > 1m             ; cpu[time, v] | 60000000001 3.0 gpu[time, v] | 200000000000 3.0
            SELECT mean(v) FROM cpu GROUP BY time(1m) FILL(none) LIMIT 2 ; cpu[time, mean] | 0 1.5 | 60000000000 3.0
            SELECT max(m) FROM (SELECT mean(v) AS m FROM cpu GROUP BY host) ; cpu[time, max] | 0 2.0
            SELECT count(s) FROM (SELECT v + w AS s FROM cpu) ; cpu[time, count] | 0 2
            SELECT w FROM (SELECT v, w FROM cpu)            ; cpu[time, w] | 1 2 | 2 null | 60000000001 4
            SELECT m FROM (SELECT mean(v) AS m FROM cpu WHERE time >= 0 AND time < 4m GROUP BY time(1m)) ; cpu[time, m] | 0 1.5 | 60000000000 3.0
            """)
    void selectWhenAskedThenAnswersAsTheReference(String statement, String expected) {
        String comparable = select(statement).replace("\n", " ").replace(" null null ", "  ");
        assertThat(comparable.replace("2 null 2.0", "2  2.0")).isEqualTo(expected == null ? "" : expected);
    }

    /** Calls within calls look at more buckets than are read, and find them empty. */
    @Test
    void selectWhenTransformationsAreNestedThenOneBucketBeforeTheRangeIsRead() {
        write(
                "n v=1 0\nn v=2 60000000000\nn v=3 61000000000\nn v=4 120000000000\nn v=5 121000000000\nn v=6 122000000000");
        String asked = " FROM n WHERE time >= 2m AND time < 3m GROUP BY time(1m)";
        assertThat(select("SELECT difference(count(v))" + asked)).isEqualTo("n[time, difference] | 120000000000 1");
        assertThat(select("SELECT difference(difference(count(v)))" + asked))
                .isEqualTo("n[time, difference] | 120000000000 -1");
    }

    /** A tag that is not there equals no other, and compares with no field. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            p = q                 ; 1
            p != q                ; 2 3 4 5 6
            (p <> q) AND q != 'b' ; 3 5 6
            p = q OR p = 'a'      ; 1 2 3 6
            p = p                 ; 1 2 3 6
            p::tag = q::tag       ; 1
            p = nope              ; ``
            p != nope             ; 1 2 3 4 5 6
            nope = nopp           ; ``
            nope != nopp          ; 1 2 3 4 5 6
            p = s                 ; 6
            s != p                ; ``
            nope != s             ; ``
            p = v                 ; ``
            p < q                 ; ``
            """)
    void selectWhenTagsAreComparedThenAnAbsentOneEqualsNone(String condition, String times) {
        write(
                "tt,p=a,q=a v=1 1\ntt,p=a,q=b v=2 2\ntt,p=a v=3 3\ntt,q=b v=4 4\ntt,r=1 v=5,s=\"a\" 5\ntt,p=a v=6,s=\"a\" 6");
        String rows = select("SELECT v FROM tt WHERE " + condition);
        assertThat(rows.replaceAll(".*?\\| (\\d+) [0-9.]+", "$1 ")
                        .replaceAll("[^0-9 ]", "")
                        .strip())
                .isEqualTo(times == null ? "" : times);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            SELECT * FROM a, b, c                     ; a[time, v, w] | 1 1.0 null | 4 2.0 null b[time, v, w] | 2 1.5 2
            SELECT v FROM a, c                        ; a[time, v] | 1 1 | 4 2
            SELECT w FROM a, b, c                     ; b[time, w] | 2 2
            SELECT sum(v), count(w) FROM a, b         ; a[time, sum, count] | 0 3.0 null b[time, sum, count] | 0 1.5 1
            SELECT first(v) FROM a, b, c              ; a[time, first] | 1 1.0 b[time, first] | 2 1.5
            SELECT v FROM a, b, c WHERE v > 1         ; a[time, v] | 4 2.0 b[time, v] | 2 1.5
            SELECT max(x) FROM (SELECT v AS x FROM a), (SELECT v AS x FROM b)  ; a[time, max] | 4 2.0 b[time, max] | 2 1.5
            SELECT mean(x) FROM (SELECT v AS x FROM a), (SELECT v AS x FROM c) ; a[time, mean] | 0 1.5
            """)
    void selectWhenSourcesDifferInTypesThenTheStrongestHolds(String statement, String expected) {
        write("a v=1i,w=\"x\" 1\na v=2i 4\nb v=1.5,w=2i 2\nc v=\"text\",w=true 3");
        assertThat(select(statement).replace("\n", " ")).isEqualTo(expected);
    }

    @Test
    void selectWhenGroupedByTagThenSeriesAreInOrderOfTimeAndTags() {
        assertThat(select("SELECT v FROM cpu GROUP BY host"))
                .isEqualTo("cpu{host=a}[time, v] | 1 1.0 | 60000000001 3.0\ncpu{host=b}[time, v] | 2 2.0");
        assertThat(select("SELECT v FROM cpu GROUP BY host ORDER BY time DESC"))
                .isEqualTo("cpu{host=b}[time, v] | 2 2.0\ncpu{host=a}[time, v] | 60000000001 3.0 | 1 1.0");
        assertThat(select("SELECT v FROM cpu GROUP BY * SLIMIT 1 SOFFSET 1")).isEqualTo("cpu{host=b}[time, v] | 2 2.0");
    }

    @ParameterizedTest
    @CsvSource({
        "null, 0 3.0 | 60000000000 null | 120000000000 null",
        "7, 0 3.0 | 60000000000 7.0 | 120000000000 7.0",
        "previous, 0 3.0 | 60000000000 3.0 | 120000000000 3.0",
        "none, 0 3.0"
    })
    void fillWhenBucketsAreEmptyThenFillsThem(String fill, String rows) {
        assertThat(select("SELECT sum(v) FROM cpu WHERE time < 1m AND time >= 0 GROUP BY time(1m) FILL(" + fill + ")"))
                .startsWith("cpu[time, sum] | 0 3.0");
        assertThat(select("SELECT sum(v) FROM cpu WHERE time >= 0 AND time < 3m AND host =~ /./ AND v < 3 "
                        + "GROUP BY time(1m) FILL(" + fill + ")"))
                .isEqualTo("cpu[time, sum] | " + rows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            SELECT x FROM (SELECT count(v) AS x FROM cpu WHERE time >= 0 AND time < 3m GROUP BY time(1m)) ; cpu[time, x] | 0 2 | 60000000000 1
            SELECT * FROM (SELECT v FROM cpu GROUP BY nope, host) WHERE time = 2 ; cpu[time, host, nope, v] | 2 b  2.0
            SELECT * FROM (SELECT v FROM cpu) WHERE time = 2 GROUP BY nope ; cpu{nope=}[time, v] | 2 2.0
            SELECT count(host) FROM (SELECT v FROM cpu GROUP BY host)      ; cpu[time, count] | 0 3
            SELECT last(host), v FROM (SELECT v FROM cpu GROUP BY host)    ; cpu[time, last, v] | 60000000001 a 3.0
            """)
    void innerStatementWhenItGroupsThenHasItsTagsAndNoEmptyBuckets(String statement, String expected) {
        assertThat(select(statement)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            SELECT v::boolean FROM cpu                      ; ``
            SELECT v::boolean, w FROM cpu WHERE time < 3    ; cpu[time, v, w] | 1 null 2
            SELECT v, host::field FROM cpu WHERE time = 1   ; cpu[time, v, host] | 1 1.0 null
            SELECT v, host::string FROM cpu WHERE time = 1  ; cpu[time, v, host] | 1 1.0 null
            SELECT v FROM cpu WHERE host::field = 'a'       ; ``
            """)
    void castWhenImpossibleThenTheFieldIsNotRead(String statement, String expected) {
        assertThat(select(statement)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            SELECT min("host") + 1 FROM cpu     ; type error: min(host::tag) + 1: incompatible types: tag and integer
            SELECT w, v::boolean + 1 FROM cpu   ; type error: v::boolean + 1: incompatible types: boolean and integer
            """)
    void operandsWhenTheyDoNotGoTogetherThenTypeError(String statement, String message) {
        assertThatThrownBy(() -> select(statement)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            count(v)             ; ''           ; cpu[time, count] | 0 2 | 60000000000 1
            count(v)             ; fill(null)   ; cpu[time, count] | 0 2 | 60000000000 1
            count(v)             ; fill(5)      ; cpu[time, count] | 0 2 | 60000000000 1 | 120000000000 5
            cumulative_sum(count(v)) ; ''       ; cpu[time, cumulative_sum] | 0 2 | 60000000000 3
            """)
    void intoWhenBucketsAreEmptyThenOnlyAValueFillsThem(String column, String fill, String expected) {
        assertThat(select("SELECT " + column + " INTO x FROM cpu WHERE time >= 0 AND time < 3m GROUP BY time(1m) "
                        + fill))
                .isEqualTo(expected);
    }

    @Test
    void fillLinearWhenBetweenValuesThenInterpolates() {
        assertThat(select("SELECT max(v) FROM cpu WHERE time >= 0 AND time < 2m AND host = 'a' "
                        + "GROUP BY time(20s) FILL(linear)"))
                .isEqualTo("cpu[time, max] | 0 1.0 | 20000000000 1.6666666666666665 | 40000000000 2.333333333333333"
                        + " | 60000000000 3.0 | 80000000000 null | 100000000000 null");
    }

    @Test
    void innerBucketWhenRangeBeginsInsideItThenIsARow() {
        assertThat(select(
                        "SELECT m FROM (SELECT sum(v) AS m FROM cpu GROUP BY time(1m)) WHERE time >= 2 AND time < 2m"))
                .isEqualTo("cpu[time, m] | 0 2.0 | 60000000000 3.0");
    }

    @Test
    void fillWhenBucketsAreCountlessThenRefused() {
        assertThatThrownBy(() -> select("SELECT mean(v) FROM cpu WHERE time >= 0 AND time < 100w GROUP BY time(1ns)"))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("max-select-buckets limit exceeded: (");
        assertThatThrownBy(() -> select("SELECT mean(v) FROM cpu WHERE time >= '1700-01-01T00:00:00Z' "
                        + "AND time < '2200-01-01T00:00:00Z' GROUP BY time(1ns)"))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("max-select-buckets limit exceeded: (");
    }

    @Test
    void countWhenBucketIsEmptyThenZero() {
        assertThat(select("SELECT count(v) FROM cpu WHERE time >= 0 AND time < 3m AND v < 3 GROUP BY time(1m)"))
                .isEqualTo("cpu[time, count] | 0 2 | 60000000000 0 | 120000000000 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            SELECT foo(v) FROM cpu                    ; undefined function foo()
            SELECT time FROM cpu                      ; at least 1 non-time field must be queried
            SELECT mean(v), v FROM cpu                ; mixing aggregate and non-aggregate queries is not supported
            SELECT max(v), min(v), v FROM cpu         ; mixing multiple selector functions with tags or fields is not supported
            SELECT v FROM cpu GROUP BY time(1m)       ; GROUP BY requires at least one aggregate function
            SELECT v FROM nodb..cpu                   ; database not found: nodb
            SELECT mean(v, w) FROM cpu                ; invalid number of arguments for mean, expected 1, got 2
            """)
    void selectWhenItMeansNothingThenSaysWhy(String statement, String error) {
        assertThatThrownBy(() -> select(statement)).hasMessage(error);
    }

    @Test
    void limitsWhenExceededThenEndTheQuery() {
        assertThatThrownBy(() -> select("SELECT v FROM cpu", new QueryLimits(0, 1, 0)))
                .isInstanceOf(QueryException.class)
                .hasMessage("max-select-series limit exceeded: (2/1)");
        assertThatThrownBy(() -> select("SELECT v FROM cpu", new QueryLimits(1, 0, 0)))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("max-select-point limit exceeded: (");
        assertThatThrownBy(() -> select(
                        "SELECT mean(v) FROM cpu WHERE time >= 0 AND time < 1h GROUP BY time(1m)",
                        new QueryLimits(0, 0, 10)))
                .isInstanceOf(QueryException.class)
                .hasMessage("max-select-buckets limit exceeded: (60/10)");
    }

    /** Times overlap and coincide, two series lie in two shards; once with room for all rows, once slice by slice. */
    @ParameterizedTest
    @CsvSource({"ASC, 0", "DESC, 0", "ASC, 8000000", "DESC, 8000000"})
    void selectWhenSeriesAreManyThenRowsAreInOrder(String direction, long memory) {
        Random random = new Random(7);
        TreeMap<String, String> expected = new TreeMap<>();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            for (int j = 0; j < 12; j++) {
                long time = random.nextInt(10) == 0 ? 2_000_000 : random.nextInt(i < 2 ? Integer.MAX_VALUE : 4_000_000);
                time *= i < 2 ? 1_000_000 : 1;
                String series = String.format("%05d", i);
                String text = "s" + random.nextInt(3);
                String value = i + "." + (j % 9 + 1);
                lines.append("wide,n=").append(series).append(" v=").append(value);
                lines.append(",s=\"").append(text).append("\" ").append(time).append('\n');
                long key = direction.equals("ASC") ? time : Long.MAX_VALUE - time;
                expected.put(String.format("%020d", key) + series, time + " " + value + " " + series + " " + text);
            }
        }
        write(lines.toString());
        StringBuilder found = new StringBuilder();
        SeriesSink sink = new SeriesSink() {
            @Override
            public void series(SeriesHeader header) {
                found.append(header.columns()).append('\n');
            }

            @Override
            public void rows(ColumnBatch batch) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    for (int column = 0; column < 4; column++) {
                        Object value = BatchRow.valueOf(batch.column(column), row);
                        found.append(value).append(column < 3 ? " " : "\n");
                    }
                }
            }
        };
        MemoryAccount service = MemoryAccount.ofService(memory);
        SelectStatement statement =
                (SelectStatement) InfluxqlParser.parseStatement("SELECT v, n, s FROM wide ORDER BY time " + direction);
        new SelectEngine(catalog, store, workers, service)
                .execute(statement, new QueryContext("d", "", NOW, QueryLimits.NONE, Cancellation.NEVER), sink);

        assertThat(found.toString().lines().toList())
                .isEqualTo(Stream.concat(Stream.of("[time, v, n, s]"), expected.values().stream())
                        .toList());
        assertThat(service.reservedBytes()).isZero();
    }

    /** Each keeps rows or states in its own way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT v FROM many",
                "SELECT v FROM many GROUP BY n",
                "SELECT percentile(v, 50) FROM many",
                "SELECT top(v, 3000) FROM many",
                "SELECT median(v) FROM many",
                "SELECT mode(v) FROM many",
                "SELECT distinct(v) FROM many",
                "SELECT count(distinct(v)) FROM many",
                "SELECT difference(v) FROM many",
                "SELECT count(v) FROM many GROUP BY n",
                "SELECT mean(v) FROM many WHERE time >= 0 AND time < 3ms GROUP BY time(1u)",
                "SELECT mean(v) FROM many WHERE time >= 0 AND time < 100s GROUP BY time(1ms)",
                "SELECT mean(w) FROM (SELECT v + 1 AS w FROM many)",
                "SELECT mean(w) FROM (SELECT sum(v) AS w FROM many GROUP BY n)",
            })
    void memoryWhenExceededThenEndsTheQueryAndIsGivenBack(String statement) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            lines.append("many,n=")
                    .append(i)
                    .append(" v=")
                    .append(i)
                    .append(' ')
                    .append(i * 1000)
                    .append('\n');
        }
        write(lines.toString());
        SelectStatement select = (SelectStatement) InfluxqlParser.parseStatement(statement);
        MemoryAccount service = MemoryAccount.ofService(20_000_000);
        SelectEngine engine = new SelectEngine(catalog, store, workers, service);
        QueryLimits narrow = new QueryLimits(0, 0, 0, 100_000);

        assertThatThrownBy(() -> engine.execute(
                        select, new QueryContext("d", "", NOW, narrow, Cancellation.NEVER), new TextSink()))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("max-query-memory limit exceeded: (");
        assertThat(service.reservedBytes()).isZero();

        engine.execute(select, new QueryContext("d", "", NOW, QueryLimits.NONE, Cancellation.NEVER), new TextSink());
        assertThat(service.reservedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM many",
                "SELECT * FROM many ORDER BY time DESC LIMIT 700",
                "SELECT v FROM many WHERE v > 100 AND v <= 4000.5",
                "SELECT mean(v), max(v) FROM many WHERE time < 2000 GROUP BY time(1u), host",
                "SELECT last(v) FROM many GROUP BY host",
                "SELECT median(v) FROM many",
                "SELECT v FROM (SELECT v FROM many GROUP BY host) WHERE v % 7 = 1"
            })
    void selectWhenSeveralThreadsHelpThenTheAnswerIsTheSame(String statement) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 9000; i++) {
            lines.append("many,host=h")
                    .append(i % 60)
                    .append(" v=")
                    .append(i * 0.1)
                    .append(' ')
                    .append(i / 7)
                    .append('\n');
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        new LineProtocolIngest(new ShardingPointWriter(catalog, store, new WritesInFlight(), () -> NOW), () -> NOW)
                .write("d", "", Precision.NANOSECONDS, WriteBuffer.wrapWithoutCopy(body));
        TextSink alone = new TextSink();
        new SelectEngine(catalog, store)
                .execute(
                        (SelectStatement) InfluxqlParser.parseStatement(statement),
                        new QueryContext("d", "", NOW, QueryLimits.NONE, Cancellation.NEVER),
                        alone);
        assertThat(select(statement))
                .isNotEmpty()
                .isEqualTo(alone.text.toString().strip());
    }

    /** A statement with LIMIT shows the beginning of what it shows without. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT max(v) FROM seldom WHERE time < 1000s GROUP BY time(1s) FILL(%s) ORDER BY time DESC",
                "SELECT max(v) FROM seldom WHERE time <= 700s GROUP BY time(1s), host FILL(%s) ORDER BY time DESC",
                "SELECT max(v), count(w), mean(v) FROM seldom WHERE time < 610s GROUP BY time(1s) FILL(%s) ORDER BY time DESC",
                "SELECT last(v) FROM seldom WHERE time > 7s AND time < 900s GROUP BY time(2s), host FILL(%s) ORDER BY time DESC",
                "SELECT sum(v), count(w) FROM seldom WHERE time > 7s AND time < 700s GROUP BY time(3s, 1s), host FILL(%s)",
                "SELECT sum(v) FROM seldom WHERE time > 7s AND v < 50 AND time < 700s GROUP BY time(3s), host FILL(%s)",
                "SELECT sum(v) FROM seldom WHERE time < 700s GROUP BY time(3s), host FILL(%s)",
                "SELECT derivative(mean(v), 1s) FROM seldom WHERE time < 700s GROUP BY time(3s) FILL(%s) ORDER BY time DESC",
                "SELECT median(v) FROM seldom WHERE time < 700s GROUP BY time(3s) FILL(%s) ORDER BY time DESC",
                "SELECT sum(nofield), max(v) FROM seldom WHERE time < 700s GROUP BY time(3s) FILL(%s) ORDER BY time DESC",
            })
    void selectWhenBucketsAreLimitedThenTheyAreTheFirstOfAll(String statement) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 90; i++) {
            // Nearly all of the last host's points are old, and there are gaps of several lengths.
            String host = i < 20 ? "c" : i % 3 == 0 ? "a" : "b";
            lines.append("seldom,host=").append(host).append(" v=").append(i * 37 % 101);
            lines.append(i % 7 == 0 ? ",w=1 " : " ")
                    .append(i * i / 14 * 1_000_000_000L + i)
                    .append('\n');
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        new LineProtocolIngest(new ShardingPointWriter(catalog, store, new WritesInFlight(), () -> NOW), () -> NOW)
                .write("d", "", Precision.NANOSECONDS, WriteBuffer.wrapWithoutCopy(body));
        for (String fill : List.of("null", "none", "previous", "5", "linear")) {
            String text = statement.formatted(fill);
            List<String> all = List.of(select(text).split("\n"));
            for (int limit : new int[] {1, 5, 40, 600}) {
                for (int offset : new int[] {0, 3}) {
                    String limited = select(text + " LIMIT " + limit + " OFFSET " + offset);
                    assertThat(limited).as(text).isEqualTo(cut(all, limit, offset));
                }
            }
        }
    }

    private static String cut(List<String> series, int limit, int offset) {
        List<String> kept = new ArrayList<>();
        for (String each : series) {
            List<String> parts = List.of(each.split(" \\| "));
            List<String> rows = parts.subList(1, parts.size());
            List<String> shown = rows.subList(Math.min(offset, rows.size()), Math.min(offset + limit, rows.size()));
            if (!shown.isEmpty()) {
                kept.add(parts.get(0) + " | " + String.join(" | ", shown));
            }
        }
        return String.join("\n", kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(f), count(t), sum(i), spread(f), spread(i) FROM many",
                "SELECT count(f), sum(f), mean(f) FROM many",
                "SELECT max(f), min(i), first(f), last(i), max(b), last(b), sum(i) FROM many GROUP BY time(10s)",
                "SELECT max(f), first(t), last(t) FROM many GROUP BY time(10s)",
                "SELECT max(f) FROM many WHERE time < 100s GROUP BY time(10s) ORDER BY time DESC LIMIT 3",
                "SELECT max(f), s FROM many",
                "SELECT first(i) FROM many",
                "SELECT count(f), max(i) FROM many WHERE f > 2 GROUP BY half",
                "SELECT * FROM many GROUP BY s ORDER BY time DESC LIMIT 2",
                "SELECT * FROM many ORDER BY time DESC LIMIT 7",
            })
    void severalThreadsAnswerAsOneDoes(String statement) {
        Random random = new Random(11);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            int series = random.nextInt(60);
            lines.append("many,s=").append(series).append(",half=").append(series % 2);
            lines.append(" f=").append(random.nextInt(5)).append(".1,i=").append(random.nextInt(5));
            lines.append("i,t=\"").append(random.nextInt(3)).append("\",b=").append(random.nextBoolean());
            lines.append(' ').append(random.nextInt(200) * 1_000_000_000L).append('\n');
        }
        write(lines.toString());
        String alone = select(statement, QueryLimits.NONE, QueryWorkers.NONE);
        assertThat(alone).contains("many");
        assertThat(select(statement)).isEqualTo(alone);
        store.flush();
        assertThat(select(statement)).isEqualTo(alone);
    }
}
