package dev.sluice.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a URL's query string, read as Go's {@code url.ParseQuery} (1.17 and newer) reads them, because that is
 * what InfluxDB's clients were written against. A servlet's own parameters are no substitute: they mix in a form body and
 * refuse what Go accepts.
 *
 * <ul>
 *   <li>Pairs are separated by {@code &}; empty ones are skipped. Name and value are separated by the first {@code =};
 *       without one, the value is empty. An empty name before {@code =} is a name.
 *   <li>A pair with a raw {@code ;} is dropped ({@code %3B} is a semicolon).
 *   <li>{@code +} is a space, {@code %XX} a byte. A pair with an incomplete or wrong escape is dropped, the others stay.
 *   <li>Any other character stands for itself, also those that RFC 3986 forbids: quotes, braces, pipes, backslashes.
 *   <li>Bytes are read as UTF-8. Go keeps wrong bytes as they are; here each becomes U+FFFD.
 * </ul>
 *
 * <p>A form body has the same syntax. Immutable. {@code toString} shows names only, since {@code p} is a password.
 */
public final class QueryString {

    private static final String ATTRIBUTE = QueryString.class.getName();

    private static final QueryString EMPTY = new QueryString(Map.of());

    private final Map<String, List<String>> values;

    private QueryString(Map<String, List<String>> values) {
        this.values = values;
    }

    /** The parameters of a request's URL; they are parsed once per request. */
    public static QueryString of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof QueryString parsed) {
            return parsed;
        }
        QueryString parsed = parse(request.getQueryString());
        request.setAttribute(ATTRIBUTE, parsed);
        return parsed;
    }

    /** Never fails: what cannot be read is left out. Null and empty mean no parameters. */
    public static QueryString parse(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        int start = 0;
        while (start <= rawQuery.length()) {
            int end = rawQuery.indexOf('&', start);
            if (end < 0) {
                end = rawQuery.length();
            }
            addPair(rawQuery.substring(start, end), values);
            start = end + 1;
        }
        values.replaceAll((name, list) -> List.copyOf(list));
        return new QueryString(Collections.unmodifiableMap(values));
    }

    /** The first value of the parameter; empty when there is none, as InfluxDB tells the two apart nowhere. */
    public String first(String name) {
        List<String> all = values.get(name);
        return all == null ? "" : all.get(0);
    }

    /** Whether the parameter occurs, be it with an empty value. */
    public boolean contains(String name) {
        return values.containsKey(name);
    }

    /** Every value by name; names in order of their first occurrence, values in order. Unmodifiable. */
    public Map<String, List<String>> values() {
        return values;
    }

    @Override
    public String toString() {
        return "QueryString" + values.keySet();
    }

    private static void addPair(String pair, Map<String, List<String>> values) {
        if (pair.isEmpty() || pair.indexOf(';') >= 0) {
            return;
        }
        int equals = pair.indexOf('=');
        String name = unescape(equals < 0 ? pair : pair.substring(0, equals));
        String value = unescape(equals < 0 ? "" : pair.substring(equals + 1));
        if (name != null && value != null) {
            values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
        }
    }

    /** Null when an escape is wrong. */
    private static @Nullable String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '%') {
                int high = i + 2 < bytes.length ? hexDigit(bytes[i + 1]) : -1;
                int low = i + 2 < bytes.length ? hexDigit(bytes[i + 2]) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                b = (byte) (high << 4 | low);
                i += 2;
            } else if (b == '+') {
                b = ' ';
            }
            bytes[length++] = b;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** ASCII only, unlike {@link Character#digit}; -1 for anything else. */
    private static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        if (b >= 'a' && b <= 'f') {
            return b - 'a' + 10;
        }
        return b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
    }
}
