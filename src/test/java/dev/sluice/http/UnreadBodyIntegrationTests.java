package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Requests that are answered before their body has arrived, byte by byte on one connection. */
@Tag("integration")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
class UnreadBodyIntegrationTests {

    @TempDir
    static Path folder;

    private final int port;

    UnreadBodyIntegrationTests(@LocalServerPort int port) {
        this.port = port;
    }

    @DynamicPropertySource
    static void storeIn(DynamicPropertyRegistry properties) {
        properties.add("influxdb.meta.dir", () -> folder.resolve("meta").toString());
        properties.add("influxdb.data.dir", () -> folder.resolve("data").toString());
        properties.add("influxdb.data.wal-dir", () -> folder.resolve("wal").toString());
    }

    /** The answer to {@code /write} without a database needs no body, and neither does one to an unknown path. */
    @Test
    void connectionWhenBodyComesLateThenStaysOpen() throws Exception {
        try (Connection connection = new Connection()) {
            for (int i = 0; i < 20; i++) {
                connection.send("POST /write HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
                Thread.sleep(10);
                connection.send("m v=1");
                assertThat(connection.answer()).startsWith("HTTP/1.1 400").doesNotContain("onnection: close");
                connection.send("POST /nothing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
                Thread.sleep(10);
                connection.send("0\r\n\r\n");
                assertThat(connection.answer()).startsWith("HTTP/1.1 404").doesNotContain("onnection: close");
            }
            connection.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(connection.answer()).startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void connectionWhenRestIsLongThenSaysThatItEnds() throws Exception {
        try (Connection connection = new Connection()) {
            connection.send("POST /write HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc");
            assertThat(connection.answer()).startsWith("HTTP/1.1 400").contains("onnection: close");
        }
    }

    private final class Connection implements AutoCloseable {

        private final Socket socket = new Socket("127.0.0.1", port);
        private final OutputStream out = socket.getOutputStream();
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));

        Connection() throws IOException {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** The head of the next answer; its body is read as well. */
        String answer() throws IOException {
            StringBuilder head = new StringBuilder();
            int length = 0;
            for (@Nullable String line; (line = in.readLine()) != null && !line.isEmpty(); ) {
                head.append(line).append('\n');
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring("Content-Length: ".length()));
                }
            }
            for (int i = 0; i < length; i++) {
                in.read();
            }
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
