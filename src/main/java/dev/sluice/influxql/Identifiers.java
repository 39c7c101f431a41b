package dev.sluice.influxql;

import dev.sluice.influxql.parser.Keywords;
import java.util.List;

/** How names and texts are quoted in InfluxQL. */
public final class Identifiers {

    private Identifiers() {}

    /** A name as it must be written: bare when it can be, else in double quotes. */
    public static String quote(String name) {
        return isBare(name) ? name : '"' + escape(name, '"') + '"';
    }

    /** Names joined by dots, all but the last always in quotes, as InfluxDB prints too many segments. */
    public static String quotePath(List<String> segments) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            path.append(last || segment.isEmpty() ? quote(segment) : '"' + escape(segment, '"') + '"');
            path.append(last ? "" : ".");
        }
        return path.toString();
    }

    /** A text in single quotes. */
    public static String quoteString(String text) {
        return '\'' + escape(text, '\'') + '\'';
    }

    private static boolean isBare(String name) {
        if (name.isEmpty() || Keywords.isReserved(name) || (name.charAt(0) >= '0' && name.charAt(0) <= '9')) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
            if (!part) {
                return false;
            }
        }
        return true;
    }

    private static String escape(String text, char quote) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                escaped.append("\\n");
            } else {
                if (c == quote || c == '\\') {
                    escaped.append('\\');
                }
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
