package dev.sluice.influxql;

import java.math.BigDecimal;

/** Durations as InfluxQL and as Go write them. */
public final class Durations {

    private static final long NANOSECOND = 1L;
    private static final long MICROSECOND = 1_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;

    private static final long[] UNITS = {WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND};
    private static final String[] UNIT_NAMES = {"w", "d", "h", "m", "s", "ms", "u"};

    private Durations() {}

    /**
     * Reads a duration such as {@code 1h30m}.
     *
     * @throws InfluxqlException {@code invalid duration} or {@code overflowed duration …}
     */
    public static long parse(String text) {
        long total = 0;
        boolean overflows = false;
        int last = 0;
        int i = 0;
        boolean negative = text.startsWith("-");
        if (negative || text.startsWith("+")) {
            i++;
        }
        if (i == text.length()) {
            throw new InfluxqlException("invalid duration");
        }
        while (i < text.length()) {
            int digits = i;
            while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                i++;
            }
            if (i == digits || i == text.length()) {
                throw new InfluxqlException("invalid duration");
            }
            String number = text.substring(digits, i);
            last = digits;
            long unit;
            switch (text.charAt(i++)) {
                case 'n' -> {
                    if (i == text.length() || text.charAt(i++) != 's') {
                        throw new InfluxqlException("invalid duration");
                    }
                    unit = NANOSECOND;
                }
                case 'u', 'µ' -> unit = MICROSECOND;
                case 'm' -> {
                    boolean milliseconds = i < text.length() && text.charAt(i) == 's';
                    i += milliseconds ? 1 : 0;
                    unit = milliseconds ? MILLISECOND : MINUTE;
                }
                case 's' -> unit = SECOND;
                case 'h' -> unit = HOUR;
                case 'd' -> unit = DAY;
                case 'w' -> unit = WEEK;
                default -> throw new InfluxqlException("invalid duration");
            }
            long count;
            try {
                count = Long.parseLong(number);
            } catch (NumberFormatException tooLarge) {
                throw new InfluxqlException("invalid duration");
            }
            long length = count * unit;
            overflows |= Math.multiplyHigh(count, unit) != length >> 63 || total + length < 0;
            total += length;
        }
        // Only now: what is no duration at all is called so, however long it is. InfluxDB names the last part.
        if (overflows) {
            throw new InfluxqlException(
                    "overflowed duration " + text.substring(last) + ": choose a smaller duration or INF");
        }
        return negative ? -total : total;
    }

    /** The InfluxQL form: a whole number of the largest unit that divides evenly, {@code 0s} for zero. */
    public static String format(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        for (int i = 0; i < UNITS.length; i++) {
            if (nanos % UNITS[i] == 0) {
                return nanos / UNITS[i] + UNIT_NAMES[i];
            }
        }
        return nanos + "ns";
    }

    /** The form Go prints, such as {@code 168h0m0s}, {@code 1.5s} or {@code 20µs}. */
    public static String formatGo(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        long rest = Math.abs(nanos);
        if (rest < MICROSECOND) {
            return sign + rest + "ns";
        }
        if (rest < MILLISECOND) {
            return sign + decimal(rest, 3) + "µs";
        }
        if (rest < SECOND) {
            return sign + decimal(rest, 6) + "ms";
        }
        long hours = rest / HOUR;
        long minutes = rest % HOUR / MINUTE;
        String seconds = decimal(rest % MINUTE, 9) + "s";
        if (hours > 0) {
            return sign + hours + "h" + minutes + "m" + seconds;
        }
        return sign + (minutes > 0 ? minutes + "m" : "") + seconds;
    }

    private static String decimal(long value, int scale) {
        BigDecimal decimal = BigDecimal.valueOf(value, scale);
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
