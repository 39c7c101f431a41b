package dev.sluice.differential;

import static dev.sluice.differential.IntendedDifference.inData;
import static dev.sluice.differential.IntendedDifference.inWords;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** Differences in the rows of SELECT. */
final class SelectDifferences {

    static final List<IntendedDifference> ALL = List.of(
            inWords(
                    "infinite numbers in an answer",
                    exchange -> exchange.ours().status() == 200
                            && exchange.ours().body().contains("null")
                            && (exchange.reference().body().startsWith("json: error calling MarshalJSON")
                                    || exchange.reference().body().contains("json: unsupported value: "))),
            inData(
                    "statements that make it panic",
                    exchange -> exchange.ours().body().contains("\"error\":")
                            && !exchange.ours().body().contains("[panic:")
                            && (exchange.reference().body().contains(" [panic:")
                                    // It does not where there is nothing to compute.
                                    || exchange.ours().body().contains("chande_momentum_oscillator period must be")
                                            && JsonAnswers.series(
                                                            exchange.plain().reference())
                                                    .isEmpty())),
            inData(
                    "`max-select-buckets` without a lower bound of time, or within an inner SELECT",
                    SelectDifferences::bucketsAreRefused),
            inWords(
                    "windows up to now(), which an error counts",
                    exchange -> exchange.request().asks("\\btime\\s*\\(")
                            && withoutBuckets(exchange.reference()).equals(withoutBuckets(exchange.ours()))),
            inWords("OFFSET without LIMIT", SelectDifferences::skipsOnlyWhatItSays),
            inWords("`abs` of a negative integer", SelectDifferences::signsAreLost),
            inWords(
                    "last digits of long sums",
                    exchange -> exchange.request().asks("\\w\\(")
                            && exchange.reference().status() == exchange.ours().status()
                            && LongNumbers.areClose(
                                    exchange.reference().body(), exchange.ours().body())),
            inWords(
                    "a transformation over a call when the statement has no lower bound of time but an upper one",
                    SelectDifferences::beginsBeforeTime),
            inWords("which of several calls an error names", SelectDifferences::errorsNameOtherCalls),
            inData("buckets with an offset and no lower bound of time", SelectDifferences::bucketsBeginAtTheEndOfTime),
            inData("the order of the groups of `integral`", SelectDifferences::areasComeInAnyOrder),
            inData(
                    "a call over an inner SELECT whose first bucket begins before the range",
                    SelectDifferences::earlyBucketsEndTheReference),
            inData(
                    "a call with buckets over an inner SELECT with tags and buckets",
                    SelectDifferences::bucketsComeSeveralTimes),
            inData("`sample` in descending order", SelectDifferences::descendingIsIgnored),
            inData("`_name` as a column", SelectDifferences::showsName),
            inData("a tag twice in GROUP BY", SelectDifferences::groupsTwiceByOneTag),
            inData(
                    "an inner SELECT with tags, buckets and a fill, or several calls",
                    SelectDifferences::innerBucketsAreMixedUp),
            inData("groups behind one that `percentile` has nothing of", SelectDifferences::groupsAreLost),
            inData("`fill(number)` among strings, booleans and tags", SelectDifferences::numbersStandAmongTexts),
            inWords("rows of several series at the same time", SelectDifferences::rowsOfOneTimeAreMixed),
            inWords("rows of several series at the same time", SelectDifferences::seriesByThemselvesAgree),
            inWords("which groups SLIMIT and SOFFSET keep", SelectDifferences::allGroupsAgree));

    /** More rows than any answer has; the reference honours an OFFSET beside it. */
    private static final String ALL_ROWS = " LIMIT 1000000 OFFSET ";

    private static final Pattern NEGATIVE = Pattern.compile("-(\\d+)(?![\\d.e])");

    private static final Pattern FILL = Pattern.compile("(?i)\\bfill\\(\\s*(-?\\d+(?:\\.\\d+)?)\\s*\\)");

