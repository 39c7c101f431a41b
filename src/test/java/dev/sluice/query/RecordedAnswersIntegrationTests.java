package dev.sluice.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Statements over every function with every kind of argument, fill, order and grouping, and the answers influxd 1.6.7 gave
 * to them, body by body. {@code recorded-answers.tsv} has a statement, a tab and the answer in each line.
 */
@Tag("integration")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
class RecordedAnswersIntegrationTests {

    @TempDir
    static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    RecordedAnswersIntegrationTests(@LocalServerPort int port) {
        this.base = "http://localhost:" + port;
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    @Test
    void statementsWhenRecordedThenAnswerAsRecorded() throws Exception {
        post("/query?q=" + encoded("CREATE DATABASE d"), BodyPublishers.noBody());
        post("/write?db=d", BodyPublishers.ofString(resource("recorded-answers.lp")));
        List<String> cases = resource("recorded-answers.tsv").lines().toList();
        assertThat(cases).hasSizeGreaterThan(1000);
        List<String> different = new ArrayList<>();
        for (String line : cases) {
            String[] parts = line.split("\t", 2);
            String answer = get("/query?db=d&epoch=ns&q=" + encoded(parts[0])).strip();
            if (!answer.equals(parts[1])) {
                different.add(parts[0] + "\n  recorded " + parts[1] + "\n  answered " + answer);
            }
        }
        assertThat(different).isEmpty();
    }

    private void post(String path, BodyPublisher body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path)).POST(body).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isBetween(200, 204);
    }

    private String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RecordedAnswersIntegrationTests.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
