package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers that are larger than the heap. {@code -Dstreaming.rows=10000000 -Dstreaming.text=20 -Dstreaming.heap=512} asks for
 * ten million rows of a heap of 512 MB; the default is as small as an answer can be that does not fit.
 */
@Tag("integration")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class StreamingIntegrationTests {

    private static final int ROWS = Integer.getInteger("streaming.rows", 400_000);
    private static final int TEXT = Integer.getInteger("streaming.text", 400);
    private static final int HEAP_MEGABYTES = Integer.getInteger("streaming.heap", 144);
    private static final int SERIES = 10;
    private static final int ROWS_OF_REQUEST = 8_000_000 / (TEXT + 50);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private static Path folder;

    private static ServiceProcess service;

    @BeforeAll
    static void write() throws Exception {
        // From the packed jar, so that flushes and compactions run with its class loader as well.
        service = new ServiceProcess(folder).fromPackedJar().withVirtualMachineOption("-Xmx" + HEAP_MEGABYTES + "m");
        service.start();
        service.query("", "CREATE DATABASE d");
        String text = "x".repeat(TEXT);
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            lines.append("m,host=").append(row % SERIES).append(" v=").append(row % 1000);
            lines.append(",s=\"").append(text).append("\" ").append(row).append('\n');
            if ((row + 1) % ROWS_OF_REQUEST == 0 || row == ROWS - 1) {
                assertThat(service.send("POST", "/write?db=d", lines.toString()).statusCode())
                        .isEqualTo(204);
                lines.setLength(0);
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    private static String query(String parameters) {
        return "/query?db=d&epoch=ns&q=" + ServiceProcess.encode("SELECT * FROM m") + parameters;
    }

    private static InputStream open(String path, String accept) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.url() + path))
                                .header("Accept", accept)
                                .build(),
                        BodyHandlers.ofInputStream())
                .body();
    }

    /** How often a byte comes. */
    private static long count(InputStream stream, char wanted) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    count += buffer[i] == wanted ? 1 : 0;
                }
            }
        }
        return count;
    }

    @Test
    void selectWhenAnswerIsLargerThanTheHeapThenStreams() throws Exception {
        // A row is a list; so are the columns, the rows, the series and the results around them.
        assertThat(count(open(query(""), "application/json"), ']')).isEqualTo(ROWS + 4L);
        assertThat(service.query("d", "SELECT count(v) FROM m")).contains("[[0," + ROWS + "]]");
    }

    @Test
    void selectWhenChunkedThenStreams() throws Exception {
        long documents = (ROWS + 9_999) / 10_000;
        assertThat(count(open(query("&chunked=true"), "application/json"), ']')).isEqualTo(ROWS + 4 * documents);
    }

    @Test
    void selectWhenAskedForCsvThenStreams() throws Exception {
        assertThat(count(open(query(""), "application/csv"), '\n')).isEqualTo(ROWS + 1L);
    }

    /** The client has read the beginning; the rest waits for it, as nothing keeps it. */
    @Test
    void selectWhenClientGoesAwayInTheMiddleThenIsCancelled() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            client.setReceiveBufferSize(1 << 12);
            client.getOutputStream()
                    .write(("GET " + query("&chunked=true") + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(service.query("d", "SHOW QUERIES")).contains("SELECT * FROM m");
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (service.query("d", "SHOW QUERIES").contains("SELECT * FROM m")) {
            assertThat(System.nanoTime()).as("is cancelled in time").isLessThan(deadline);
        }
    }
}
