package dev.sluice.subscription;

import dev.sluice.lineprotocol.PointLines;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The {@code /write} of another InfluxDB 1.x; a user in the URL logs in by Basic. */
final class HttpDestination implements Destination {

    private final HttpClient client;
    private final Duration timeout;
    private final String write;
    private final @Nullable String authorization;

    /**
     * @param url {@code http} or {@code https}
     * @param timeout of one request
     */
    HttpDestination(HttpClient client, URI url, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String authority = url.getRawAuthority().substring(url.getRawAuthority().indexOf('@') + 1);
        this.write = url.getScheme() + "://" + authority + (path.endsWith("/") ? path : path + "/") + "write";
        this.authorization = url.getRawUserInfo() == null ? null : basic(url.getRawUserInfo());
    }

    private static String basic(String rawUserInfo) {
        String[] parts = rawUserInfo.split(":", 2);
        String credentials = decode(parts[0]) + ":" + (parts.length > 1 ? decode(parts[1]) : "");
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String escaped) {
        return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void send(String database, String retentionPolicy, PointLines lines)
            throws IOException, InterruptedException {
        URI target = URI.create(
                write + "?consistency=&db=" + encode(database) + "&precision=ns&rp=" + encode(retentionPolicy));
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(timeout)
                .header("User-Agent", "InfluxDBClient")
                .POST(BodyPublishers.ofByteArray(lines.bytes()));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 204 && response.statusCode() != 200) {
            throw new IOException(
                    "status " + response.statusCode() + ": " + response.body().strip());
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
