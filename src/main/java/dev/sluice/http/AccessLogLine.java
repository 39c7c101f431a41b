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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request in InfluxDB's access log: the common log format with the request's id and its time in microseconds ("Enable HTTP
 * logging", 1.x). Passwords never get in: neither the parameter {@code p} nor those inside statements, which InfluxDB's own
 * redaction misses in some spellings. What a client chooses is escaped, so that it can neither end a line nor a quoted part.
 *
 * <p>The fields of a form stand behind the protocol, as 1.8.5 and newer do it, here in order of their names.
 *
 * @param remoteAddress of the connection
 * @param forwardedFor {@code X-Forwarded-For}, or null
 * @param authorization {@code Authorization}, or null
 * @param path of the URL
 * @param rawQuery of the URL, or null
 * @param form what the body of a query gave, by name; see {@link #FORM_ATTRIBUTE}
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
        Map<String, String> form,
        int status,
        long responseBytes,
        @Nullable String referer,
        @Nullable String userAgent,
        String requestId,
        long micros) {

    /** The attribute of a request under which the one who reads a form leaves its fields, a {@code Map<String, String>}. */
    public static final String FORM_ATTRIBUTE = AccessLogLine.class.getName() + ".form";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneId.systemDefault());

    private record FormattedSecond(long epochSecond, String text) {}

    private static volatile @Nullable FormattedSecond lastSecond;

    @Override
    public String toString() {
        QueryString query = QueryString.parse(rawQuery);
        String request = method + " " + escape(path) + uri(query) + " " + protocol + formFields();
        return host() + " - " + user(query) + " [" + timeText() + "] \"" + request + "\" " + status + " "
                + responseBytes + " \"" + orDash(referer) + "\" \"" + orDash(userAgent) + "\" " + escape(requestId)
                + " "
                + micros;
    }

    /** Many requests begin in the same second. */
    private String timeText() {
        FormattedSecond last = lastSecond;
        if (last == null || last.epochSecond() != begin.getEpochSecond()) {
            last = new FormattedSecond(begin.getEpochSecond(), TIME.format(begin));
            lastSecond = last;
        }
        return last.text();
    }

    private String host() {
        return forwardedFor == null ? remoteAddress : escape(forwardedFor) + "," + remoteAddress;
    }

    private static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : escape(text);
    }

    private String user(QueryString query) {
        String named = query.first("u");
        if (!named.isEmpty()) {
            return escape(named);
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
                pairs.add(encode(name) + "=" + encode(redacted(name, value)));
            }
        });
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private String formFields() {
        return new TreeMap<>(form)
                .entrySet().stream()
                        .map(field -> "{'" + escape(field.getKey()) + "': '"
                                + escape(redacted(field.getKey(), field.getValue())) + "'}")
                        .collect(Collectors.joining(", ", form.isEmpty() ? "" : " ", ""));
    }

    private static String redacted(String name, String value) {
        return name.equalsIgnoreCase("p") ? PasswordRedaction.REDACTED : PasswordRedaction.redact(value);
    }

    /** Quotes, backslashes and control characters as Go's {@code %q} writes them. */
    private static String escape(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c != '"' && c != '\\' && !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
            if (plain && escaped == null) {
                continue;
            }
            if (escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (plain) {
                        escaped.append(c);
                    } else {
                        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    }
                }
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
