package dev.sluice.server;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as {@code influxdb.conf} writes it, which is Go's way: {@code 10s}, {@code 1h30m}, {@code 1.5h}, {@code 0},
 * and {@code 5d}, which 1.12.3 added. Spring's own reading of {@link Duration} would take a bare number for milliseconds where InfluxDB refuses it.
 *
 * @param nanos the length in nanoseconds, not negative
 */
public record InfluxDuration(long nanos) {

    private static final String ALLOWED = "a duration such as 10s, 1h30m or 100ms (units d, h, m, s, ms, us, ns), or 0";
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d)");
    private static final Map<String, Long> UNIT_NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00b5s", 1_000L,
            "\u03bcs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    public InfluxDuration {
        if (nanos < 0) {
            throw new IllegalArgumentException(ALLOWED);
        }
    }

    /**
     * Reads a duration; Spring's conversion finds this method by its name.
     *
     * @throws IllegalArgumentException whose message says what is allowed
     */
    public static InfluxDuration valueOf(String text) {
        String trimmed = text.strip();
        if (trimmed.equals("0")) {
            return new InfluxDuration(0);
        }
        Matcher part = PART.matcher(trimmed);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (end < trimmed.length() && part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unitNanos(part.group(2)))));
            end = part.end();
        }
        if (trimmed.isEmpty() || end < trimmed.length()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("a duration of at most 292 years");
        }
        return new InfluxDuration(nanos.longValue());
    }

    private static long unitNanos(String unit) {
        return UNIT_NANOS.getOrDefault(unit, 1L);
    }

    public boolean isZero() {
        return nanos == 0;
    }

    public Duration toDuration() {
        return Duration.ofNanos(nanos);
    }
}
