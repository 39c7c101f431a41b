package dev.sluice.differential;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends examples to a server and writes down its answers as their files have them. */
final class ExampleClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern BASIC = Pattern.compile("\\{basic ([^}]*)}");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    ExampleClient(String url) {
        this.url = url;
    }

    /** Makes the server as if nothing had been before, and then what most examples speak of. */
    void reset(List<String> statements) throws IOException, InterruptedException {
        Server server = new Server(url);
        for (String kind : List.of("DATABASE", "USER")) {
            Answer names = server.ask(Request.query("", "SHOW " + kind + "S"));
            for (String name : JsonAnswers.rows(names).stream()
                    .map(row -> row.path(0).asString(""))
                    .toList()) {
                server.ask(Request.query("", "DROP " + kind + " \"" + name.replace("\"", "\\\"") + '"'));
            }
        }
        for (String statement : statements) {
            ask(List.of(statement.startsWith(">") ? statement : "> " + statement));
        }
    }

    /** The lines of the answer to a request. */
    List<String> ask(List<String> request) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder().timeout(PATIENCE);
        String first = plain(request.get(0));
        StringBuilder body = new StringBuilder();
        List<String> shown = new ArrayList<>();
        for (String line : request.subList(1, request.size())) {
            String content = plain(line.substring(Math.min(3, line.length())));
            switch (line.charAt(1)) {
                case '-' -> builder.header(content.split(": ", 2)[0], content.split(": ", 2)[1]);
                case '|' -> body.append(body.isEmpty() ? "" : "\n").append(content);
                default -> shown.add(content);
            }
        }
        if (first.startsWith(">> ")) {
            String[] parts = first.substring(3).split(" ", 2);
            builder.uri(URI.create(url + parts[1]))
                    .method(parts[0], body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body + ""));
        } else {
            builder.uri(URI.create(url + "/query?db=d&epoch=ns"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(
                            "q=" + URLEncoder.encode(first.substring(2), StandardCharsets.UTF_8)));
        }
        return lines(client.send(builder.build(), BodyHandlers.ofByteArray()), shown);
    }

    private static List<String> lines(HttpResponse<byte[]> response, List<String> shown) {
        String type = response.headers().firstValue("Content-Type").orElse("-").replaceAll(";\\s*", "; ");
        String body = Answer.of(response.statusCode(), type, response.body()).body();
        if (body.endsWith("\n")) {
            body = body.substring(0, body.length() - 1);
        }
        List<String> lines = new ArrayList<>();
        for (String line : body.split("\n", -1)) {
            lines.add(
                    lines.isEmpty()
                            ? ("< " + response.statusCode() + " " + type + " " + line).stripTrailing()
                            : ("<| " + line).stripTrailing());
        }
        for (String header : shown) {
            response.headers().firstValue(header).ifPresent(value -> lines.add("<- " + header + ": " + value));
        }
        return lines;
    }

    private static String plain(String line) {
        Matcher basic = BASIC.matcher(line.replace('␍', '\r').replace('␉', '\t'));
        return basic.replaceAll(found ->
                "Basic " + Base64.getEncoder().encodeToString(found.group(1).getBytes(StandardCharsets.UTF_8)));
    }
}
