package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.prometheus.TestMessages;
import dev.sluice.http.prometheus.TestMessages.Matcher;
import dev.sluice.http.prometheus.TestMessages.Sample;
import dev.sluice.http.prometheus.TestMessages.Series;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Remote write and remote read over HTTP; expected answers are those of influxd 1.6.7 unless a comment says otherwise. */
@Tag("integration")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "influxdb.http.max-body-size=100000"})
class PrometheusIntegrationTests {

    private static final String WRITE = "/api/v1/prom/write?db=d";
    private static final String READ = "/api/v1/prom/read?db=d";

    @TempDir
    static Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final HttpApi api;

    PrometheusIntegrationTests(@LocalServerPort int port) {
        this.port = port;
        this.api = new HttpApi(port);
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @BeforeEach
    void createDatabase() {
        api.query("", "DROP DATABASE d; CREATE DATABASE d; CREATE RETENTION POLICY r2 ON d DURATION INF REPLICATION 1");
    }

    private HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private String refusal(String path, byte[] body, int status) throws Exception {
        HttpResponse<byte[]> answer = post(path, body);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(text).isEqualTo(status);
        return text.strip();
    }

    private void write(String path, Series... series) throws Exception {
        HttpResponse<byte[]> answer = post(path, TestMessages.compressed(TestMessages.writeRequest(series)));
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(204);
    }

    private List<Series> read(String path, long start, long end, Matcher... matchers) throws Exception {
        HttpResponse<byte[]> answer =
                post(path, TestMessages.compressed(TestMessages.readRequest(start, end, matchers)));
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-protobuf");
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("snappy");
        return TestMessages.readResponse(TestMessages.decompressed(answer.body()));
    }

    private List<Series> readAll(Matcher... matchers) throws Exception {
        return read(READ, 0, 10_000, matchers);
    }

    private static Series up(String job, Sample... samples) {
        return TestMessages.series("up", "job", job, samples);
    }

    private static Matcher named(String name) {
        return new Matcher(0, "__name__", name);
    }

    @Test
    void writeWhenSeriesThenPointsWithAllLabels() throws Exception {
        write(WRITE, up("a", new Sample(1.5, 1000), new Sample(Double.NaN, 2000)), up("b b", new Sample(2, 1000)));
        assertThat(api.query("d", "SELECT * FROM up").body())
                .isEqualTo("{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"up\",\"columns\":[\"time\","
                        + "\"__name__\",\"job\",\"value\"],\"values\":[[1000000000,\"up\",\"a\",1.5],"
                        + "[1000000000,\"up\",\"b b\",2]]}]}]}");
        write(WRITE);
    }

    @Test
    void writeWhenSomethingIsWrongThenSaysWhat() throws Exception {
        byte[] good = TestMessages.compressed(TestMessages.writeRequest(up("a", new Sample(1, 1))));
        assertThat(refusal("/api/v1/prom/write", good, 400)).isEqualTo("{\"error\":\"database is required\"}");
        assertThat(refusal("/api/v1/prom/write?db=nodb", good, 404))
                .isEqualTo("{\"error\":\"database not found: \\\"nodb\\\"\"}");
        assertThat(refusal(WRITE + "&rp=norp", good, 500))
                .isEqualTo("{\"error\":\"retention policy not found: norp\"}");
        assertThat(refusal(WRITE + "&consistency=x", good, 400)).isEqualTo("{\"error\":\"invalid consistency level\"}");
        assertThat(refusal(WRITE, new byte[0], 400)).isEqualTo("{\"error\":\"snappy: corrupt input\"}");
        assertThat(refusal(WRITE, "xx".getBytes(StandardCharsets.US_ASCII), 400))
                .isEqualTo("{\"error\":\"snappy: corrupt input\"}");
        byte[] cut = TestMessages.writeRequest(up("a", new Sample(1, 1)));
        assertThat(refusal(WRITE, TestMessages.compressed(Arrays.copyOf(cut, 12)), 400))
                .isEqualTo("{\"error\":\"unexpected EOF\"}");
        assertThat(refusal(
                        WRITE,
                        TestMessages.compressed(TestMessages.writeRequest(
                                TestMessages.series("t", "time", "1", new Sample(1, 1)), up("a", new Sample(1, 1)))),
                        400))
                .isEqualTo("{\"error\":\"partial write: invalid tag key: input tag \\\"time\\\" on measurement"
                        + " \\\"t\\\" is invalid dropped=1\"}");
        assertThat(readAll(named("up"))).hasSize(1);
    }

    /** Both what comes and what it becomes are limited; 1.x looks at the first alone. */
    @Test
    void writeWhenBodyIsTooLargeThenRefused() throws Exception {
        String tooLarge = "{\"error\":\"Request Entity Too Large\"}";
        assertThat(refusal(WRITE, new byte[100_001], 413)).isEqualTo(tooLarge);
        byte[] bomb = TestMessages.compressed(new byte[100_001]);
        assertThat(bomb.length).isLessThan(20_000);
        assertThat(refusal(WRITE, bomb, 413)).isEqualTo(tooLarge);
        assertThat(refusal(READ, bomb, 413)).isEqualTo(tooLarge);
        assertThat(refusal(WRITE, new byte[] {-1, -1, -1, -1, 7, 0}, 400)).contains("corrupt");
    }

    @Test
    void readWhenMatchersThenTheSeriesTheyMean() throws Exception {
        Series first = new Series(
                Map.of("__name__", "up", "job", "a", "zone", "x"),
                List.of(new Sample(1.5, 1000), new Sample(0, 2000), new Sample(3, 3000)));
        Series second = up("bb", new Sample(10, 1000));
        write(WRITE, first, second, TestMessages.series("upper", "job", "a", new Sample(7, 1500)));

        assertThat(readAll(named("up"))).containsExactly(first, second);
        assertThat(readAll(named("up"), new Matcher(1, "zone", "x"))).containsExactly(second);
        assertThat(readAll(named("up"), new Matcher(0, "zone", ""))).containsExactly(second);
        assertThat(readAll(named("up"), new Matcher(1, "zone", ""))).containsExactly(first);
        assertThat(readAll(named("up"), new Matcher(2, "zone", ".*"))).containsExactly(first, second);
        assertThat(readAll(named("up"), new Matcher(2, "zone", "x|"))).containsExactly(first, second);
        assertThat(readAll(named("up"), new Matcher(3, "zone", "y"))).containsExactly(first, second);
        assertThat(readAll(named("up"), new Matcher(0, "value", "1"))).isEmpty();
        assertThat(readAll(named("nothing"))).isEmpty();
        // Expressions stand for the whole label, as Prometheus means them; 1.6.7 finds them anywhere in it.
        assertThat(readAll(named("up"), new Matcher(2, "job", "a|b"))).containsExactly(first);
        assertThat(readAll(new Matcher(2, "__name__", "up"))).containsExactly(first, second);
        assertThat(readAll(new Matcher(2, "__name__", "up.*"))).hasSize(3);
        assertThat(readAll(new Matcher(1, "__name__", "up"))).hasSize(1);
        assertThat(readAll(new Matcher(3, "__name__", "up.+"))).containsExactly(first, second);
        assertThat(readAll(new Matcher(0, "job", "a"))).hasSize(2);
    }

    @Test
    void readWhenTimesThenBothEndsAreIn() throws Exception {
        write(WRITE, up("a", new Sample(1.5, 1000), new Sample(2, 2000), new Sample(3, 3000)));
        assertThat(read(READ, 1000, 2000, named("up")))
                .containsExactly(up("a", new Sample(1.5, 1000), new Sample(2, 2000)));
        assertThat(read(READ, 1001, 1999, named("up"))).isEmpty();
        assertThat(read(READ, 5, 4, named("up"))).isEmpty();
        assertThat(read(READ, Long.MIN_VALUE, Long.MAX_VALUE, named("up"))).hasSize(1);
    }

    @Test
    void readWhenPolicyIsNamedThenReadsThatOne() throws Exception {
        write(WRITE + "&rp=r2", up("r2", new Sample(99, 1000)));
        assertThat(readAll(named("up"))).isEmpty();
        assertThat(read(READ + "&rp=r2", 0, 10_000, named("up"))).containsExactly(up("r2", new Sample(99, 1000)));
    }

    @Test
    void readWhenPointsAreNotPrometheusOwnThenFloatsOfTheFieldValue() throws Exception {
        api.write(
                "db=d",
                "up,job=lp value=44,other=6 2000999999\nint,job=lp value=5i 1\ntext value=\"x\" 1\no other=3 1");
        assertThat(readAll(named("up")))
                .containsExactly(new Series(Map.of("job", "lp"), List.of(new Sample(44, 2000))));
        assertThat(readAll(named("int"))).isEmpty();
        assertThat(readAll(named("text"))).isEmpty();
        assertThat(readAll(named("o"))).isEmpty();
    }

    @Test
    void readWhenSomethingIsWrongThenSaysWhat() throws Exception {
        byte[] good = TestMessages.compressed(TestMessages.readRequest(0, 1, named("up")));
        assertThat(refusal("/api/v1/prom/read", good, 400)).isEqualTo("{\"error\":\"no database\"}");
        assertThat(refusal("/api/v1/prom/read?db=nodb", good, 400)).isEqualTo("{\"error\":\"no database\"}");
        assertThat(refusal(READ + "&rp=norp", good, 400)).isEqualTo("{\"error\":\"invalid retention policy\"}");
        assertThat(refusal(READ, "xx".getBytes(StandardCharsets.US_ASCII), 400))
                .isEqualTo("{\"error\":\"snappy: corrupt input\"}");
        assertThat(refusal(READ, TestMessages.compressed(TestMessages.readRequest(0, 1)), 400))
                .isEqualTo("{\"error\":\"expected matcher\"}");
        assertThat(refusal(
                        READ,
                        TestMessages.compressed(TestMessages.readRequest(0, 1, new Matcher(2, "__name__", "u(p"))),
                        400))
                .isEqualTo("{\"error\":\"error parsing regexp: missing closing ): `u(p`\"}");
    }

    @Test
    void readWhenGzipIsAcceptedThenGzipAroundSnappy() throws Exception {
        write(WRITE, up("a", new Sample(1.5, 1000)));
        HttpResponse<byte[]> answer = post(
                READ,
                TestMessages.compressed(TestMessages.readRequest(0, 10_000, named("up"))),
                "Accept-Encoding",
                "gzip");
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        byte[] block = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertThat(TestMessages.readResponse(TestMessages.decompressed(block)))
                .containsExactly(up("a", new Sample(1.5, 1000)));
    }
}
