package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Buckets and deletes of InfluxDB 2's API, without authentication. */
@Tag("integration")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
class BucketIntegrationTests {

    @TempDir
    static Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final HttpApi api;

    BucketIntegrationTests(@LocalServerPort int port) {
        this.port = port;
        this.api = new HttpApi(port);
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
        properties.add("influxdb.monitor.store-enabled", () -> "false");
    }

    @BeforeEach
    void createDatabase() {
        api.query("", "DROP DATABASE d; DROP DATABASE x; CREATE DATABASE d");
        api.query("", "CREATE RETENTION POLICY \"50% <b>\" ON d DURATION 2h REPLICATION 1");
    }

    private String send(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body().stripTrailing();
    }

    private static String bucket(String database, String policy, long seconds, long shardSeconds) {
        String name = database + "/" + policy;
        return "{\"description\":\"\",\"name\":\"" + name + "\",\"retentionRules\":[{\"type\":\"\",\"everySeconds\":"
                + seconds + ",\"shardGroupDurationSeconds\":" + shardSeconds
                + "}],\"orgId\":\"\",\"schemaType\":\"implicit\",\"id\":\"" + name + "\",\"type\":\"\",\"rp\":\""
                + policy
                + "\",\"createdAt\":\"0001-01-01T00:00:00Z\",\"updatedAt\":\"0001-01-01T00:00:00Z\"}";
    }

