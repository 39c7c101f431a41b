package dev.sluice.differential;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
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
     * Whether two answers are the same but for cells that are a number in one and nothing in the other.
     *
     * @param number of the reference's cells
     * @param nothing what ours has in their place, as JSON
     */
    static boolean agreeBut(Answer reference, Answer ours, BigDecimal number, List<String> nothing) {
        List<JsonNode> theirs = series(reference);
        List<JsonNode> own = series(ours);
        if (theirs.isEmpty() || theirs.size() != own.size()) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            ObjectNode merged = (ObjectNode) own.get(i).deepCopy();
            ArrayNode rows = merged.withArray("values");
            List<JsonNode> theirRows =
                    theirs.get(i).path("values").values().stream().toList();
            for (int row = 0; row < Math.min(rows.size(), theirRows.size()); row++) {
                ArrayNode cells = (ArrayNode) rows.get(row);
                for (int cell = 0; cell < cells.size(); cell++) {
                    JsonNode their = theirRows.get(row).path(cell);
                    boolean isNumber = their.isNumber() && their.decimalValue().compareTo(number) == 0;
                    if (isNumber && nothing.contains(cells.get(cell).toString())) {
                        cells.set(cell, their);
                    }
                }
            }
            if (!merged.equals(theirs.get(i))) {
                return false;
            }
        }
        return true;
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
