package dev.sluice.differential;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows statements that would make a server count through fifty years of small windows: influxd dies of them, as its limit
 * holds neither for inner SELECTs nor without a lower bound of time.
 */
final class Windows {

    private static final Pattern WINDOW = Pattern.compile("(?i)\\btime\\s*\\(\\s*(\\d+(?:ns|ms|u|µ|[smhdw])\\b)?");
    private static final Pattern LONG = Pattern.compile("(?i)\\d+[dw]|[1-9]\\d*h");
    private static final Pattern LOWER = Pattern.compile("(?i)\\btime\\s*(>|=)|(<|[^<>!=]=)=?\\s*time\\b(?!\\s*\\()");
    private static final Pattern UPPER =
            Pattern.compile("(?i)\\btime\\s*(<(?!>)|=)|(>|[^<>!=]=)=?\\s*time\\b(?!\\s*\\()");

    private Windows() {}

    /** Whether each window is long, or there are as many lower and upper bounds of time as there are windows. */
    static boolean areBounded(String statement) {
        int windows = 0;
        boolean allLong = true;
        Matcher window = WINDOW.matcher(statement);
        while (window.find()) {
            windows++;
            String interval = window.group(1);
            if (interval == null || interval.matches("(?i)\\d+(ns|u|µ)")) {
                return false;
            }
            allLong &= LONG.matcher(interval).matches();
        }
        return allLong || (count(LOWER, statement) >= windows && count(UPPER, statement) >= windows);
    }

    static boolean haveLowerBound(String statement) {
        return count(LOWER, statement) > 0;
    }

    private static int count(Pattern pattern, String text) {
        return (int) pattern.matcher(text).results().count();
    }
}
