package dev.sluice.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether two answers say the same. Their texts may differ in the last digits of numbers, which depend on the order of a
 * sum, and in the order of rows, which is anyone's choice where they have the same time. InfluxDB before 1.7 marks a series of
 * more than 10,000 rows as partial though it is whole.
 */
final class Answers {

    private static final Pattern TOKEN = Pattern.compile("-?[0-9][0-9.eE+-]*|\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\"0-9-]+");
    private static final Pattern ROW_END = Pattern.compile("[\\[\\]]+,?");
    private static final double TOLERANCE = 1e-9;

    private Answers() {}

    static boolean same(String one, String other) {
        String a = withoutPartial(one);
        String b = withoutPartial(other);
        return a.equals(b) || sameTokens(a, b) || sameTokens(sortedRows(a), sortedRows(b));
    }

    private static String withoutPartial(String answer) {
        return answer.replace(",\"partial\":true", "");
    }

    private static String sortedRows(String answer) {
        return Stream.of(ROW_END.split(answer)).sorted().collect(Collectors.joining());
    }

    private static boolean sameTokens(String a, String b) {
        Matcher left = TOKEN.matcher(a);
        Matcher right = TOKEN.matcher(b);
        while (left.find()) {
            if (!right.find() || !sameToken(left.group(), right.group())) {
                return false;
            }
        }
        return !right.find();
    }

    private static boolean sameToken(String a, String b) {
        if (a.equals(b)) {
            return true;
        }
        if (!isNumber(a) || !isNumber(b)) {
            return false;
        }
        double x = Double.parseDouble(a);
        double y = Double.parseDouble(b);
        return Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
    }

    private static boolean isNumber(String token) {
        return token.charAt(0) == '-' || Character.isDigit(token.charAt(0));
    }
}
