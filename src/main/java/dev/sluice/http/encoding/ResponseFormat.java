package dev.sluice.http.encoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A format of answers, chosen by the request's {@code Accept} header as InfluxDB 1.8 and newer do. */
public enum ResponseFormat {
    JSON("application/json"),
    CSV("text/csv"),
    MESSAGE_PACK("application/x-msgpack");

    private final String contentType;

    ResponseFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The media type, as it stands in {@code Content-Type}: without a charset. */
    public String contentType() {
        return contentType;
    }

    /**
     * The first format named by the header, highest weight first; JSON when there is none. Parameters other than the
     * weight are ignored.
     */
    public static ResponseFormat negotiate(@Nullable String accept) {
        if (accept == null || accept.isEmpty()) {
            return JSON;
        }
        List<Range> ranges = new ArrayList<>();
        for (String part : accept.split(",")) {
            ranges.add(Range.parse(part));
        }
        ranges.sort(Comparator.comparingDouble((Range range) -> -range.weight()));
        for (Range range : ranges) {
            ResponseFormat format = find(range.mediaType());
            if (format != null) {
                return format;
            }
        }
        return JSON;
    }

    private static @Nullable ResponseFormat find(String mediaType) {
        return switch (mediaType) {
            case "application/json", "application/*", "*/*" -> JSON;
            case "application/csv", "text/csv", "text/*" -> CSV;
            case "application/x-msgpack" -> MESSAGE_PACK;
            default -> null;
        };
    }

    private record Range(String mediaType, double weight) {

        static Range parse(String text) {
            String[] parts = text.split(";");
            double weight = 1;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip();
                if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                    weight = weight(parameter.substring(2));
                }
            }
            return new Range(parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT), weight);
        }

        private static double weight(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException malformed) {
                return 1;
            }
        }
    }
}
