package dev.sluice.http;

import dev.sluice.http.encoding.Chunking;
import dev.sluice.influxql.tree.SelectStatement;
import dev.sluice.influxql.tree.ShowCardinalityStatement;
import dev.sluice.influxql.tree.ShowFieldKeysStatement;
import dev.sluice.influxql.tree.ShowSeriesStatement;
import dev.sluice.influxql.tree.ShowTagKeysStatement;
import dev.sluice.influxql.tree.ShowTagValuesStatement;
import dev.sluice.influxql.tree.Statement;
import java.util.Set;

/** How the result of each kind of statement is divided for a client that asks for chunks. */
final class StatementChunking {

    /** SELECT, and what InfluxDB rewrites to one. */
    private static final Set<Class<? extends Statement>> BY_ROWS =
            Set.of(SelectStatement.class, ShowSeriesStatement.class, ShowFieldKeysStatement.class);

    private static final Set<Class<? extends Statement>> BY_SERIES =
            Set.of(ShowTagKeysStatement.class, ShowTagValuesStatement.class);

    private StatementChunking() {}

    static Chunking of(Statement statement) {
        if (BY_ROWS.contains(statement.getClass())) {
            return Chunking.ROWS;
        }
        if (statement instanceof ShowCardinalityStatement cardinality && cardinality.isCounted()) {
            return Chunking.ROWS;
        }
        return BY_SERIES.contains(statement.getClass()) ? Chunking.SERIES : Chunking.WHOLE;
    }
}
