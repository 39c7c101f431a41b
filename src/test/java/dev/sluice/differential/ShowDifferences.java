package dev.sluice.differential;

import static dev.sluice.differential.IntendedDifference.inWords;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Differences in SHOW statements about series. */
final class ShowDifferences {

    static final List<IntendedDifference> ALL = List.of(
            inWords("`SHOW SERIES` over several retention policies", ShowDifferences::listsEveryPolicy),
            inWords("`SHOW SERIES EXACT CARDINALITY`", ShowDifferences::countsSeriesOnce),
            inWords("`SHOW FIELD KEYS` in descending order", ShowDifferences::fieldsKeepTheirOrder));

    /** What stands in another policy than the default one. */
    private static final Set<String> OF_OTHER_POLICY = Set.of("cpu,host=z", "elsewhere,host=z");

    private static final String PAGE = "(?i)\\s+(LIMIT|OFFSET)\\s+\\d+";
    private static final String GROUPING = "(?is)\\s+GROUP\\s+BY\\s.*$";

    private ShowDifferences() {}

    /** Apart from the series of the other policy the lists are the same, and a page is a part of our list. */
    private static boolean listsEveryPolicy(Exchange exchange) {
        if (!exchange.request().asks("^\\s*SHOW\\s+SERIES\\b(?!\\s+(EXACT|CARDINALITY))") || !exchange.bothSucceed()) {
            return false;
        }
        Exchange plain = exchange.plain();
        Request whole = plain.request().asking(plain.request().body().replaceAll(PAGE, ""));
        Exchange unpaged = plain.again(whole);
        List<String> all = keys(unpaged.ours());
        boolean otherAsked =
                Dataset.OTHER_POLICY.equals(plain.request().parameters().get("rp"));
        return all.stream().anyMatch(OF_OTHER_POLICY::contains)
                && keys(unpaged.reference())
                        .equals(all.stream()
                                .filter(key -> OF_OTHER_POLICY.contains(key) == otherAsked)
                                .toList())
                && keys(plain.ours()).equals(page(all, plain.request().body()));
    }

    /**
     * Only numbers in rows of one number differ, ours are not greater, and where the groups are disjoint they add up to
     * what SHOW SERIES lists.
     */
    private static boolean countsSeriesOnce(Exchange exchange) {
        if (!exchange.request().asks("^\\s*SHOW\\s+SERIES\\s+(EXACT\\s+)?CARDINALITY") || !exchange.bothSucceed()) {
            return false;
        }
        Exchange plain = exchange.plain();
        List<JsonNode> theirs = JsonAnswers.rows(plain.reference());
        List<JsonNode> own = JsonAnswers.rows(plain.ours());
        if (theirs.size() != own.size() || !withoutCounts(plain.reference()).equals(withoutCounts(plain.ours()))) {
            return false;
        }
        long sum = 0;
        for (int i = 0; i < own.size(); i++) {
            JsonNode count = own.get(i).path(own.get(i).size() - 1);
            if (count.asLong(0) > theirs.get(i).path(own.get(i).size() - 1).asLong(0)) {
                return false;
            }
            sum += count.asLong(0);
        }
        String statement = plain.request().body();
        if (statement.matches("(?is).*\\b(OFFSET|LIMIT)\\b.*")) {
            return true;
        }
        String list = statement.replaceFirst("(?i)(EXACT\\s+)?CARDINALITY", "").replaceFirst(GROUPING, "");
        List<String> listed = keys(plain.again(plain.request().asking(list)).ours());
        // Where no policy is named, the default one is counted, and all of them are listed.
        return sum == listed.size()
                || sum
                        == listed.stream()
                                .filter(key -> !OF_OTHER_POLICY.contains(key))
                                .count();
    }

    /** The same fields; the order of the reference's measurements depends on how a heap was filled. */
    private static boolean fieldsKeepTheirOrder(Exchange exchange) {
        if (!exchange.request().asks("^\\s*SHOW\\s+FIELD\\s+KEYS\\b.*\\bORDER\\s+BY\\b.*\\bDESC")
                || !exchange.bothSucceed()) {
            return false;
        }
        Exchange plain = exchange.plain();
        Exchange unpaged =
                plain.again(plain.request().asking(plain.request().body().replaceAll(PAGE, "")));
        return sortedFields(unpaged.reference()).equals(sortedFields(unpaged.ours()));
    }

    private static List<String> sortedFields(Answer answer) {
        return JsonAnswers.series(answer).stream()
                .flatMap(series -> series.path("values").values().stream().map(row -> series.path("name") + " " + row))
                .sorted()
                .toList();
    }

    private static String withoutCounts(Answer answer) {
        return answer.body().replaceAll("(\"values\":\\[\\[(?:\\d+,|\"[^\"]*\",)?)\\d+\\]\\]", "$1#]]");
    }

    private static List<String> keys(Answer answer) {
        return JsonAnswers.rows(answer).stream()
                .map(row -> row.path(0).asString(""))
                .toList();
    }

    private static List<String> page(List<String> all, String statement) {
        long limit = number(statement, "LIMIT");
        return all.stream()
                .skip(Math.max(0, number(statement, "OFFSET")))
                .limit(limit <= 0 ? Long.MAX_VALUE : limit)
                .toList();
    }

    private static long number(String statement, String clause) {
        String value = statement.replaceFirst("(?is)^.*\\s" + clause + "\\s+(\\d+).*$", "$1");
        return value.equals(statement) ? -1 : Long.parseLong(value);
    }
}
