package dev.sluice.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A running service, as a command reaches it. */
final class Service {

    /** Options that say where it is and who asks. */
    static final Set<String> OPTIONS = Set.of("url", "username", "password", "token");

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    private final String url;
    private final String authorization;

    private Service(String url, String authorization) {
        this.url = url.replaceFirst("/+$", "");
        this.authorization = authorization;
    }

    /**
     * The service that options mean.
     *
     * @param environment variables: {@code INFLUX_USERNAME} and {@code INFLUX_PASSWORD} stand in for options, so that no password has
     *     to be on a command line
     */
    static Service of(Options options, UnaryOperator<String> environment) {
        String user = options.value("username", orEmpty(environment.apply("INFLUX_USERNAME")));
        String password = options.value("password", orEmpty(environment.apply("INFLUX_PASSWORD")));
        String token = options.value("token", "");
        String authorization = "";
        if (!token.isEmpty()) {
            authorization = "Bearer " + token;
        } else if (!user.isEmpty()) {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
        }
        return new Service(options.value("url", "http://127.0.0.1:8086"), authorization);
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }

    /**
     * Asks for something and waits for the beginning of the answer.
     *
     * @throws UsageException with the service's text when it refuses
     */
    InputStream get(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(request(path, parameters).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() / 100 != 2) {
            try (InputStream body = answer.body()) {
                throw refused(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return answer.body();
    }

    /**
     * Sends something.
     *
     * @return the answer's body
     * @throws UsageException with the service's text when it refuses
     */
    String post(String path, Map<String, String> parameters, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request(path, parameters)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer.statusCode(), answer.body());
        }
        return answer.body();
    }

    private static UsageException refused(int status, String body) {
        return new UsageException("the service answers " + status + ": " + body.strip());
    }

    private HttpRequest.Builder request(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path + (query.isEmpty() ? "" : "?" + query)));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
