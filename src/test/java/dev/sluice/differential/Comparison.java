package dev.sluice.differential;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Judges the two answers to a request. Differences that are on purpose are named; docs/compatibility.md gives the reasons.
 */
final class Comparison {

    /** A difference that is on purpose. */
    private record Rule(String name, Test test) {

        private interface Test {
            boolean explains(Request request, Answer reference, Answer ours);
        }
    }

    private static final Pattern SEVERAL = Pattern.compile(";\\s*\\S");

    private static final Pattern DIGITS = Pattern.compile("[0-9]");

    private static final List<Rule> INTENDED = List.of(
            new Rule(
                    "statements after a failed one",
                    (request, reference, ours) ->
                            SEVERAL.matcher(request.body()).find()
                                    && reference.body().contains("not executed")
                                    && ours.body().contains("not executed")),
            new Rule(
                    "infinite numbers are null",
                    (request, reference, ours) -> reference.body().startsWith("json: error calling MarshalJSON")
                            || reference.body().contains("unsupported value: ")),
            new Rule(
                    "numbers within printed statements",
                    (request, reference, ours) -> shortNumbers(reference.body()).equals(shortNumbers(ours.body()))),
            new Rule(
                    "a panic of the reference",
                    (request, reference, ours) -> reference.body().contains(" [panic:")
                            && !ours.body().contains("[panic:")),
            new Rule(
                    "newer options FUTURE and PAST",
                    (request, reference, ours) -> ours.status() == 400
                            && withoutNewOptions(ours.body()).equals(reference.body())),
            new Rule(
                    "newer forms of SHOW MEASUREMENTS and SHOW TAG KEYS",
                    (request, reference, ours) -> reference.status() == 400
                            && ours.status() == 200
                            && Pattern.compile("(?i)SHOW\\s+(MEASUREMENTS|TAG\\s+KEYS)")
                                    .matcher(request.body())
                                    .find()),
            new Rule(
                    "SHOW SERIES lists every policy's series, as with the index inmem",
                    (request, reference, ours) -> request.body().matches("(?is).*SHOW\\s+SERIES(?!.*CARDINALITY).*")
                            && (ours.body().contains(",host=z")
                                    || request.body().matches("(?is).*(LIMIT|OFFSET).*"))
                            && reference.status() == ours.status()
                            && !ours.body().contains("error")),
            new Rule(
                    "series are counted once, not once a shard",
                    (request, reference, ours) -> request.body().matches("(?is).*SHOW\\s+SERIES.*CARDINALITY.*")
                            && (reference.type().equals("application/x-msgpack")
                                    || DIGITS.matcher(reference.body())
                                            .replaceAll("")
                                            .equals(DIGITS.matcher(ours.body()).replaceAll("")))),
            new Rule(
                    "two types of a new field in one request: a partial write",
                    (request, reference, ours) -> reference.body().strip().equals("{\"error\":\"field type conflict\"}")
                            && ours.body().contains("partial write: field type conflict")),
            new Rule(
                    "unknown precisions are refused",
                    (request, reference, ours) ->
                            ours.status() == 400 && ours.body().contains("invalid precision")),
            new Rule(
                    "a refused point leaves no series behind",
                    (request, reference, ours) -> request.body().startsWith("SHOW SERIES; SHOW FIELD KEYS")
                            && ours.body().length() < reference.body().length()
                            && reference.body().endsWith(secondResult(ours.body()))),
            new Rule(
                    "rows of several series at the same time have no order",
                    (request, reference, ours) -> reference.status() == ours.status()
                            && reference.body().length() == ours.body().length()
                            && rows(reference.body()).equals(rows(ours.body()))),
            new Rule(
                    "which of several refused fields is named",
                    (request, reference, ours) -> reference.body().contains("partial write: field type conflict")
                            && ours.body().contains("partial write: field type conflict")),
            new Rule(
                    "OFFSET without LIMIT",
                    (request, reference, ours) -> request.body().matches("(?is).*\\bOFFSET [1-9].*")
                            && !request.body().matches("(?is).*\\bLIMIT [1-9].*")
                            && ours.body().length() > reference.body().length()),
            new Rule(
                    "the shard named by an error",
                    (request, reference, ours) -> reference.body().contains("fields not supported in WHERE clause")
                            && ours.body().contains("fields not supported in WHERE clause")),
            new Rule(
                    "the number of windows until now",
                    (request, reference, ours) -> reference.body().contains("max-select-buckets limit exceeded")
                            && ours.body().contains("max-select-buckets limit exceeded")),
            new Rule(
                    "the last digit of a number that is not exact",
                    (request, reference, ours) ->
                            reference.status() == ours.status() && LongNumbers.areClose(reference.body(), ours.body())),
            new Rule(
                    "the order of keys in MessagePack",
                    (request, reference, ours) -> reference.type().equals("application/x-msgpack")
                            && reference.status() == ours.status()
                            && sorted(reference.body()).equals(sorted(ours.body()))),
            new Rule(
                    "the replication in CSV, which the reference prints as the column's name",
                    (request, reference, ours) -> reference.type().equals("text/csv")
                            && reference
                                    .body()
                                    .replace(",replicaN,", ",1,")
                                    .equals(ours.body().replace(",replicaN,", ",1,"))),
            new Rule(
                    "abs() of a negative integer",
                    (request, reference, ours) -> reference.status() == 200
                            && request.body().matches("(?is).*\\babs\\(.*")
                            && reference
                                    .body()
                                    .replace("-", "")
                                    .equals(ours.body().replace("-", ""))));

    /** A number with a fraction, as it is printed within a statement. */
    private static final Pattern FRACTION = Pattern.compile("(\\d+\\.\\d+?)0+(?!\\d)");

    private Comparison() {}

    static Verdict judge(Request request, Answer reference, Answer ours) {
        if (reference.equals(ours)) {
            return Verdict.EQUAL;
        }
        return INTENDED.stream()
                .filter(rule -> rule.test().explains(request, reference, ours))
                .findFirst()
                .map(rule -> Verdict.intended(rule.name()))
                .orElse(Verdict.DIFFERENT);
    }

    /** The rows of an answer in JSON or CSV, sorted. */
    private static List<String> rows(String body) {
        return Arrays.stream(body.split("\n|\\],\\[|\\[\\[|\\]\\]")).sorted().toList();
    }

    private static String secondResult(String body) {
        return body.substring(Math.max(0, body.indexOf("{\"statement_id\":1")));
    }

    private static String sorted(String text) {
        return text.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String shortNumbers(String text) {
        return FRACTION.matcher(text).replaceAll("$1");
    }

    private static String withoutNewOptions(String text) {
        return text.replace(", FUTURE, PAST", "");
    }
}
