package dev.sluice.differential;

import static dev.sluice.differential.IntendedDifference.inData;
import static dev.sluice.differential.IntendedDifference.inWords;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Differences in what becomes of written points, and of points to be deleted. */
final class WriteDifferences {

    static final List<IntendedDifference> ALL = List.of(
            inData("a field that one write gives two types, when it is new", WriteDifferences::isOfTwoTypes),
            inData(
                    "unknown `precision` of a write",
                    exchange -> exchange.request().path().equals("/write")
                            && !WriteDifferences.PRECISIONS.contains(
                                    exchange.request().parameters().getOrDefault("precision", ""))
                            && exchange.ours().status() == 400
                            && exchange.ours().body().startsWith("{\"error\":\"invalid precision ")),
            inWords("which field a partial write names, when several are refused", WriteDifferences::namesAnother),
            inWords("series whose points are all deleted", WriteDifferences::beginsAnotherKey),
            inWords(
                    "the shard that an error of DELETE and DROP SERIES names",
                    exchange -> exchange.request().asks("\\b(DELETE|DROP\\s+SERIES)\\b")
                            && withoutShard(exchange.reference()).equals(withoutShard(exchange.ours()))));

    private static final Set<String> PRECISIONS = Set.of("", "n", "ns", "u", "ms", "s", "m", "h");

    private static final Pattern DROPPED = Pattern.compile(
            "partial write: (?:field type conflict|invalid field name|invalid tag key): .* dropped=(\\d+)");

    private static final Pattern CONFLICT =
            Pattern.compile("\"partial write: field type conflict: input field \\\\\"(.*?)\\\\\" on measurement");

    private WriteDifferences() {}

    /** One write gives the field that is named a number, a text or a boolean, and then another of these. */
    private static boolean isOfTwoTypes(Exchange exchange) {
        Matcher named = CONFLICT.matcher(exchange.ours().body());
        if (exchange.request().isQuery() || !named.find()) {
            return false;
        }
        Pattern value = Pattern.compile(Pattern.quote(named.group(1).replace(" ", "\\ ")) + "=([^, ]+)");
        long types = value.matcher(exchange.request().body())
                .results()
                .map(found -> typeOf(found.group(1)))
                .distinct()
                .count();
        return types > 1 && exchange.reference().body().contains("field type conflict");
    }

    private static String typeOf(String value) {
        if (value.startsWith("\"")) {
            return "string";
        }
        return value.matches("[tTfF].*") ? "boolean" : value.endsWith("i") ? "integer" : "float";
    }

    /** Both refuse equally many points for the same reason. */
    private static boolean namesAnother(Exchange exchange) {
        Matcher theirs = DROPPED.matcher(exchange.reference().body());
        Matcher own = DROPPED.matcher(exchange.ours().body());
        return theirs.find() && own.find() && theirs.group(1).equals(own.group(1));
    }

    /** The reference lists a series without points when its key begins that of another. */
    private static boolean beginsAnotherKey(Exchange exchange) {
        if (!exchange.request().asks("^SHOW SERIES; SHOW FIELD KEYS$") || !exchange.bothSucceed()) {
            return false;
        }
        List<String> theirs = keys(exchange.reference());
        List<String> own = keys(exchange.ours());
        return theirs.containsAll(own)
                && theirs.stream()
                        .filter(key -> !own.contains(key))
                        .allMatch(key -> theirs.stream().anyMatch(other -> other.startsWith(key + ",")))
                && GhostSeries.leaveFieldsOf(exchange);
    }

    private static List<String> keys(Answer answer) {
        return JsonAnswers.results(answer).stream()
                .limit(1)
                .flatMap(result -> result.path("series").values().stream())
                .flatMap(series -> series.path("values").values().stream())
                .map(row -> row.path(0).asString(""))
                .toList();
    }

    private static String withoutShard(Answer answer) {
        return answer.body()
                .replaceAll("shard \\d+: fields not supported in WHERE", "shard #: fields not supported in WHERE");
    }
}