    private static final String TRANSFORMATION =
            "(derivative|non_negative_derivative|difference|non_negative_difference"
                    + "|cumulative_sum|moving_average|elapsed|holt_winters|holt_winters_with_fit|exponential_moving_average"
                    + "|double_exponential_moving_average|triple_exponential_moving_average|triple_exponential_derivative"
                    + "|relative_strength_index|chande_momentum_oscillator|kaufmans_efficiency_ratio"
                    + "|kaufmans_adaptive_moving_average)";

    private static final String PAGES = "(?i)\\s+S?(LIMIT|OFFSET)\\s+\\d+";
    private static final String GROUPING = "(?is)\\s+GROUP\\s+BY\\s(?:(?!\\s+(?:fill\\(|ORDER\\s|tz\\()).)*";
    private static final Pattern TAIL = Pattern.compile("(?i)\\s+(fill\\(|ORDER\\s+BY|tz\\()");

    private SelectDifferences() {}

    /** The reference moves the beginning of the range without a word, and does not count in inner statements. */
    private static boolean bucketsAreRefused(Exchange exchange) {
        return exchange.ours().body().contains("\"error\":\"max-select-buckets limit exceeded: (")
                && !exchange.reference().body().contains("\"error\"")
                && (exchange.request().asks("\\(\\s*SELECT\\b")
                        || !Windows.haveLowerBound(exchange.request().body()));
    }

    private static String withoutBuckets(Answer answer) {
        return answer.body()
                .replaceAll("max-select-buckets limit exceeded: \\(\\d+/", "max-select-buckets limit exceeded: (#/");
    }

    /** With a LIMIT beside OFFSET, which changes nothing, the reference agrees. */
    private static boolean skipsOnlyWhatItSays(Exchange exchange) {
        if (!exchange.request().asks("\\b(SELECT|SHOW\\s+SERIES)\\b.*\\bOFFSET\\s+\\d") || !exchange.bothSucceed()) {
            return false;
        }
        String limited = exchange.request()
                .body()
                .replaceAll("(?i)\\s+LIMIT\\s+0+\\b", "")
                .replaceAll("(?i)(?<!LIMIT\\s{1,3}\\d{1,9})\\s+OFFSET\\s+(?=\\d)", ALL_ROWS);
        if (limited.equals(exchange.request().body())) {
            return false;
        }
        Exchange honoured = exchange.withReferenceTo(exchange.request().asking(limited));
        return Comparison.judge(honoured).outcome() != Verdict.Outcome.DIFFERENT;
    }

    /** Ours differs in nothing but the signs of some integers, which it does not have. */
    private static boolean signsAreLost(Exchange exchange) {
        if (!exchange.request().asks("\\babs\\(") || !exchange.bothSucceed()) {
            return false;
        }
        String own = exchange.ours().body();
        Matcher sign = NEGATIVE.matcher(exchange.reference().body());
        StringBuilder merged = new StringBuilder();
        int copied = 0;
        String theirs = exchange.reference().body();
        while (sign.find()) {
            merged.append(theirs, copied, sign.start());
            boolean kept = own.startsWith(sign.group(), merged.length());
            merged.append(kept ? sign.group() : sign.group(1));
            copied = sign.end();
        }
        return merged.append(theirs, copied, theirs.length()).toString().equals(own);
    }

    /** Both refuse the type of an argument, of different calls. */
    private static boolean errorsNameOtherCalls(Exchange exchange) {
        String named = "unsupported \\w+ iterator type";
        return exchange.request().asks("\\w\\(.*,.*\\w\\(")
                && exchange.ours().body().contains("\"error\":\"unsupported ")
                && exchange.reference()
                        .body()
                        .replaceAll(named, "")
                        .equals(exchange.ours().body().replaceAll(named, ""));
    }

    /** The first bucket of the reference is ours, and with a lower bound they agree in all. */
    private static boolean bucketsBeginAtTheEndOfTime(Exchange exchange) {
        return exchange.request().asks("\\bGROUP\\s+BY\\b.*\\btime\\s*\\([^,()]*,")
                && !exchange.request().asks("\\(\\s*SELECT\\b")
                && exchange.request().asks("\\bWHERE\\s")
                && !Windows.haveLowerBound(exchange.request().body())
                && exchange.bothSucceed()
                && agreeWithLowerBound(exchange);
    }

