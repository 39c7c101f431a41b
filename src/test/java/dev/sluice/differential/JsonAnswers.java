package dev.sluice.differential;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Looks into answers in JSON. */
final class JsonAnswers {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonAnswers() {}

    /** The results of all documents of an answer, in their order; none where the body is no JSON, whatever its type says. */
    static List<JsonNode> results(Answer answer) {
        List<JsonNode> results = new ArrayList<>();
        try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(answer.body())) {
            documents.forEachRemaining(
                    document -> document.path("results").values().forEach(results::add));
        } catch (JacksonException noJson) {
            return List.of();
        }
        return results;
    }

    /** All series of all results. */
    static List<JsonNode> series(Answer answer) {
        return results(answer).stream()
                .flatMap(result -> result.path("series").values().stream())
                .toList();
    }

    /** All rows of all series. */
    static List<JsonNode> rows(Answer answer) {
        return series(answer).stream()
                .flatMap(series -> series.path("values").values().stream())
                .toList();
    }

    /** The text of an answer whose rows with the same first value are put in one order. */
    static String withRowsOfOneTimeSorted(Answer answer) {
        StringBuilder text = new StringBuilder();
        for (JsonNode result : results(answer)) {
            text.append(result.path("statement_id")).append(result.path("error"));
            for (JsonNode series : result.path("series").values()) {
                text.append(series.path("name"))
                        .append(series.path("tags"))
                        .append(series.path("columns"))
                        .append(series.path("partial"))
                        .append(sortedWithinTimes(
                                series.path("values").values().stream().toList()));
            }
        }
        return text.toString();
    }

    /** The text of an answer whose rows are sorted within each series, whatever their times are. */
    static String withAllRowsSorted(Answer answer) {
        StringBuilder text = new StringBuilder();
        for (JsonNode series : series(answer)) {
            text.append(series.path("name")).append(series.path("tags")).append(series.path("columns"));
            text.append(series.path("values").values().stream()
                    .map(JsonNode::toString)
                    .sorted()
                    .toList());
        }
        return text.toString();
    }

    /**
     * The text of an answer, in one order of the rows of one time, without the rows at the epoch that show the name of their
     * measurement, and without series that have no others.
     */
    static String withoutNamesAtTheEpoch(Answer answer) {
        StringBuilder text = new StringBuilder();
        for (JsonNode series : series(answer)) {
            String name = series.path("name").toString();
            List<JsonNode> rows = series.path("values").values().stream()
                    .filter(row -> !row.path(0).toString().equals("0")
                            || row.values().stream()
                                    .noneMatch(cell -> cell.toString().equals(name)))
                    .toList();
            if (!rows.isEmpty()) {
                text.append(name).append(series.path("tags")).append(series.path("columns"));
                text.append(sortedWithinTimes(rows));
            }
        }
        return text.toString();
    }

    /** The text of every series, sorted, and in each the rows of one time. */
    static String withSeriesAndRowsSorted(Answer answer) {
        return series(answer).stream()
                .map(series -> series.path("name").toString()
                        + series.path("tags")
                        + series.path("columns")
                        + sortedWithinTimes(
                                series.path("values").values().stream().toList()))
                .sorted()
                .toList()
                .toString();
    }

    /** The text of every series, sorted. */
    static String withSeriesSorted(Answer answer) {
        return series(answer).stream().map(JsonNode::toString).sorted().toList().toString();
    }

    /**
     * Whether two answers are the same but for cells that are a number in one and nothing in the other, and for the order of
     * rows of one time.
     *
     * @param number of the reference's cells
     * @param nothing what ours has in their place, as JSON
     */
    static boolean agreeBut(Answer reference, Answer ours, BigDecimal number, List<String> nothing) {
        Predicate<JsonNode> filled =
                cell -> cell.isNumber() && cell.decimalValue().compareTo(number) == 0;
        List<String> theirs =
                series(reference).stream().map(series -> marked(series, filled)).toList();
        List<String> own = series(ours).stream()
                .map(series -> marked(series, filled.or(cell -> nothing.contains(cell.toString()))))
                .toList();
        return !theirs.isEmpty() && theirs.equals(own);
    }

    /** The text of a series in which some cells are one mark, and rows of one time in one order. */
    private static String marked(JsonNode series, Predicate<JsonNode> cells) {
        ObjectNode copy = (ObjectNode) series.deepCopy();
        List<JsonNode> rows = copy.withArray("values").values().stream().toList();
        for (JsonNode row : rows) {
            for (int cell = 1; cell < row.size(); cell++) {
                if (cells.test(row.get(cell))) {
                    ((ArrayNode) row).set(cell, "filled");
                }
            }
        }
        copy.remove("values");
        return copy + " " + sortedWithinTimes(rows);
    }

    /** The earliest time of all rows, which are given as numbers; none where there are no rows. */
    static OptionalLong earliest(Answer answer) {
        return rows(answer).stream().mapToLong(row -> row.path(0).asLong()).min();
    }

    /** The first values of the rows of every series. */
    static List<List<String>> times(Answer answer) {
        return series(answer).stream()
                .map(series -> series.path("values").values().stream()
                        .map(row -> row.path(0).toString())
                        .toList())
                .toList();
    }

    private static List<String> sortedWithinTimes(List<JsonNode> rows) {
        List<String> sorted = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int to = from + 1;
            while (to < rows.size()
                    && rows.get(to).path(0).equals(rows.get(from).path(0))) {
                to++;
            }
            rows.subList(from, to).stream()
                    .map(JsonNode::toString)
                    .sorted(Comparator.naturalOrder())
                    .forEach(sorted::add);
            from = to;
        }
        return sorted;
    }
}
