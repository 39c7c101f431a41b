package dev.sluice.security.oidc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Asks a provider for the same document once in a while only, and repeats what it said in between. A token may name a key
 * that is not known yet, for which the decoder asks anew; so without this, anybody who makes up names of keys could have
 * this service send a request to the provider for each of theirs. Errors are not remembered. Thread-safe.
 */
final class RememberedAnswers implements ClientHttpRequestInterceptor {

    /** How long a provider's new key may stay unknown, where the old ones were asked for a moment before. */
    static final Duration AGE = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final Map<URI, Remembered> answers = new ConcurrentHashMap<>();

    RememberedAnswers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Remembered(long atNanos, HttpStatusCode status, HttpHeaders headers, byte[] body) {}

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        Remembered known = answers.get(request.getURI());
        if (known != null && nanoTime.getAsLong() - known.atNanos() < AGE.toNanos()) {
            return new Repeated(known);
        }
        ClientHttpResponse response = execution.execute(request, body);
        if (!response.getStatusCode().is2xxSuccessful()) {
            return response;
        }
        try (response) {
            Remembered fresh = new Remembered(
                    nanoTime.getAsLong(),
                    response.getStatusCode(),
                    response.getHeaders(),
                    response.getBody().readAllBytes());
            answers.put(request.getURI(), fresh);
            return new Repeated(fresh);
        }
    }

    private record Repeated(Remembered answer) implements ClientHttpResponse {

        @Override
        public HttpStatusCode getStatusCode() {
            return answer.status();
        }

        @Override
        public String getStatusText() {
            return "";
        }

        @Override
        public HttpHeaders getHeaders() {
            return answer.headers();
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(answer.body());
        }

        @Override
        public void close() {
            // Nothing is open: the connection was given back when the answer was read.
        }
    }
}