    private static boolean beginsBeforeTime(Exchange exchange) {
        return exchange.request().asks("\\b" + TRANSFORMATION + "\\(\\w+\\(.*\\bGROUP\\s+BY\\b.*\\btime\\(")
                && !exchange.request().asks("\\(\\s*SELECT\\b")
                && !Windows.haveLowerBound(exchange.request().body())
                && exchange.bothSucceed()
                && JsonAnswers.series(exchange.plain().reference()).isEmpty()
                && !exchange.reference().body().contains("error")
                && agreeWithLowerBound(exchange);
    }

    /** With a lower bound some time before the first row, which must not make too many buckets, both say the same. */
    private static boolean agreeWithLowerBound(Exchange exchange) {
        Request request = exchange.request();
        OptionalLong first = JsonAnswers.earliest(
                exchange.again(request.plain().with("epoch", "s")).ours());
        return first.isPresent()
                && LongStream.of(1, 60, 3_600, 86_400, 8_640_000)
                        .mapToObj(seconds -> "WHERE time >= " + (first.getAsLong() - seconds) + "s AND ")
                        .anyMatch(bounded -> agree(exchange, request.body().replaceFirst("(?i)\\bWHERE\\s", bounded)));
    }

    /**
     * Where rows of several series run into one transformation, or are cut off by a LIMIT, their order shows. Each series by
     * itself, and without the LIMIT, has the same answer.
     */
    private static boolean seriesByThemselvesAgree(Exchange exchange) {
        String body = exchange.request().body();
        boolean ordered = exchange.request().asks("\\b" + TRANSFORMATION + "\\(")
                || exchange.request().asks("\\bS?LIMIT\\s+[1-9]")
                || exchange.request().asks("\\bintegral\\(");
        if (!ordered
                || !exchange.bothSucceed()
                || !exchange.request().asks("^\\s*SELECT\\b")
                || exchange.request().asks("\\(\\s*SELECT\\b|;")) {
            return false;
        }
        if (exchange.request().asks("\\btime\\(")) {
            return exchange.request().asks("\\bintegral\\(")
                    && agree(
                            exchange, body.replaceAll(PAGES, "").replaceFirst("(?i)\\bGROUP\\s+BY\\s", "GROUP BY *, "));
        }
        String grouped = body.replaceAll(PAGES, "").replaceAll(GROUPING, "");
        Matcher tail = TAIL.matcher(grouped);
        int end = tail.find() ? tail.start() : grouped.length();
        return agree(exchange, grouped.substring(0, end) + " GROUP BY *" + grouped.substring(end));
    }

    /** Ours has what both have in ascending order. */
    private static boolean descendingIsIgnored(Exchange exchange) {
        Request request = exchange.request();
        if (!request.asks("\\bsample\\(.*\\bORDER\\s+BY\\b[^)]*\\bDESC\\b") || !exchange.bothSucceed()) {
            return false;
        }
        String all = OtherQuestions.withoutPages(request.body());
        Exchange descending = exchange.again(request.plain().asking(all));
        Exchange ascending = exchange.again(request.plain().asking(OtherQuestions.ascending(all)));
        String both = JsonAnswers.withAllRowsSorted(ascending.reference());
        return LongNumbers.areClose(both, JsonAnswers.withAllRowsSorted(ascending.ours()))
                && LongNumbers.areClose(both, JsonAnswers.withAllRowsSorted(descending.ours()));
    }

    /** Without the rows that have nothing but the name, the reference has ours. */
    private static boolean showsName(Exchange exchange) {
        if (!exchange.request().asks("^\\s*SELECT\\b(?:(?!\\bFROM\\b).)*\\b_name\\b") || !exchange.bothSucceed()) {
            return false;
        }
        Exchange all = exchange.again(exchange.request()
                .plain()
                .asking(OtherQuestions.withoutPages(exchange.request().body())));
        return LongNumbers.areClose(
                JsonAnswers.withoutNamesAtTheEpoch(all.reference()), JsonAnswers.withoutNamesAtTheEpoch(all.ours()));
    }

