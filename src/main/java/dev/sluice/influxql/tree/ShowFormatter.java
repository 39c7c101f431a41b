package dev.sluice.influxql.tree;

import dev.sluice.influxql.Identifiers;

/** Prints the SHOW statements that have clauses. */
final class ShowFormatter {

    private ShowFormatter() {}

    static String format(ShowMeasurementsStatement show) {
        ClauseWriter out = new ClauseWriter("SHOW MEASUREMENTS");
        if (show.allDatabases()) {
            out.text(" ON *");
        } else {
            out.on(show.database());
        }
        if (show.allRetentionPolicies()) {
            out.text(".*");
        } else {
            out.clause(".", show.retentionPolicy());
        }
        if (show.source() != null) {
            out.text(show.source().regex() != null ? " WITH MEASUREMENT =~ " : " WITH MEASUREMENT = ")
                    .text(show.source().toString());
        }
        return out.where(show.condition())
                .orderBy(show.sortFields())
                .limit(show.limit(), show.offset())
                .toString();
    }

    static String format(ShowSeriesStatement show) {
        return new ClauseWriter("SHOW SERIES")
                .on(show.database())
                .from(show.sources())
                .where(show.condition())
                .orderBy(show.sortFields())
                .limit(show.limit(), show.offset())
                .toString();
    }

    static String format(ShowTagKeysStatement show) {
        return new ClauseWriter("SHOW TAG KEYS")
                .on(show.database())
                .from(show.sources())
                .withKey(show.keys())
                .where(show.condition())
                .orderBy(show.sortFields())
                .limit(show.limit(), show.offset())
                .seriesLimit(show.seriesLimit(), show.seriesOffset())
                .toString();
    }

    static String format(ShowTagValuesStatement show) {
        return new ClauseWriter("SHOW TAG VALUES")
                .on(show.database())
                .from(show.sources())
                .withKey(show.keys())
                .where(show.condition())
                .orderBy(show.sortFields())
                .limit(show.limit(), show.offset())
                .toString();
    }

    static String format(ShowFieldKeysStatement show) {
        return new ClauseWriter("SHOW FIELD KEYS")
                .on(show.database())
                .from(show.sources())
                .orderBy(show.sortFields())
                .limit(show.limit(), show.offset())
                .toString();
    }

    static String format(ShowCardinalityStatement show) {
        return new ClauseWriter("SHOW ")
                .text(show.subject().name().replace('_', ' '))
                .textIf(show.exact(), " EXACT")
                .text(" CARDINALITY")
                .on(show.database())
                .from(show.sources())
                .withKey(show.keys())
                .where(show.condition())
                .groupBy(show.dimensions())
                .limit(show.limit(), show.offset())
                .toString();
    }

    static String format(ShowRetentionPoliciesStatement show) {
        return new ClauseWriter("SHOW RETENTION POLICIES").on(show.database()).toString();
    }

    static String format(ShowGrantsStatement show) {
        return new ClauseWriter("SHOW GRANTS FOR ").name(show.user()).toString();
    }

    static String format(ShowStatsStatement show) {
        return "SHOW STATS" + (show.module() == null ? "" : " FOR " + Identifiers.quoteString(show.module()));
    }

    static String format(ShowDiagnosticsStatement show) {
        return "SHOW DIAGNOSTICS" + (show.module() == null ? "" : " FOR " + Identifiers.quoteString(show.module()));
    }
}
