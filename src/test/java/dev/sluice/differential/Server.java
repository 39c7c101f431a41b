package dev.sluice.differential;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running server, seen over HTTP. */
final class Server {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    Server(String url) {
        this.url = url;
    }

    /** Asks; a server that does not answer in twenty seconds is silent. */
    Answer ask(Request request) throws InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url + request.target()))
                .timeout(PATIENCE)
                .method(request.method(), BodyPublishers.ofByteArray(request.payload()));
        if (request.isQuery() && request.method().equals("POST")) {
            builder.header("Content-Type", "application/x-www-form-urlencoded");
        }
        if (!request.accept().isEmpty()) {
            builder.header("Accept", request.accept());
        }
        try {
            // The client's own time-out ends with the head of the answer, and influxd sends that before it computes.
            HttpResponse<byte[]> response = client.sendAsync(builder.build(), BodyHandlers.ofByteArray())
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String type = response.headers().firstValue("Content-Type").orElse("");
            return Answer.of(response.statusCode(), type, response.body());
        } catch (ExecutionException | TimeoutException silence) {
            return Answer.silence(new IOException(silence));
        }
    }
}
