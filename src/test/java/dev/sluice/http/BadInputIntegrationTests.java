package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.HttpApi.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What clients send by mistake or on purpose: each gets a clear error of InfluxDB's shape, nothing is half applied, and the
 * service answers the next request as if nothing had been. Texts are influxd's where it has one.
 */
@Tag("integration")
@Timeout(60)
@DirtiesContext // the store is closed before its folder is deleted, as it still writes what the last requests left
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "influxdb.http.max-body-size=3000000"})
class BadInputIntegrationTests {

    private static final String EMPTY = "{\"results\":[{\"statement_id\":0}]}";
    private static final String TOO_LARGE = "{\"error\":\"Request Entity Too Large\"}";
    private static final String RANGE = "time outside range -9223372036854775806 - 9223372036854775806";

    @TempDir
    static Path folder;

    private final int port;
    private final HttpApi api;

    BadInputIntegrationTests(@LocalServerPort int port) {
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
        assertThat(api.query("", "CREATE DATABASE d").body()).isEqualTo(EMPTY);
        assertThat(api.write("db=d", "good,t=a v=1 1\ngood,t=b v=2 2").status()).isEqualTo(204);
    }

    /** Whatever a test did: what was there before is there unchanged, and new requests are answered. */
    @AfterEach
    void serviceStillAnswers() {
        assertThat(api.query("d", "SELECT v FROM good WHERE time < 10").body())
                .isEqualTo(
                        "{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"good\",\"columns\":[\"time\",\"v\"],"
                                + "\"values\":[[1,1],[2,2]]}]}]}");
        assertThat(api.query("", "DROP DATABASE d").body()).isEqualTo(EMPTY);
    }

