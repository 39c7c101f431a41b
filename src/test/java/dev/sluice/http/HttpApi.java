package dev.sluice.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A well-behaved client of the running service. */
final class HttpApi {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    HttpApi(int port) {
        this.port = port;
    }

    /** Status and body without the last line feed. */
    record Answer(int status, String body) {}

    Answer query(String database, String statements) {
        return query(database, statements.getBytes(StandardCharsets.UTF_8));
    }

    /** Posts statements byte by byte, whatever they are encoded in. */
    Answer query(String database, byte[] statements) {
        StringBuilder form = new StringBuilder("q=");
        for (byte b : statements) {
            form.append(Character.isLetterOrDigit(b) ? String.valueOf((char) b) : String.format("%%%02x", b));
        }
        return post(
                "/query?epoch=ns&db=" + encode(database),
                form.toString().getBytes(StandardCharsets.US_ASCII),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    Answer write(String parameters, String lines) {
        return post("/write?" + parameters, lines.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(String pathAndQuery, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body().stripTrailing());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
