package dev.sluice.http;

import dev.sluice.security.QueryString;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of a query, from the URL and, for POST, from a form, which wins. {@code pretty} is read from the URL
 * alone; so are the credentials, which are not this class's business. Immutable.
 */
final class QueryParameters {

    /** What Go's server reads of a form at most. */
    private static final int FORM_LIMIT_IN_BYTES = 10 << 20;

    private final QueryString url;
    private final Map<String, String> form;

    private QueryParameters(QueryString url, Map<String, String> form) {
        this.url = url;
        this.form = form;
    }

    /**
     * Reads the URL and the body of a request.
     *
     * @throws RequestException when the body is not what its content type says
     */
    static QueryParameters read(HttpServletRequest request) throws IOException {
        QueryString url = QueryString.of(request);
        Map<String, String> form = request.getMethod().equals("POST") ? readForm(request) : Map.of();
        request.setAttribute(AccessLogLine.FORM_ATTRIBUTE, form);
        return new QueryParameters(url, form);
    }

    private static Map<String, String> readForm(HttpServletRequest request) throws IOException {
        String contentType = request.getContentType();
        String mediaType =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (mediaType) {
            case "application/x-www-form-urlencoded" -> readUrlEncoded(request);
            case "multipart/form-data" -> readMultipart(request);
            default -> Map.of();
        };
    }

    private static Map<String, String> readUrlEncoded(HttpServletRequest request) throws IOException {
        byte[] body = RequestBody.readPlain(request, FORM_LIMIT_IN_BYTES);
        QueryString fields = QueryString.parse(new String(body, StandardCharsets.UTF_8));
        Map<String, String> form = new HashMap<>();
        fields.values().forEach((name, values) -> form.put(name, values.get(0)));
        return form;
    }

    /** Fields, and {@code q} as an uploaded file where there is no field of that name. */
    private static Map<String, String> readMultipart(HttpServletRequest request) throws IOException {
        Map<String, String> form = new HashMap<>();
        try {
            for (Part part : request.getParts()) {
                boolean file = part.getSubmittedFileName() != null;
                if (!file || part.getName().equals("q")) {
                    String text = text(part);
                    if (!file || form.getOrDefault("q", "").isBlank()) {
                        form.merge(part.getName(), text, (first, second) -> first.isBlank() ? second : first);
                    }
                }
            }
        } catch (ServletException | IllegalStateException malformed) {
            throw RequestException.endingConnection(HttpServletResponse.SC_BAD_REQUEST, "error parsing multipart form");
        }
        return form;
    }

    private static String text(Part part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A parameter's value; empty when it is absent. */
    String get(String name) {
        String value = form.get(name);
        return value == null ? url.first(name) : value;
    }

    /** A parameter that only the URL may have. */
    String fromUrl(String name) {
        return url.first(name);
    }
}
