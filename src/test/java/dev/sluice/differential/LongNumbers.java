package dev.sluice.differential;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares texts in which only the last digits of long numbers differ, as those of sums do that were added up in another order.
 */
final class LongNumbers {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(?:e[+-]\\d+)?|-?\\d{15,}");
    private static final double TOLERANCE = 1e-12;

    private LongNumbers() {}

    static boolean areClose(String one, String other) {
        Matcher a = NUMBER.matcher(one);
        Matcher b = NUMBER.matcher(other);
        int endOfA = 0;
        int endOfB = 0;
        while (true) {
            boolean more = a.find();
            if (more != b.find()) {
                return false;
            }
            int startOfA = more ? a.start() : one.length();
            int startOfB = more ? b.start() : other.length();
            if (!one.substring(endOfA, startOfA).equals(other.substring(endOfB, startOfB))) {
                return false;
            }
            if (!more) {
                return true;
            }
            if (!isClose(a.group(), b.group())) {
                return false;
            }
            endOfA = a.end();
            endOfB = b.end();
        }
    }

    private static boolean isClose(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        if (!one.contains(".") && !other.contains(".")) {
            return false;
        }
        double x = Double.parseDouble(one);
        double y = Double.parseDouble(other);
        return Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
    }
}
