package dev.sluice.http;

import dev.sluice.security.QueryString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request in InfluxDB's access log: the common log format with the request's id and its time in microseconds ("Enable HTTP
 * logging", 1.x). Passwords never get in: neither the parameter {@code p} nor those inside statements, which InfluxDB's own
 * redaction misses in some spellings.
 *
 * @param remoteAddress of the connection
 * @param forwardedFor {@code X-Forwarded-For}, or null
 * @param authorization {@code Authorization}, or null
 * @param path of the URL
 * @param rawQuery of the URL, or null
 * @param responseBytes of the body
 */
public record AccessLogLine(
        String remoteAddress,
        @Nullable String forwardedFor,
        @Nullable String authorization,
        Instant begin,
        String method,
        String path,
        @Nullable String rawQuery,
        String protocol,
        int status,
        long responseBytes,
        @Nullable String referer,
        @Nullable String userAgent,
        String requestId,
        long micros) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** The word, whatever stands before the text, and the text with or without its closing quote. */
    private static final Pattern PASSWORD = Pattern.compile(
            "(password\\b[^']*?)'(?:[^'\\\\]|\\\\.)*(?:'|$)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String REDACTED = "[REDACTED]";

    @Override
    public String toString() {
        QueryString query = QueryString.parse(rawQuery);
        return host() + " - " + user(query) + " [" + TIME.format(begin) + "] \"" + method + " " + path + uri(query)
                + " "
                + protocol + "\" " + status + " " + responseBytes + " \"" + orDash(referer) + "\" \""
                + orDash(userAgent) + "\" " + requestId + " " + micros;
    }

    private String host() {
        return forwardedFor == null ? remoteAddress : forwardedFor + "," + remoteAddress;
    }

    private static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }

    private String user(QueryString query) {
        String named = query.first("u");
        if (!named.isEmpty()) {
            return named;
        }
        if (authorization == null || !authorization.regionMatches(true, 0, "basic ", 0, 6)) {
            return "-";
        }
        try {
            String decoded = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
            return orDash(decoded.split(":", 2)[0]);
        } catch (IllegalArgumentException undecodable) {
            return "-";
        }
    }

    /** The parameters by name, with nothing secret in them. */
    private static String uri(QueryString query) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(query.values()).forEach((name, values) -> {
            for (String value : values) {
                String shown = name.equalsIgnoreCase("p")
                        ? REDACTED
                        : PASSWORD.matcher(value).replaceAll("$1[REDACTED]");
                pairs.add(encode(name) + "=" + encode(shown));
            }
        });
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
