package dev.sluice.influxql.condition;

import dev.sluice.influxql.InfluxqlException;
import dev.sluice.model.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Strings that stand for points in time (InfluxQL, "time syntax"). */
final class TimeLiterals {

    private static final Pattern LOOKS_LIKE_TIME = Pattern.compile("^\\d{4}-\\d{2}-\\d{2}.*", Pattern.DOTALL);
    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})(?: (\\d{1,2}| \\d):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9})\\d*)?)?");
    private static final Pattern RFC3339 =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})");

    private TimeLiterals() {}

    static boolean looksLikeTime(String text) {
        return LOOKS_LIKE_TIME.matcher(text).matches();
    }

    /** Nanoseconds since the epoch; a text without offset is meant in the given zone. */
    static long parse(String text, ZoneId zone) {
        Instant instant;
        try {
            Matcher matcher = DATE_TIME.matcher(text);
            if (matcher.matches()) {
                instant = local(matcher).atZone(zone).toInstant();
            } else if (RFC3339.matcher(text).matches()) {
                instant = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .toInstant();
            } else {
                throw new InfluxqlException("invalid timestamp string");
            }
        } catch (DateTimeException notADate) {
            throw new InfluxqlException("invalid timestamp string");
        }
        return toNanos(instant);
    }

    private static LocalDateTime local(Matcher matcher) {
        String fraction = matcher.group(7);
        return LocalDateTime.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                number(matcher.group(4)),
                number(matcher.group(5)),
                number(matcher.group(6)),
                fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9)));
    }

    private static int number(String group) {
        return group == null ? 0 : Integer.parseInt(group.strip());
    }

    private static long toNanos(Instant instant) {
        try {
            long nanos = Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
            if (nanos >= TimeRange.MIN_TIMESTAMP && nanos <= TimeRange.MAX_TIMESTAMP) {
                return nanos;
            }
        } catch (ArithmeticException outside) {
            // Reported below.
        }
        String shown = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(ZonedDateTime.ofInstant(instant, ZoneOffset.UTC));
        throw new InfluxqlException(
                "time " + shown + (instant.getEpochSecond() > 0 ? " overflows" : " underflows") + " time literal");
    }
}
