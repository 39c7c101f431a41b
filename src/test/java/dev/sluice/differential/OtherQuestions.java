package dev.sluice.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites a SELECT into another one, whose answer tells why two answers to the first differ. */
final class OtherQuestions {

    private static final String ITEM =
            "(?:time\\s*\\([^()]*(?:\\(\\))?[^()]*\\)|\\*|/(?:[^/\\\\]|\\\\.)*/|\"(?:[^\"\\\\]|\\\\.)*\"|\\w+)";
    private static final Pattern GROUPING =
            Pattern.compile("(?i)\\bGROUP\\s+BY\\s+(" + ITEM + "(?:\\s*,\\s*" + ITEM + ")*)");
    private static final Pattern ITEMS = Pattern.compile("(?i)" + ITEM);
    private static final Pattern INNER = Pattern.compile("(?i)\\(\\s*SELECT\\b");
    private static final Pattern TAIL =
            Pattern.compile("(?i)\\s+(fill\\s*\\(|ORDER\\s+BY|S?LIMIT\\s|S?OFFSET\\s|tz\\s*\\()");
    private static final Pattern LOWER_BOUND =
            Pattern.compile("(?i)\\btime\\s*>=?\\s*('[^']*'|\\d+\\w*)(\\s*-\\s*1s)?");
    private static final String PAGES = "(?i)\\s+S?(LIMIT|OFFSET)\\s+\\d+";

    private OtherQuestions() {}

    private static List<String> items(String list) {
        List<String> items = new ArrayList<>();
        Matcher item = ITEMS.matcher(list);
        while (item.find()) {
            items.add(item.group());
        }
        return items;
    }

    private static boolean isTime(String item) {
        return item.toLowerCase(Locale.ROOT).matches("(?s)time\\s*\\(.*");
    }

    /** Every GROUP BY names each tag once. */
    static String withoutRepeatedTags(String statement) {
        Matcher grouping = GROUPING.matcher(statement);
        StringBuilder rewritten = new StringBuilder();
        while (grouping.find()) {
            Set<String> kept = new LinkedHashSet<>();
            List<String> items = items(grouping.group(1));
            for (String item : items) {
                if (isTime(item) || item.equals("*") || !items.contains("*")) {
                    kept.add(item);
                }
            }
            grouping.appendReplacement(rewritten, Matcher.quoteReplacement("GROUP BY " + String.join(", ", kept)));
        }
        return grouping.appendTail(rewritten).toString();
    }

    /** The tags that inner statements are grouped by, without time. */
    static Set<String> innerTags(String statement) {
        Set<String> tags = new LinkedHashSet<>();
        Matcher grouping = GROUPING.matcher(statement.substring(0, endOfSources(statement)));
        while (grouping.find()) {
            items(grouping.group(1)).stream().filter(item -> !isTime(item)).forEach(tags::add);
        }
        return tags;
    }

    /** The outermost statement keeps these tags apart and shows all of its rows. */
    static String groupedBy(String statement, Set<String> tags) {
        int end = endOfSources(statement);
        String inner = statement.substring(0, end);
        String outer = statement.substring(end).replaceAll(PAGES, "");
        String list = String.join(", ", tags);
        Matcher grouping = GROUPING.matcher(outer);
        if (grouping.find()) {
            String merged = "GROUP BY " + list + ", " + grouping.group(1);
            return withoutRepeatedTags(
                    inner + outer.substring(0, grouping.start()) + merged + outer.substring(grouping.end()));
        }
        Matcher tail = TAIL.matcher(outer);
        int at = tail.find() ? tail.start() : outer.length();
        return inner + outer.substring(0, at) + " GROUP BY " + list + outer.substring(at);
    }

    /** All rows of the outermost statement. */
    static String withoutPages(String statement) {
        int end = endOfSources(statement);
        return statement.substring(0, end) + statement.substring(end).replaceAll(PAGES, "");
    }

    /** Rows of the outermost statement in ascending order. */
    static String ascending(String statement) {
        return statement.replaceAll("(?i)\\s+ORDER\\s+BY\\s+(time\\s+)?(DESC|ASC)\\b", "");
    }

    /** A statement without inner ones, of what also fulfils a condition. */
    static String where(String statement, String condition) {
        Matcher where = Pattern.compile("(?i)\\bWHERE\\s").matcher(statement);
        if (where.find()) {
            return statement.substring(0, where.end()) + condition + " AND " + statement.substring(where.end());
        }
        Matcher behind = Pattern.compile("(?i)\\s+GROUP\\s+BY\\s").matcher(statement);
        Matcher tail = TAIL.matcher(statement);
        int at = behind.find() ? behind.start() : tail.find() ? tail.start() : statement.length();
        return statement.substring(0, at) + " WHERE " + condition + statement.substring(at);
    }

    /** The inner statements of the outermost one. */
    static List<String> innerStatements(String statement) {
        Matcher inner = INNER.matcher(statement);
        List<String> statements = new ArrayList<>();
        int end = 0;
        while (inner.find()) {
            if (inner.start() >= end) {
                end = closing(statement, inner.start());
                statements.add(statement.substring(inner.start() + 1, end - 1).strip());
            }
        }
        return statements;
    }

    /** The lower bound of time of the outermost statement over inner ones, as it is written. */
    static Optional<String> lowerBound(String statement) {
        Matcher bound = LOWER_BOUND.matcher(statement.substring(endOfSources(statement)));
        return bound.find() ? Optional.of(bound.group()) : Optional.empty();
    }

    /** The outermost statement over inner ones with another lower bound of time. */
    static String withLowerBound(String statement, long nanos) {
        int end = endOfSources(statement);
        return statement.substring(0, end)
                + LOWER_BOUND.matcher(statement.substring(end)).replaceFirst("time >= " + nanos);
    }

    /** Where the last inner statement ends; 0 without one. */
    private static int endOfSources(String statement) {
        Matcher inner = INNER.matcher(statement);
        int end = 0;
        while (inner.find()) {
            if (inner.start() >= end) {
                end = closing(statement, inner.start());
            }
        }
        return end;
    }

    /** Behind the parenthesis that closes the one at a place; texts and regular expressions do not count. */
    private static int closing(String statement, int opening) {
        int depth = 0;
        for (int i = opening; i < statement.length(); i++) {
            char c = statement.charAt(i);
            if (c == '\'' || c == '"') {
                i = endOfText(statement, i, c);
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return statement.length();
    }

    private static int endOfText(String statement, int from, char quote) {
        for (int i = from + 1; i < statement.length(); i++) {
            if (statement.charAt(i) == '\\') {
                i++;
            } else if (statement.charAt(i) == quote) {
                return i;
            }
        }
        return statement.length();
    }
}
