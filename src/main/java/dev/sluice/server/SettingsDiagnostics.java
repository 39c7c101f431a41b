package dev.sluice.server;

import dev.sluice.influxql.Durations;
import dev.sluice.monitor.Diagnostic;
import dev.sluice.monitor.JavaRuntime;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Build, configuration and process as SHOW DIAGNOSTICS of InfluxDB 1.x names them. */
final class SettingsDiagnostics {

    private SettingsDiagnostics() {}

    static List<Diagnostic> of(InfluxProperties settings) {
        InfluxProperties.Coordinator coordinator = settings.coordinator();
        InfluxProperties.Data data = settings.data();
        InfluxProperties.Http http = settings.http();
        InfluxProperties.Monitor monitor = settings.monitor();
        InfluxProperties.ShardPrecreation precreation = settings.shardPrecreation();
        InfluxProperties.Subscriber subscriber = settings.subscriber();
        return List.of(
                Diagnostic.of(
                        "build",
                        Map.of("Branch", "", "Build Time", "", "Commit", "", "Version", ServiceVersion.INFLUXDB)),
                Diagnostic.of(
                        "config",
                        Map.of(
                                "bind-address",
                                settings.bindAddress().toString(),
                                "reporting-enabled",
                                !settings.reportingDisabled())),
                Diagnostic.of(
                        "config-coordinator",
                        Map.of(
                                "log-queries-after", text(coordinator.logQueriesAfter()),
                                "max-concurrent-queries", coordinator.maxConcurrentQueries(),
                                "max-select-buckets", coordinator.maxSelectBuckets(),
                                "max-select-point", coordinator.maxSelectPoint(),
                                "max-select-series", coordinator.maxSelectSeries(),
                                "query-timeout", text(coordinator.queryTimeout()),
                                "write-timeout", text(coordinator.writeTimeout()))),
                Diagnostic.of(
                        "config-cqs",
                        Map.of(
                                "enabled", settings.continuousQueries().enabled(),
                                "query-stats-enabled",
                                        settings.continuousQueries().queryStatsEnabled(),
                                "run-interval",
                                        text(settings.continuousQueries().runInterval()))),
                Diagnostic.of(
                        "config-data",
                        Map.of(
                                "cache-max-memory-size",
                                        data.cacheMaxMemorySize().bytes(),
                                "cache-snapshot-memory-size",
                                        data.cacheSnapshotMemorySize().bytes(),
                                "cache-snapshot-write-cold-duration", text(data.cacheSnapshotWriteColdDuration()),
                                "compact-full-write-cold-duration", text(data.compactFullWriteColdDuration()),
                                "dir", data.dir(),
                                "max-concurrent-compactions", data.maxConcurrentCompactions(),
                                "max-series-per-database", data.maxSeriesPerDatabase(),
                                "max-values-per-tag", data.maxValuesPerTag(),
                                "wal-dir", data.walDir(),
                                "wal-fsync-delay", text(data.walFsyncDelay()))),
                Diagnostic.of(
                        "config-httpd",
                        Map.of(
                                "access-log-path", http.accessLogPath(),
                                "bind-address", http.bindAddress().toString(),
                                "enabled", http.enabled(),
                                "https-enabled", http.httpsEnabled(),
                                "max-connection-limit", http.maxConnectionLimit(),
                                "max-row-limit", http.maxRowLimit())),
                Diagnostic.of("config-meta", Map.of("dir", settings.meta().dir())),
                Diagnostic.of(
                        "config-monitor",
                        Map.of(
                                "store-database", monitor.storeDatabase(),
                                "store-enabled", monitor.storeEnabled(),
                                "store-interval", text(monitor.storeInterval()))),
                Diagnostic.of(
                        "config-precreator",
                        Map.of(
                                "advance-period", text(precreation.advancePeriod()),
                                "check-interval", text(precreation.checkInterval()),
                                "enabled", precreation.enabled())),
                Diagnostic.of(
                        "config-retention",
                        Map.of(
                                "check-interval", text(settings.retention().checkInterval()),
                                "enabled", settings.retention().enabled())),
                Diagnostic.of(
                        "config-subscriber",
                        Map.of(
                                "enabled", subscriber.enabled(),
                                "http-timeout", text(subscriber.httpTimeout()),
                                "write-buffer-size", subscriber.writeBufferSize(),
                                "write-concurrency", subscriber.writeConcurrency())));
    }

    static List<Diagnostic> ofProcess(JavaRuntime runtime) {
        return List.of(Diagnostic.of(
                "system",
                Map.of(
                        "PID", ProcessHandle.current().pid(),
                        "currentTime", Instant.now().toString(),
                        "started", runtime.started().toString(),
                        "uptime", Durations.formatGo(runtime.uptime().toNanos()))));
    }

    private static String text(InfluxDuration duration) {
        return Durations.formatGo(duration.nanos());
    }
}
