package dev.sluice.statement;

import dev.sluice.column.Column;
import dev.sluice.column.LongColumn;
import dev.sluice.column.StringColumn;
import dev.sluice.influxql.Durations;
import dev.sluice.influxql.tree.ShowDiagnosticsStatement;
import dev.sluice.influxql.tree.ShowStatsStatement;
import dev.sluice.storage.StoreStatistics;
import dev.sluice.storage.TimeSeriesStore;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SHOW STATS and SHOW DIAGNOSTICS, from what this process knows of itself. */
public final class MonitorHandlers {

    private final TimeSeriesStore store;
    private final RunningQueries running;
    private final String version;
    private final Instant started = Instant.now();

    public MonitorHandlers(TimeSeriesStore store, RunningQueries running, String version) {
        this.store = store;
        this.running = running;
        this.version = version;
    }

    /** Enters the handlers of this family. */
    public void registerWith(Handlers handlers) {
        handlers.put(ShowStatsStatement.class, this::showStats)
                .put(ShowDiagnosticsStatement.class, this::showDiagnostics);
    }

    private void showStats(ShowStatsStatement statement, Execution execution) {
        Map<String, Map<String, Long>> modules = new TreeMap<>();
        modules.put(
                "queryExecutor",
                new TreeMap<>(Map.of(
                        "queriesActive", (long) running.activeCount(), "queriesExecuted", running.startedCount())));
        Runtime runtime = Runtime.getRuntime();
        modules.put(
                "runtime",
                new TreeMap<>(Map.of(
                        "HeapAlloc",
                        runtime.totalMemory() - runtime.freeMemory(),
                        "HeapSys",
                        runtime.totalMemory(),
                        "NumGoroutine",
                        (long) Thread.activeCount())));
        StoreStatistics figures = store.statistics();
        modules.put(
                "storage",
                new TreeMap<>(Map.of(
                        "appends", figures.appendCount(),
                        "blocks", figures.blockCount(),
                        "diskBytes", figures.diskSizeInBytes(),
                        "flushes", figures.flushCount(),
                        "headBytes", figures.headSizeInBytes(),
                        "measurements", figures.measurementCount(),
                        "series", figures.seriesCount(),
                        "syncDurationNs", figures.syncNanos(),
                        "syncs", figures.syncCount())));
        modules.forEach((name, values) -> {
            if (isWanted(statement.module(), name)) {
                List<Column> columns = new ArrayList<>();
                values.values().forEach(value -> columns.add(LongColumn.wrapWithoutCopy(new long[] {value}, 1)));
                execution.table(name, List.copyOf(values.keySet()), columns.toArray(Column[]::new));
            }
        });
    }

    private static boolean isWanted(@Nullable String asked, String module) {
        return asked == null || asked.equals(module);
    }

    private void showDiagnostics(ShowDiagnosticsStatement statement, Execution execution) {
        Map<String, Map<String, String>> modules = new TreeMap<>();
        modules.put("build", new TreeMap<>(Map.of("Branch", "", "Build Time", "", "Commit", "", "Version", version)));
        modules.put("network", Map.of("hostname", hostname()));
        modules.put(
                "runtime",
                new TreeMap<>(Map.of(
                        "GOARCH", System.getProperty("os.arch"),
                        "GOMAXPROCS", String.valueOf(Runtime.getRuntime().availableProcessors()),
                        "GOOS", System.getProperty("os.name"),
                        "version", "java" + System.getProperty("java.version"))));
        Instant now = Instant.now();
        modules.put(
                "system",
                new TreeMap<>(Map.of(
                        "PID",
                                String.valueOf(
                                        ManagementFactory.getRuntimeMXBean().getPid()),
                        "currentTime", now.toString(),
                        "started", started.toString(),
                        "uptime",
                                Durations.formatGo(
                                        Duration.between(started, now).toNanos()))));
        modules.forEach((name, values) -> {
            if (isWanted(statement.module(), name)) {
                execution.table(
                        name,
                        List.copyOf(values.keySet()),
                        values.values().stream()
                                .map(value -> StringColumn.of(List.of(value)))
                                .toArray(Column[]::new));
            }
        });
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "localhost";
        }
    }
}