    @Test
    void postWhenDatabaseIsNewThenItsPolicyIsTheDefault() throws Exception {
        assertThat(send(
                        "POST",
                        "/api/v2/buckets",
                        "{\"name\":\"x/r\",\"retentionRules\":[{\"type\":\"expire\",\"everySeconds\":7200,"
                                + "\"shardGroupDurationSeconds\":3600}],\"orgID\":\"o\"}"))
                .isEqualTo("201 " + bucket("x", "r", 7200, 3600));
        assertThat(send("POST", "/api/v2/buckets", "{\"name\":\"x\",\"rp\":\"r2\"}"))
                .isEqualTo("201 " + bucket("x", "r2", 0, 604_800));
        assertThat(api.query("x", "SHOW RETENTION POLICIES").body())
                .contains("[\"r\",\"2h0m0s\",\"1h0m0s\",1,true],[\"r2\",\"0s\",\"168h0m0s\",1,false]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"name":""}                   | buckets - illegal bucket name: bucket name \\"\\" is missing a slash; not in \\"database/retention-policy\\" format
                    {"name":"/r"}                 | buckets - illegal bucket name: bucket name \\"/r\\" is in db/rp form but has an empty database
                    {"name":"x"}                  | buckets - retention policy \\"\\": invalid name
                    {"name":"x/a","rp":"b"}       | buckets - two retention policies specified: \\"a\\" differs from \\"b\\"
                    {"name":"x/a/b"}              | buckets - cannot create bucket \\"x/a/b\\": invalid name
                    {"name":"d/autogen","retentionRules":[{"everySeconds":7200}]} | buckets - cannot create bucket \\"d/autogen\\": retention policy already exists
                    {"name":"x/r","retentionRules":[{"everySeconds":60}]} | buckets - cannot create bucket \\"x/r\\": retention policy duration must be at least 1h0m0s
                    {"name":"x/r","retentionRules":[{"everySeconds":-1}]} | buckets - cannot parse request body: everySeconds is out of range: -1
                    {"name":"x/r","retentionRules":[{"everySeconds":9223372037}]} | buckets - cannot parse request body: everySeconds is out of range: 9223372037
                    {"name":"x/r","retentionRules":[{},{}]} | buckets - cannot parse request body: retentionRules must be a list of one rule
                    {"name":"x/r","nonsense":1}   | buckets - cannot parse request body: json: unknown field \\"nonsense\\"
                    {                             | buckets - cannot parse request body: unexpected EOF
                    """)
    void postWhenSomethingIsWrongThenSaysWhatAndCreatesNothing(String body, String error) throws Exception {
        assertThat(send("POST", "/api/v2/buckets", body)).isEqualTo("400 {\"error\":\"" + error + "\"}");
        assertThat(api.query("", "SHOW DATABASES").body()).doesNotContain("\"x\"");
        assertThat(send("POST", "/api/v2/buckets", "{\"name\":\"" + "x".repeat(70_000) + "\"}"))
                .startsWith("413");
    }

    @Test
    void getWhenBucketsThenThoseThatAreAskedFor() throws Exception {
        send("POST", "/api/v2/buckets", "{\"name\":\"x/r\"}");
        String autogen = bucket("d", "autogen", 0, 604_800);
        String odd = bucket("d", "50% \\u003cb\\u003e", 7200, 3600);
        String created = bucket("x", "r", 0, 604_800);
        assertThat(send("GET", "/api/v2/buckets", ""))
                .isEqualTo("200 {\"buckets\":[" + autogen + "," + odd + "," + created + "]}");
        assertThat(send("GET", "/api/v2/buckets?limit=1&offset=1", "")).isEqualTo("200 {\"buckets\":[" + odd + "]}");
        assertThat(send("GET", "/api/v2/buckets?limit=0&after=d/autogen", ""))
                .isEqualTo("200 {\"buckets\":[" + odd + "," + created + "]}");
        assertThat(send("GET", "/api/v2/buckets?after=gone", "")).isEqualTo("200 {\"buckets\":[]}");
        assertThat(send("GET", "/api/v2/buckets?name=x/r", "")).isEqualTo("200 {\"buckets\":[" + created + "]}");
        assertThat(send("GET", "/api/v2/buckets?id=x/r&name=x/r", "")).isEqualTo("200 {\"buckets\":[" + created + "]}");
        assertThat(send("GET", "/api/v2/buckets?name=x/q", ""))
                .isEqualTo("404 {\"error\":\"bucket not found: \\\"x/q\\\"\"}");
        assertThat(send("GET", "/api/v2/buckets?name=a&id=b", ""))
                .isEqualTo("400 {\"error\":\"list buckets: name: \\\"a\\\" and id: \\\"b\\\" do not match\"}");
        assertThat(send("GET", "/api/v2/buckets?offset=1&after=a", ""))
                .isEqualTo(
                        "400 {\"error\":\"list buckets cannot have both \\\"offset\\\" and \\\"after\\\" arguments\"}");
        assertThat(send("GET", "/api/v2/buckets?limit=x", "")).startsWith("400 ");

        assertThat(send("GET", "/api/v2/buckets/x%2Fr", "")).isEqualTo("200 " + created);
        assertThat(send("GET", "/api/v2/buckets/d%2F50%25%20%3Cb%3E", "")).isEqualTo("200 " + odd);
        assertThat(send("GET", "/api/v2/buckets/d%2Fnone", ""))
                .isEqualTo("404 {\"error\":\"bucket not found: \\\"d/none\\\"\"}");
        assertThat(send("GET", "/api/v2/buckets/d", ""))
                .isEqualTo("400 {\"error\":\"bucket \\\"d\\\": illegal bucket id, empty retention policy\"}");
        assertThat(send("GET", "/api/v2/buckets/d/autogen", "")).isEqualTo("404 404 page not found");
        assertThat(send("GET", "/query%2F", "")).isEqualTo("404 404 page not found");
    }

    @Test
    void patchWhenRulesThenThePolicyHasThem() throws Exception {
        assertThat(send(
                        "PATCH",
                        "/api/v2/buckets/d%2Fautogen",
                        "{\"name\":\"d/autogen\",\"retentionRules\":[{\"everySeconds\":86400}]}"))
                .isEqualTo("200 " + bucket("d", "autogen", 86_400, 3600));
        assertThat(send("PATCH", "/api/v2/buckets/d%2Fautogen", "{\"description\":\"x\"}"))
                .isEqualTo("200 " + bucket("d", "autogen", 0, 604_800));
        assertThat(send("PATCH", "/api/v2/buckets/d%2Fnone", "{}"))
                .isEqualTo("400 {\"error\":\"update bucket \\\"d/none\\\": retention policy not found: none\"}");
        assertThat(send("PATCH", "/api/v2/buckets/d%2Fautogen", "{\"name\":\"d/other\"}"))
                .isEqualTo("400 {\"error\":\"update bucket \\\"d/autogen\\\": a bucket cannot be renamed\"}");
        assertThat(send("PATCH", "/api/v2/buckets/d%2Fautogen", "{\"retentionRules\":[{\"everySeconds\":1}]}"))
                .isEqualTo(
                        "400 {\"error\":\"update bucket \\\"d/autogen\\\": retention policy duration must be at least"
                                + " 1h0m0s\"}");
    }

    @Test
    void deleteWhenBucketThenPolicyAndPointsAreGone() throws Exception {
        api.query("", "CREATE RETENTION POLICY r ON d DURATION INF REPLICATION 1");
        api.write("db=d&rp=r", "m v=1 1");
        assertThat(send("DELETE", "/api/v2/buckets/d%2Fr", "")).isEqualTo("200 ");
        assertThat(send("DELETE", "/api/v2/buckets/d%2Fr", ""))
                .isEqualTo("404 {\"error\":\"delete bucket - not found: \\\"d/r\\\"\"}");
        assertThat(api.query("d", "SHOW SERIES").body()).doesNotContain("\"m\"");
    }

    @Test
    void anyWhenLabelsMembersOrOwnersThenNotSupported() throws Exception {
        assertThat(send("GET", "/api/v2/buckets/d%2Fautogen/labels", ""))
                .isEqualTo("405 {\"error\":\"bucket labels not supported in this version\"}");
        assertThat(send("POST", "/api/v2/buckets/d%2Fautogen/members", "{}"))
                .isEqualTo("405 {\"error\":\"bucket members not supported in this version\"}");
        assertThat(send("DELETE", "/api/v2/buckets/d%2Fautogen/owners/1", ""))
                .isEqualTo("405 {\"error\":\"bucket owners not supported in this version\"}");
    }

    private String delete(String bucket, String body) throws Exception {
        return send("POST", "/api/v2/delete?bucket=" + HttpApi.encode(bucket), body);
    }

    @Test
    void postDeleteWhenPredicateThenItsPointsAreGoneInEveryPolicy() throws Exception {
        api.query("", "CREATE RETENTION POLICY r ON d DURATION INF REPLICATION 1");
        String lines = "m,host=a v=1 1\nm,host=a v=2 2\nm,host=b v=3 1\nn,host=a v=4 1";
        api.write("db=d", lines);
        api.write("db=d&rp=r", lines);
        assertThat(delete(
                        "d/r",
                        "{\"start\":\"1970-01-01T00:00:00Z\",\"stop\":\"1970-01-01T00:00:00.000000002Z\","
                                + "\"predicate\":\"_measurement=\\\"m\\\" AND host=\\\"a\\\"\"}"))
                .isEqualTo("200 ");
        for (String policy : new String[] {"autogen", "r"}) {
            assertThat(api.query("d", "SELECT v FROM " + policy + ".m").body()).contains("\"values\":[[1,3],[2,2]]");
            assertThat(api.query("d", "SELECT v FROM " + policy + ".n").body()).contains("\"values\":[[1,4]]");
        }
        assertThat(delete("d", "{\"start\":\"1970-01-01T00:00:00Z\",\"stop\":\"1970-01-02T00:00:00Z\"}"))
                .isEqualTo("200 ");
        assertThat(api.query("d", "SHOW SERIES").body()).doesNotContain("host");
    }

    @Test
    void postDeleteWhenSomethingIsWrongThenSaysWhat() throws Exception {
        assertThat(delete("", "{}")).startsWith("404 {\"error\":\"delete - bucket: bucket name ");
        assertThat(delete("no/r", "{}")).isEqualTo("404 {\"error\":\"delete - database not found: \\\"no\\\"\"}");
        assertThat(delete("d/no", "{}"))
                .isEqualTo("404 {\"error\":\"delete - retention policy not found in \\\"d\\\": \\\"no\\\"\"}");
        assertThat(delete("d/autogen", "{}"))
                .isEqualTo("400 {\"error\":\"delete - start field in RFC3339Nano format required\"}");
        assertThat(delete("d/autogen", "x".repeat(70_000))).startsWith("413");
        api.write("db=d", "m,host=a v=1 1");
        assertThat(
                        delete(
                                "d",
                                "{\"start\":\"1970-01-01T00:00:00Z\",\"stop\":\"1970-01-02T00:00:00Z\",\"predicate\":\"v='1'\"}"))
                .startsWith("500 {\"error\":\"delete - ")
                .contains("fields not supported in WHERE clause during deletion");
    }

    /** As deep as a body lets it be. */
    @Test
    void postDeleteWhenPredicateIsVeryLongThenAnswers() throws Exception {
        String predicate = "a='b'" + " AND a='b'".repeat(6000);
        assertThat(delete(
                        "d",
                        "{\"start\":\"1970-01-01T00:00:00Z\",\"stop\":\"1970-01-02T00:00:00Z\",\"predicate\":\""
                                + predicate + "\"}"))
                .isEqualTo("200 ");
        assertThat(delete(
                        "d",
                        "{\"start\":\"1970-01-01T00:00:00Z\",\"stop\":\"1970-01-02T00:00:00Z\",\"predicate\":\""
                                + "(".repeat(60_000) + "\"}"))
                .startsWith("400 {\"error\":\"delete - cannot parse predicate ");
    }
}
