package dev.sluice.differential;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request both servers get.
 *
 * @param method of HTTP
 * @param path {@code /query} or {@code /write}
 * @param parameters of the URL
 * @param body statements or lines
 * @param accept the header of that name; empty for none
 */
record Request(String method, String path, Map<String, String> parameters, String body, String accept) {

    /** Statements by POST, times as nanoseconds. */
    static Request query(String database, String statements) {
        return new Request("POST", "/query", Map.of("db", database, "epoch", "ns"), statements, "");
    }

    static Request write(String database, String lines) {
        return new Request("POST", "/write", Map.of("db", database), lines, "");
    }

    Request with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new Request(method, path, more, body, accept);
    }

    Request without(String parameter) {
        Map<String, String> fewer = new LinkedHashMap<>(parameters);
        fewer.remove(parameter);
        return new Request(method, path, fewer, body, accept);
    }

    Request by(String otherMethod) {
        return new Request(otherMethod, path, parameters, body, accept);
    }

    Request accepting(String type) {
        return new Request(method, path, parameters, body, type);
    }

    /** The same with other statements or lines. */
    Request asking(String otherBody) {
        return new Request(method, path, parameters, otherBody, accept);
    }

    /** The same question, such that the answer is one JSON document. */
    Request plain() {
        return without("chunked").without("chunk_size").without("pretty").accepting("");
    }

    boolean isPlain() {
        return equals(plain());
    }

    /** Whether the statements match a regular expression somewhere, whatever the case of the letters. */
    boolean asks(String expression) {
        return isQuery()
                && Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                        .matcher(body)
                        .find();
    }

    boolean isQuery() {
        return path.equals("/query");
    }

    /** Path and parameters; a GET carries its statements here. */
    String target() {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        if (method.equals("GET") && isQuery()) {
            all.put("q", body);
        }
        String query = all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** The bytes sent after the header. */
    byte[] payload() {
        if (method.equals("GET")) {
            return new byte[0];
        }
        return (isQuery() ? "q=" + encode(body) : body).getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + path + " " + parameters + (accept.isEmpty() ? "" : " accept " + accept) + "\n    " + body;
    }
}
