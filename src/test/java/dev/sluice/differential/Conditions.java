package dev.sluice.differential;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Draws WHERE clauses over a table. Texts begin with a blank where they are not empty. */
final class Conditions {

    private static final DateTimeFormatter SPACED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** From here on a table is asked in windows of hours. */
    private static final long LONG_SPAN_SECONDS = 7 * 86_400L;

    private final Choice choice;
    private final Table table;

    Conditions(Choice choice, Table table) {
        this.choice = choice;
        this.table = table;
    }

    /** A condition on tags, or none. */
    String onTags(int percent) {
        return choice.maybe(percent, () -> " WHERE " + tagExpression(2));
    }

    /** A condition on tags and perhaps times, or none. */
    String onTagsAndTimes(int percent) {
        return choice.maybe(percent, () -> " WHERE " + (choice.chance(20) ? time() : tagExpression(2)));
    }

    /** A condition on fields, tags and times, or none. */
    String any() {
        return switch (choice.below(6)) {
            case 0, 1 -> "";
            case 2 -> " WHERE " + (choice.chance(15) ? time() : range());
            case 3 -> " WHERE " + range() + " AND " + expression(2);
            case 4 -> " WHERE " + expression(2) + (choice.chance(30) ? " OR " : " AND ") + time();
            default -> " WHERE " + expression(2);
        };
    }

    /**
     * A condition with the bounds that grouping by time needs: both, or only the upper one, as windows begin with the first
     * point then. Of tables with long windows it may be any.
     */
    String bounded() {
        String bounds = range();
        if (choice.chance(10)) {
            bounds = table.spanSeconds() > LONG_SPAN_SECONDS
                    ? time()
                    : "time " + choice.of("<", "<=") + " " + moment(choice.between(50, 110));
        }
        return " WHERE " + bounds + choice.maybe(30, () -> " AND " + expression(1));
    }

    /** Only a lower bound. With small windows that is more than a server allows. */
    String boundedBelow() {
        return " WHERE time " + choice.of(">", ">=") + " " + moment(choice.below(60));
    }

    private String range() {
        return "time " + choice.of(">", ">=") + " " + moment(choice.chance(50) ? 0 : choice.below(60)) + " AND time "
                + choice.of("<", "<=") + " " + moment(choice.chance(50) ? 100 : choice.between(50, 110));
    }

    private String time() {
        String moment = moment(choice.between(-5, 110));
        return choice.chance(10)
                ? moment + " " + choice.of("<", "<=", ">", ">=") + " time"
                : "time " + choice.of("<", "<=", ">", ">=", "=") + " " + moment + choice.maybe(5, () -> " - 1s");
    }

    /** A point in the table's time, in one of the ways to write it. */
    private String moment(int percent) {
        long seconds = table.startSeconds() + table.spanSeconds() * percent / 100;
        return switch (choice.below(6)) {
            case 0 -> seconds + "s";
            case 1 -> seconds + "000ms";
            case 2 -> seconds + "000000000";
            case 3 -> "'" + SPACED.format(Instant.ofEpochSecond(seconds)) + "'";
            default -> "'" + Instant.ofEpochSecond(seconds) + "'";
        };
    }

    private String tagExpression(int depth) {
        if (depth > 0 && choice.chance(25)) {
            return tagExpression(depth - 1) + choice.of(" AND ", " OR ") + tagExpression(depth - 1);
        }
        if (depth > 0 && choice.chance(10)) {
            return "(" + tagExpression(depth - 1) + ")";
        }
        return choice.chance(4) ? "_name " + choice.of("=", "!=") + " '" + table.name() + "'" : tagComparison();
    }

    private String tagComparison() {
        String tag = table.tag(choice);
        if (choice.chance(40)) {
            return tag + choice.of(" =~ ", " !~ ") + regex();
        }
        return tag + choice.of(" = ", " = ", " != ", " <> ") + (choice.chance(15) ? "''" : tagValue());
    }

    private String tagValue() {
        return "'" + choice.of(table.tagValues()).replace("'", "\\'") + "'";
    }

    private String regex() {
        String value = choice.of(table.tagValues());
        return switch (choice.below(7)) {
            case 0 -> "/.*/";
            case 1 -> "/.+/";
            case 2 -> "/^$/";
            case 3 -> "/^" + value + "$/";
            case 4 -> "/^(" + value + "|" + choice.of(table.tagValues()) + ")$/";
            case 5 -> "/[a-c1]/";
            default -> "/" + value.charAt(0) + "/";
        };
    }

    private String expression(int depth) {
        if (depth > 0 && choice.chance(30)) {
            return expression(depth - 1) + choice.of(" AND ", " AND ", " OR ") + expression(depth - 1);
        }
        if (depth > 0 && choice.chance(10)) {
            return "(" + expression(depth - 1) + ")";
        }
        return switch (choice.below(20)) {
            case 0 -> choice.of("true", "false", "1 = 1", "1 > 2");
            case 1, 2, 3, 4, 5 -> tagComparison();
            case 6, 7 ->
                table.texts().isEmpty()
                        ? tagComparison()
                        : Table.quote(choice, choice.of(table.texts()))
                                + choice.of(" = 'x'", " = 'alpha'", " != 'beta'", " =~ /a/", " !~ /^a/", " = ''");
            case 8, 9 ->
                table.booleans().isEmpty()
                        ? tagComparison()
                        : Table.quote(choice, choice.of(table.booleans()))
                                + choice.of(" = ", " != ")
                                + choice.of("true", "false");
            case 10 ->
                table.number(choice)
                        + choice.of(" + ", " - ", " * ", " / ", " % ")
                        + choice.between(1, 4)
                        + choice.of(" > ", " <= ", " = ")
                        + choice.between(-5, 20);
            case 11 -> table.number(choice) + choice.of(" > ", " < ", " = ", " != ") + table.number(choice);
            case 12 -> table.anyColumn(choice) + choice.of(" = ", " > ", " != ") + choice.of("'1'", "1", "true", "x");
            default ->
                table.number(choice)
                        + choice.of(" > ", " >= ", " < ", " <= ", " = ", " != ")
                        + choice.of("0", "1", "2.5", "-3", "5", "10", "14.75");
        };
    }
}
