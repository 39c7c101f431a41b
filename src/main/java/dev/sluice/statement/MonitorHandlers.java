package dev.sluice.statement;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.column.SeriesHeader;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.tree.ShowDiagnosticsStatement;
import dev.sluice.influxql.tree.ShowStatsStatement;
import dev.sluice.monitor.Diagnostic;
import dev.sluice.monitor.Diagnostics;
import dev.sluice.monitor.Statistic;
import dev.sluice.monitor.Statistics;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;

/** SHOW STATS and SHOW DIAGNOSTICS: one series of one row for each part of the service. */
public final class MonitorHandlers {

    private final Statistics statistics;
    private final Diagnostics diagnostics;

    public MonitorHandlers(Statistics statistics, Diagnostics diagnostics) {
        this.statistics = statistics;
        this.diagnostics = diagnostics;
    }

    /** Enters the handlers of this family. */
    public void registerWith(Handlers handlers) {
        handlers.put(ShowStatsStatement.class, this::showStats)
                .put(ShowDiagnosticsStatement.class, this::showDiagnostics);
    }

    private void showStats(ShowStatsStatement statement, Execution execution) {
        String module = statement.module();
        List<Statistic> wanted = module == null ? statistics.all() : statistics.named(module);
        for (Statistic statistic : wanted) {
            List<String> names = List.copyOf(statistic.values().keySet());
            execution
                    .sink()
                    .series(new SeriesHeader(
                            statistic.name(), statistic.tags(), names, false, new BitSet(), ZoneOffset.UTC));
            execution
                    .sink()
                    .rows(ColumnBatch.of(statistic.values().values().stream()
                            .map(MonitorHandlers::column)
                            .toArray(Column[]::new)));
        }
    }

    private void showDiagnostics(ShowDiagnosticsStatement statement, Execution execution) {
        for (Diagnostic diagnostic : diagnostics.all()) {
            if (statement.module() == null || statement.module().equals(diagnostic.name())) {
                execution.table(
                        diagnostic.name(),
                        List.copyOf(diagnostic.values().keySet()),
                        diagnostic.values().values().stream()
                                .map(MonitorHandlers::column)
                                .toArray(Column[]::new));
            }
        }
    }

    private static Column column(Object value) {
        if (value instanceof Long number) {
            return LongColumn.wrapWithoutCopy(new long[] {number}, 1);
        }
        if (value instanceof Boolean flag) {
            return BooleanColumn.wrapWithoutCopy(new boolean[] {flag}, 1);
        }
        return StringColumn.of(List.of(String.valueOf(value)));
    }
}