    private static byte[] zip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
            zipped.write(plain);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }

    private Answer writeZipped(byte[] body) {
        return api.post("/write?db=d", body, "Content-Encoding", "gzip");
    }

    private void assertMeasurements(String list) {
        assertThat(api.query("d", "SHOW MEASUREMENTS").body())
                .isEqualTo(
                        "{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"measurements\",\"columns\":[\"name\"],"
                                + "\"values\":[" + list + "]}]}]}");
    }

    private static void assertAnswer(Answer answer, int status, String body) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static void assertShort(Answer answer, int status, String part) {
        assertThat(answer.status())
                .as(answer.body().substring(0, Math.min(200, answer.body().length())))
                .isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"").contains(part);
    }

    @Test
    void writeWhenLinesAreMalformedThenTheOthersAreWritten() {
        assertAnswer(
                api.write("db=d", "bad line here"),
                400,
                "{\"error\":\"unable to parse 'bad line here': invalid field format\"}");
        assertAnswer(
                api.write("db=d", "x v=1 1\nbad line here\ny v=2 2"),
                400,
                "{\"error\":\"partial write: unable to parse 'bad line here': invalid field format dropped=0\"}");
        assertMeasurements("[\"good\"],[\"x\"],[\"y\"]");
        assertAnswer(
                api.write("db=d", "m v=1 1\r\nm v=2 2\r\n"),
                400,
                "{\"error\":\"unable to parse 'm v=1 1\\r': bad timestamp\\n"
                        + "unable to parse 'm v=2 2\\r': bad timestamp\"}");
    }

    @Test
    void writeWhenTypesDifferThenThosePointsAreDropped() {
        assertAnswer(
                api.write("db=d", "x v=1 1\ngood v=\"s\" 11\ngood v=12 12"),
                400,
                "{\"error\":\"partial write: field type conflict: input field \\\"v\\\" on measurement \\\"good\\\" is"
                        + " type string, already exists as type float dropped=1\"}");
        assertThat(api.query("d", "SELECT v FROM good WHERE time > 10").body()).contains("\"values\":[[12,12]]");
        assertMeasurements("[\"good\"],[\"x\"]");
    }

    @Test
    void writeWhenTargetIsUnknownThenNothingIsMade() {
        assertAnswer(api.write("", "m v=1"), 400, "{\"error\":\"database is required\"}");
        assertAnswer(api.write("db=no", "m v=1"), 404, "{\"error\":\"database not found: \\\"no\\\"\"}");
        assertAnswer(api.write("db=d&rp=no", "m v=1"), 500, "{\"error\":\"retention policy not found: no\"}");
        assertAnswer(
                api.query("no", "SELECT v FROM m"),
                200,
                "{\"results\":[{\"statement_id\":0,\"error\":\"database not found: no\"}]}");
        assertAnswer(
                api.query("d", "SELECT v FROM no.m"),
                200,
                "{\"results\":[{\"statement_id\":0,\"error\":\"retention policy not found: no\"}]}");
        assertMeasurements("[\"good\"]");
    }

    /** Also where nothing says how long it is, and where it is small until it is unpacked. */
    @Test
    void writeWhenBodyIsTooLargeThenNothingIsWritten() throws Exception {
        byte[] large = "m v=1 1\n".repeat(400_000).getBytes(StandardCharsets.US_ASCII);
        assertAnswer(writeZipped(zip(large)), 413, TOO_LARGE);
        assertAnswer(writeZipped(zip(new byte[200 << 20])), 413, TOO_LARGE);
        try (RawConnection connection = new RawConnection(port)) {
            connection.send("POST /write?db=d HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999\r\n\r\n");
            assertThat(connection.answer()).startsWith("HTTP/1.1 413").contains(TOO_LARGE);
        }
        try (RawConnection connection = new RawConnection(port)) {
            connection.send("POST /write?db=d HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2DC6C1\r\n");
            connection.sendMaybe(Arrays.copyOf(large, 3_000_001));
            assertThat(connection.answer()).startsWith("HTTP/1.1 413").contains(TOO_LARGE);
        }
        byte[] zipped = zip(new byte[200 << 20]);
        try (RawConnection connection = new RawConnection(port)) {
            connection.send("POST /write?db=d HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                    + "Content-Encoding: gzip\r\n\r\n" + Integer.toHexString(zipped.length) + "\r\n");
            connection.sendMaybe(zipped);
            connection.sendMaybe("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(connection.answer()).startsWith("HTTP/1.1 413").contains(TOO_LARGE);
        }
        assertMeasurements("[\"good\"]");
        assertAnswer(api.write("db=d", "m v=1 1\n".repeat(374_999)), 204, "");
    }

    @Test
    void writeWhenGzipIsBadThenNothingIsWritten() {
        byte[] lines = "m v=1 1\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        byte[] zipped = zip(lines);
        assertAnswer(writeZipped(lines), 400, "{\"error\":\"gzip: invalid header\"}");
        assertAnswer(writeZipped(new byte[0]), 400, "{\"error\":\"EOF\"}");
        assertAnswer(writeZipped(Arrays.copyOf(zipped, 5)), 400, "{\"error\":\"unexpected EOF\"}");
        assertAnswer(writeZipped(Arrays.copyOf(zipped, zipped.length - 9)), 400, "{\"error\":\"unexpected EOF\"}");
        assertAnswer(writeZipped(Arrays.copyOf(zipped, zipped.length - 1)), 400, "{\"error\":\"unexpected EOF\"}");
        zipped[zipped.length - 8] ^= 1;
        assertAnswer(writeZipped(zipped), 400, "{\"error\":\"gzip: invalid checksum\"}");
        assertMeasurements("[\"good\"]");
    }

    @Test
    void badUtf8WhenWrittenOrAskedThenIsShownAsReplacement() {
        byte[] line = "m\377,t\376=\375 f\374=\"\373\" 1".getBytes(StandardCharsets.ISO_8859_1);
        assertAnswer(api.post("/write?db=d", line), 204, "");
        assertThat(api.query("d", "SELECT * FROM /^m/").body().replace("\\ufffd", "\ufffd"))
                .contains("{\"name\":\"m\ufffd\",\"columns\":[\"time\",\"f\ufffd\",\"t\ufffd\"],"
                        + "\"values\":[[1,\"\ufffd\",\"\ufffd\"]]}");
        assertThat(api.post("/write?db=d", "m\377".getBytes(StandardCharsets.ISO_8859_1))
                        .body()
                        .replace("\\ufffd", "\ufffd"))
                .isEqualTo("{\"error\":\"unable to parse 'm\ufffd': missing fields\"}");
        Answer statement = api.query("d", "SELECT \377 FROM good".getBytes(StandardCharsets.ISO_8859_1));
        assertShort(statement, 400, "error parsing query: found ");
        assertAnswer(
                api.query("d", "SELECT v FROM good WHERE t = '\377'".getBytes(StandardCharsets.ISO_8859_1)),
                200,
                EMPTY);
    }

    @Test
    void queryWhenNestedTenThousandDeepThenRefused() {
        int n = 10_000;
        for (String deep : new String[] {
            "SELECT " + "(".repeat(n) + "v" + ")".repeat(n) + " FROM good",
            "SELECT v FROM good WHERE " + "(".repeat(n) + "v > 0" + ")".repeat(n),
            "SELECT v FROM good WHERE " + "(".repeat(1_000_000),
            "SELECT " + "abs(".repeat(n) + "v" + ")".repeat(n) + " FROM good",
            "SELECT " + "-(".repeat(n) + "v" + ")".repeat(n) + " FROM good",
            "SELECT v FROM (".repeat(n) + "SELECT v FROM good" + ")".repeat(n),
        }) {
            assertShort(
                    api.query("d", deep),
                    400,
                    "{\"error\":\"error parsing query: nesting too deep: more than 250 levels");
        }
        assertShort(api.query("d", "SELECT v" + "+v".repeat(n) + " FROM good"), 400, "expression too long");
        assertShort(api.query("d", "SELECT v FROM good WHERE v = 1" + " OR v = 5".repeat(n)), 200, "[[1,1]]");
        assertAnswer(api.query("d", ";".repeat(100_000)), 200, "{}");
        String params = "%7B%22a%22:" + "%5B".repeat(n) + "%5D".repeat(n) + "%7D";
        assertShort(
                api.post("/query?db=d&q=SELECT+v+FROM+good&params=" + params, new byte[0]),
                400,
                "error parsing query parameters: ");
    }

    @Test
    void queryWhenRegexIsABombThenTakesLinearTimeOrIsRefused() {
        assertThat(api.write("db=d", "b,t=" + "x".repeat(60_000) + " s=\"" + "x".repeat(60_000) + "\" 1")
                        .status())
                .isEqualTo(204);
        for (String bomb : new String[] {"(x+x+)+y", "(x*)*(x*)*(x*)*y", "(x|xx|xxx)*y", "((x{0,9}){0,9}){0,9}y"}) {
            assertAnswer(api.query("d", "SELECT s FROM b WHERE t =~ /" + bomb + "/"), 200, EMPTY);
            assertAnswer(api.query("d", "SELECT s FROM b WHERE s =~ /" + bomb + "/"), 200, EMPTY);
            assertAnswer(api.query("d", "SELECT s FROM /" + bomb + "/"), 200, EMPTY);
            assertAnswer(api.query("d", "SHOW MEASUREMENTS WITH MEASUREMENT =~ /" + bomb + "/"), 200, EMPTY);
            assertAnswer(api.query("d", "SHOW TAG VALUES WITH KEY =~ /" + bomb + "/"), 200, EMPTY);
            assertAnswer(api.query("d", "SHOW SERIES WHERE t =~ /" + bomb + "/"), 200, EMPTY);
        }
        assertAnswer(
                api.query("d", "SELECT v FROM good WHERE t =~ /((((a{100}){100}){100}){100}){100}/"),
                400,
                "{\"error\":\"error parsing query: error parsing regexp: invalid repeat count: `{100}` at line 1, char 30\"}");
        assertShort(
                api.query("d", "SELECT v FROM good WHERE t =~ /" + "(".repeat(10_000) + ")".repeat(10_000) + "/"),
                400,
                "error parsing regexp: expression nests too deeply");
        assertAnswer(
                api.query("d", "SELECT v FROM good WHERE t =~ /(a/"),
                400,
                "{\"error\":\"error parsing query: error parsing regexp: missing closing ): `(a` at line 1, char 30\"}");
        assertShort(api.query("d", "SELECT v FROM good WHERE t =~ /(?=a)/"), 400, "invalid or unsupported Perl syntax");
    }

    @Test
    void writeWhenKeysAreTooLongThenRefused() {
        String million = "a".repeat(1_000_000);
        assertShort(api.write("db=d", million + " v=1 1"), 400, ": max key length exceeded: 1000000 \\u003e 65535\"}");
        assertShort(api.write("db=d", "m,t=" + million + " v=1 1"), 400, ": max key length exceeded: 1000004 ");
        assertShort(api.write("db=d", "m," + million + "=v v=1 1"), 400, ": max key length exceeded: 1000004 ");
        assertShort(api.write("db=d", "m " + million + "=1 1"), 400, ": max key length exceeded: 1000005 ");
        assertShort(
                api.write("db=d", "x v=1 1\n" + "m".repeat(70_000) + " v=1 1\ny v=1 1"),
                400,
                ": max key length exceeded: 70000 \\u003e 65535 dropped=0\"}");
        assertShort(api.write("db=d", "m s=\"" + "x".repeat(2_000_000) + "\" 1"), 400, "is too long, 2000000 ");
        assertMeasurements("[\"good\"],[\"x\"],[\"y\"]");
        assertAnswer(api.write("db=d", "k,t=" + "v".repeat(65_526) + " v=1 1"), 204, "");
        assertAnswer(api.write("db=d", "k s=\"" + "x".repeat(1_000_000) + "\" 1"), 204, "");
        assertShort(api.query("d", "SELECT s FROM k"), 200, "x".repeat(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"%s\" FROM good",
                "SELECT v FROM \"%s\"",
                "SELECT v FROM good WHERE t = '%s'",
                "SHOW TAG VALUES WITH KEY = \"%s\"",
                "DROP MEASUREMENT \"%s\"",
                "DELETE FROM \"%s\"",
            })
    void queryWhenNameIsAMillionLongThenFindsNothing(String statement) {
        assertAnswer(api.query("d", statement.formatted("a".repeat(1_000_000))), 200, EMPTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT v FROM \"%s\"..m | database not found: aaaa",
                "CREATE DATABASE \"%s\" | name too long",
                "CREATE RETENTION POLICY \"%s\" ON d DURATION 1d REPLICATION 1 | name too long",
                "CREATE USER \"%s\" WITH PASSWORD 'x' | name too long",
                "CREATE USER u WITH PASSWORD '%s' | bcrypt: password length exceeds 72 bytes",
                "DROP USER \"%s\" | user not found",
                "GRANT ALL ON d TO \"%s\" | user not found",
            })
    void queryWhenNameIsAMillionLongThenRefused(String statement, String error) {
        assertShort(api.query("d", statement.formatted("a".repeat(1_000_000))), 200, "\"error\":\"" + error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ns | 9223372036854775807  | " + RANGE,
                "ns | -9223372036854775807 | " + RANGE,
                "ns | 9223372036854775808  | strconv.ParseInt: parsing \\\"9223372036854775808\\\": value out of range",
                "ns | -9223372036854775808 | " + RANGE,
                "ns | 99999999999999999999 | strconv.ParseInt: parsing \\\"99999999999999999999\\\": value out of range",
                "ns | 1e3 | bad timestamp",
                "ns | --1 | bad timestamp",
                "u  | 9223372036854775806  | " + RANGE,
                "ms | -9223372036854775806 | " + RANGE,
                "s  | 153722867280912931   | " + RANGE,
                "m  | -153722867280912931  | " + RANGE,
                "h  | 2562048              | " + RANGE,
            })
    void writeWhenTimestampOverflowsThenRefused(String precision, String timestamp, String reason) {
        assertAnswer(
                api.write("db=d&precision=" + precision, "m v=1 " + timestamp),
                400,
                "{\"error\":\"unable to parse 'm v=1 " + timestamp + "': " + reason + "\"}");
        assertMeasurements("[\"good\"]");
    }

    @Test
    void writeWhenTimestampsAreAtTheEndsThenAreKept() {
        assertAnswer(api.write("db=d", "m v=1 -9223372036854775806\nm v=2 -1\nm v=3 9223372036854775806"), 204, "");
        assertThat(api.query("d", "SELECT v FROM m").body())
                .contains("[[-9223372036854775806,1],[-1,2],[9223372036854775806,3]]");
    }

    @ParameterizedTest
    @CsvSource({
        "LIMIT -1, 'found -, expected integer'",
        "OFFSET -1, 'found -, expected integer'",
        "LIMIT 1.5, 'found 1.5, expected integer'",
        "LIMIT 9223372036854775808, value out of range",
        "SLIMIT 99999999999999999999, value out of range",
        "SOFFSET 9223372036854775808, value out of range",
    })
    void queryWhenLimitIsAbsurdThenRefused(String clause, String reason) {
        assertShort(api.query("d", "SELECT v FROM good " + clause), 400, reason);
    }

    @Test
    void queryWhenLimitIsHugeThenChangesNothing() {
        assertShort(api.query("d", "SELECT v FROM good LIMIT 2147483647 SLIMIT 2147483647"), 200, "[[1,1],[2,2]]");
        assertAnswer(api.query("d", "SELECT v FROM good LIMIT 2147483647 OFFSET 2147483647"), 200, EMPTY);
        assertAnswer(api.query("d", "SELECT v FROM good SOFFSET 2147483647"), 200, EMPTY);
        assertAnswer(api.query("d", "SHOW MEASUREMENTS LIMIT 2147483647 OFFSET 2147483647"), 200, EMPTY);
    }

    @Test
    void formWhenMalformedThenRefused() {
        String form = "application/x-www-form-urlencoded";
        assertAnswer(
                api.post("/query?db=d", "q=%zz".getBytes(StandardCharsets.US_ASCII), "Content-Type", form),
                400,
                "{\"error\":\"missing required parameter \\\"q\\\"\"}");
        for (String type : new String[] {"multipart/form-data", "multipart/form-data; boundary=x"}) {
            assertShort(
                    api.post("/query?db=d", "--x\r\nContent".getBytes(StandardCharsets.US_ASCII), "Content-Type", type),
                    400,
                    "{\"error\":\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
                "POST /write HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET /ping HTTP/9.9\r\nHost: x\r\n\r\n",
            })
    void requestWhenItIsNoHttpThenAnswerIsPlain(String bytes) throws Exception {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(bytes);
            assertThat(connection.answer())
                    .matches("(?s)HTTP/1.1 (400|505) .*")
                    .contains("text/plain")
                    .doesNotContainIgnoringCase("<html", "jetty");
        }
    }

    @Test
    void requestWhenHeadIsTooLongThenAnswerIsPlain() throws Exception {
        for (String head : new String[] {"GET /ping?", "GET /ping HTTP/1.1\r\nHost: x\r\nX: "}) {
            try (RawConnection connection = new RawConnection(port)) {
                connection.send(head + "a".repeat((1 << 20) + (64 << 10)));
                connection.sendMaybe("aaaaaaaa".getBytes(StandardCharsets.US_ASCII));
                assertThat(connection.answer())
                        .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n")
                        .endsWith("\r\n\r\n431 Request Header Fields Too Large");
            }
        }
    }
}