    /** Where the tag stands there once, the reference has what ours has. */
    private static boolean groupsTwiceByOneTag(Exchange exchange) {
        String once = OtherQuestions.withoutRepeatedTags(exchange.request().body());
        return exchange.request().asks("\\bGROUP\\s+BY\\b.*,")
                && !once.equals(exchange.request().body())
                && exchange.bothSucceed()
                && Comparison.judge(exchange.withReferenceTo(exchange.request().asking(once)))
                                .outcome()
                        != Verdict.Outcome.DIFFERENT;
    }

    /** Rows of the reference's calls are put side by side in the order they come in, and are filled so. */
    private static boolean innerBucketsAreMixedUp(Exchange exchange) {
        return (exchange.request()
                                .asks(
                                        "\\(\\s*SELECT\\b.*\\bGROUP\\s+BY\\b[^()]*\\btime\\s*\\([^)]*\\)\\s*,.*\\bfill\\(")
                        || exchange.request()
                                .asks(
                                        "\\(\\s*SELECT\\b(?:(?!\\bFROM\\b).)*\\(.*,.*\\(.*\\bGROUP\\s+BY\\b[^()]*\\btime\\s*\\([^)]*\\)\\s*,"))
                && exchange.bothSucceed()
                && seriesOfInnerStatementsAgree(exchange);
    }

    /** Where the tags of the inner statements are kept apart by the outer one, both say the same. */
    private static boolean seriesOfInnerStatementsAgree(Exchange exchange) {
        String body = exchange.request().body();
        Set<String> tags = OtherQuestions.innerTags(body);
        return !tags.isEmpty() && agree(exchange, OtherQuestions.groupedBy(body, tags));
    }

    /** Every series of the reference is one of ours, and of the others, asked for one by one, both say the same. */
    private static boolean groupsAreLost(Exchange exchange) {
        if (!exchange.request().asks("\\bpercentile\\(.*\\bGROUP\\s+BY\\b")
                || exchange.request().asks("\\(\\s*SELECT\\b|;")
                || !exchange.bothSucceed()) {
            return false;
        }
        Exchange plain = exchange.plain();
        List<JsonNode> lost = new ArrayList<>(JsonAnswers.series(plain.ours()));
        List<JsonNode> theirs = JsonAnswers.series(plain.reference());
        boolean all = lost.containsAll(theirs);
        lost.removeAll(theirs);
        String body = OtherQuestions.withoutPages(exchange.request().body());
        return all && lost.stream().allMatch(group -> agree(exchange, OtherQuestions.where(body, tagsOf(group))));
    }

    private static String tagsOf(JsonNode group) {
        return group.path("tags").properties().stream()
                .map(tag -> "\"" + tag.getKey() + "\" = '"
                        + tag.getValue().asString().replace("\\", "\\\\").replace("'", "\\'") + "'")
                .collect(Collectors.joining(" AND "));
    }

    /** Where the reference shows the number in a column that is not of numbers, ours shows none. */
    private static boolean numbersStandAmongTexts(Exchange exchange) {
        Matcher fill = FILL.matcher(exchange.request().body());
        if (!fill.find() || !exchange.bothSucceed()) {
            return false;
        }
        Exchange plain = exchange.plain();
        return JsonAnswers.agreeBut(
                plain.reference(), plain.ours(), new BigDecimal(fill.group(1)), List.of("\"\"", "false", "null"));
    }

    private static boolean areasComeInAnyOrder(Exchange exchange) {
        if (!exchange.request().asks("\\bintegral\\(.*\\bGROUP\\s+BY\\b") || !exchange.bothSucceed()) {
            return false;
        }
        Exchange plain = exchange.plain();
        return LongNumbers.areClose(
                JsonAnswers.withSeriesSorted(plain.reference()), JsonAnswers.withSeriesSorted(plain.ours()));
    }

