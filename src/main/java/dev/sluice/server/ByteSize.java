package dev.sluice.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size as {@code influxdb.conf} writes it: a number of bytes, or a number with {@code k}, {@code m} or {@code g} in
 * either case, each 1024 times the one before.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) {

    private static final String ALLOWED = "a number of bytes, or a number with k, m or g (1024 times the one before)";
    private static final Pattern FORM = Pattern.compile("(\\d{1,19})([kKmMgG]?)");

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException(ALLOWED);
        }
    }

    /**
     * Reads a size; Spring's conversion finds this method by its name.
     *
     * @throws IllegalArgumentException whose message says what is allowed
     */
    public static ByteSize valueOf(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(form.group(1)), factor(form.group(2))));
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw new IllegalArgumentException("a size of less than 2^63 bytes", tooLarge);
        }
    }

    private static long factor(String suffix) {
        if (suffix.isEmpty()) {
            return 1;
        }
        return switch (Character.toLowerCase(suffix.charAt(0))) {
            case 'k' -> 1L << 10;
            case 'm' -> 1L << 20;
            default -> 1L << 30;
        };
    }
}
