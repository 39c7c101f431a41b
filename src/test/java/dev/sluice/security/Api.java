package dev.sluice.security;

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

/** A client of the running service. */
final class Api {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Api(int port) {
        this.port = port;
    }

    /** An answer's status, body without the last line feed, and headers. */
    record Answer(int status, String body, HttpResponse<String> response) {

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** Posts statements; an empty header is none. */
    Answer query(String statements, String parameters, String authorization) {
        return send(
                "POST",
                "/query?" + parameters,
                "q=" + encode(statements),
                "application/x-www-form-urlencoded",
                authorization);
    }

    /** Posts statements as a user. */
    Answer query(String statements, String database, Means means, String user, String password) {
        return query(
                statements, "db=" + encode(database) + means.parameters(user, password), means.header(user, password));
    }

    /** Posts line protocol. */
    Answer write(String path, String parameters, String lines, String authorization) {
        return send("POST", path + "?" + parameters, lines, "text/plain", authorization);
    }

    Answer send(String method, String pathAndQuery, String body, String contentType, String authorization) {
        return send(method, pathAndQuery, body.getBytes(StandardCharsets.UTF_8), contentType, authorization);
    }

    Answer send(String method, String pathAndQuery, byte[] body, String contentType, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", contentType)
                .method(method, BodyPublishers.ofByteArray(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body().stripTrailing(), response);
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