    /**
     * The reference ends its result at the first row that is not within the range. From the beginning of that bucket on, both
     * say the same.
     */
    private static boolean earlyBucketsEndTheReference(Exchange exchange) {
        Request request = exchange.request();
        return request.asks("^\\s*SELECT\\b.*\\w\\(.*\\(\\s*SELECT\\b.*\\bGROUP\\s+BY\\b.*\\btime\\s*\\(")
                && exchange.bothSucceed()
                && JsonAnswers.series(exchange.plain().reference()).isEmpty()
                && !JsonAnswers.series(exchange.plain().ours()).isEmpty()
                && OtherQuestions.lowerBound(request.body())
                        .map(bound -> earliestInnerRow(exchange, bound))
                        .filter(OptionalLong::isPresent)
                        .filter(first ->
                                agree(exchange, OtherQuestions.withLowerBound(request.body(), first.getAsLong())))
                        .isPresent();
    }

    private static OptionalLong earliestInnerRow(Exchange exchange, String lowerBound) {
        return OtherQuestions.innerStatements(exchange.request().body()).stream()
                .map(inner -> exchange.again(
                        exchange.request().plain().with("epoch", "ns").asking(OtherQuestions.where(inner, lowerBound))))
                .map(answered -> JsonAnswers.earliest(answered.ours()))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min();
    }

    /** The reference begins a new bucket whenever an inner row is of another one; ours has every bucket once. */
    private static boolean bucketsComeSeveralTimes(Exchange exchange) {
        if (!exchange.request().asks("\\(\\s*SELECT\\b.*\\bGROUP\\s+BY\\b.*\\bGROUP\\s+BY\\b.*\\btime\\s*\\(")
                || !exchange.bothSucceed()) {
            return false;
        }
        Exchange plain = exchange.plain();
        List<List<String>> theirs = JsonAnswers.times(plain.reference());
        List<List<String>> own = JsonAnswers.times(plain.ours());
        return theirs.stream()
                        .anyMatch(times -> times.size() > Set.copyOf(times).size())
                && own.stream()
                        .allMatch(times -> times.size() == Set.copyOf(times).size())
                && sets(theirs).equals(sets(own));
    }

    private static List<Set<String>> sets(List<List<String>> lists) {
        return lists.stream().map(Set::copyOf).toList();
    }

    private static boolean allGroupsAgree(Exchange exchange) {
        String body = exchange.request().body();
        return exchange.request().asks("^\\s*SELECT\\b.*\\bS(LIMIT|OFFSET)\\s+[1-9]")
                && !exchange.request().asks("\\(\\s*SELECT\\b|;")
                && exchange.bothSucceed()
                && agree(exchange, body.replaceAll("(?i)\\s+(SLIMIT|SOFFSET)\\s+\\d+", ""));
    }

    /** Whether both say the same to another question, and say something. */
    private static boolean agree(Exchange exchange, String statement) {
        Exchange other = exchange.again(exchange.request().plain().asking(statement));
        if (!other.bothSucceed() || JsonAnswers.series(other.reference()).isEmpty()) {
            return false;
        }
        // Groups of integral come in any order.
        return exchange.request().asks("\\bintegral\\(")
                ? LongNumbers.areClose(
                        JsonAnswers.withSeriesAndRowsSorted(other.reference()),
                        JsonAnswers.withSeriesAndRowsSorted(other.ours()))
                : LongNumbers.areClose(
                        JsonAnswers.withRowsOfOneTimeSorted(other.reference()),
                        JsonAnswers.withRowsOfOneTimeSorted(other.ours()));
    }

    /** In JSON the answers differ in the order of rows with the same time only. */
    private static boolean rowsOfOneTimeAreMixed(Exchange exchange) {
        if (!exchange.request().asks("\\bSELECT\\b") || !exchange.bothSucceed()) {
            return false;
        }
        Exchange plain = exchange.plain();
        return plain.bothSucceed()
                && LongNumbers.areClose(
                        JsonAnswers.withRowsOfOneTimeSorted(plain.reference()),
                        JsonAnswers.withRowsOfOneTimeSorted(plain.ours()));
    }
}
