package dev.sluice.influxql.tree;

import dev.sluice.influxql.Identifiers;
import java.util.List;

/** Prints SELECT, its parts, and the statements around one. */
final class SelectFormatter {

    private SelectFormatter() {}

    static String format(SelectStatement select) {
        ClauseWriter out = new ClauseWriter("SELECT ");
        List<SelectField> fields = select.fields();
        for (int i = 0; i < fields.size(); i++) {
            out.clause(i == 0 ? "" : ", ", fields.get(i).expression())
                    .clause(" AS ", fields.get(i).alias());
        }
        if (select.target() != null) {
            out.text(" INTO ").text(select.target().toString());
        }
        out.from(select.sources())
                .where(select.condition())
                .groupBy(select.dimensions())
                .text(fill(select.fill()))
                .orderBy(select.sortFields())
                .limit(select.limit(), select.offset())
                .seriesLimit(select.seriesLimit(), select.seriesOffset());
        if (select.zone() != null) {
            out.text(" TZ('").text(select.zone().getId()).text("')");
        }
        return out.toString();
    }

    static String format(SubQuery source) {
        return "(" + source.statement() + ")";
    }

    static String format(Measurement measurement) {
        StringBuilder out = new StringBuilder();
        if (measurement.database() != null) {
            out.append(Identifiers.quote(measurement.database())).append('.');
        }
        if (measurement.retentionPolicy() != null) {
            out.append(Identifiers.quote(measurement.retentionPolicy()));
        }
        if (measurement.database() != null || measurement.retentionPolicy() != null) {
            out.append('.');
        }
        if (measurement.isBackReference()) {
            return out.append(":MEASUREMENT").toString();
        }
        return out.append(measurement.regex() != null ? measurement.regex() : Identifiers.quote(measurement.name()))
                .toString();
    }

    static String format(ExplainStatement explain) {
        return new ClauseWriter("EXPLAIN ")
                .textIf(explain.analyze(), "ANALYZE ")
                .textIf(explain.verbose(), "VERBOSE ")
                .text(explain.statement().toString())
                .toString();
    }

    static String format(DeleteStatement delete) {
        return new ClauseWriter("DELETE")
                .from(delete.sources())
                .where(delete.condition())
                .toString();
    }

    static String format(DropSeriesStatement drop) {
        return new ClauseWriter("DROP SERIES")
                .from(drop.sources())
                .where(drop.condition())
                .toString();
    }

    private static String fill(Fill fill) {
        return switch (fill.kind()) {
            case NULL -> "";
            case NONE -> " fill(none)";
            case PREVIOUS -> " fill(previous)";
            case LINEAR -> " fill(linear)";
            case NUMBER ->
                " fill(" + (fill.value() instanceof Double number ? DecimalText.plainest(number) : fill.value()) + ")";
        };
    }
}
