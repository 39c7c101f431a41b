package dev.sluice.server;

/**
 * The value of {@code enqueued-write-timeout}. It is the one duration of {@code influxdb.conf} that InfluxDB reads as a
 * bare number of nanoseconds; a duration with a unit is taken too, because that is what everybody writes first.
 *
 * @param nanos the length in nanoseconds, not negative; 0 for no limit
 */
public record EnqueuedTimeout(long nanos) {

    private static final String ALLOWED = "a whole number of nanoseconds, or a duration such as 30s";

    public EnqueuedTimeout {
        if (nanos < 0) {
            throw new IllegalArgumentException(ALLOWED);
        }
    }

    /**
     * Reads a value; Spring's conversion finds this method by its name.
     *
     * @throws IllegalArgumentException whose message says what is allowed
     */
    public static EnqueuedTimeout valueOf(String text) {
        String trimmed = text.strip();
        boolean digitsOnly = !trimmed.isEmpty() && trimmed.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            return new EnqueuedTimeout(
                    digitsOnly
                            ? Long.parseLong(trimmed)
                            : InfluxDuration.valueOf(trimmed).nanos());
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(ALLOWED, refused);
        }
    }
}
