package dev.sluice.server;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says of a port, a directory or a database that keeps the service from starting which setting names it and what to do.
 * Without it, an operator would read a stack trace of fifty causes with the reason in the last.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnusableResourceFailureAnalyzer implements FailureAnalyzer {

    /** H2: the file is locked by another process. */
    private static final int DATABASE_ALREADY_OPEN = 90020;

    private final Environment environment;

    UnusableResourceFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            UnusableResourceException resource = null;
            if (each instanceof UnusableResourceException named) {
                resource = named;
            } else if (each instanceof PortInUseException port) {
                resource = port(port);
            } else if (each instanceof SQLException sql) {
                resource = metadata(sql);
            }
            if (resource != null) {
                return new FailureAnalysis(
                        resource.setting() + " is '" + resource.value() + "': " + resource.reason(),
                        resource.action(),
                        failure);
            }
        }
        return null;
    }

    private UnusableResourceException port(PortInUseException inUse) {
        String port = String.valueOf(inUse.getPort());
        for (String setting : new String[] {"management.server.port", "server.port"}) {
            if (port.equals(environment.getProperty(setting))) {
                boolean api = setting.equals("server.port");
                return new UnusableResourceException(
                        api ? "influxdb.http.bind-address" : setting,
                        api ? environment.getProperty("influxdb.http.bind-address", ":" + port) : port,
                        "port " + port + " is in use by another process.",
                        "Stop that process or choose another port.",
                        inUse);
            }
        }
        return new UnusableResourceException(
                "a port", port, "it is in use by another process.", "Stop that process or choose another port.", inUse);
    }

    /** The first SQL exception of a start comes from the database of users and metadata: nothing else uses one. */
    private UnusableResourceException metadata(SQLException failure) {
        String url = environment.getProperty("spring.datasource.url", "");
        if (!url.isBlank()) {
            return new UnusableResourceException(
                    "spring.datasource.url",
                    MetadataConnection.withoutParameters(url),
                    "the database of users and metadata cannot be used: " + failure.getMessage(),
                    "Check that it runs and that spring.datasource.username and spring.datasource.password are right.",
                    failure);
        }
        Path directory =
                Path.of(environment.getProperty("influxdb.meta.dir", "")).toAbsolutePath();
        if (failure.getErrorCode() == DATABASE_ALREADY_OPEN) {
            return new UnusableResourceException(
                    "influxdb.meta.dir",
                    directory,
                    "another process uses it.",
                    "Stop that process or choose another directory.",
                    failure);
        }
        return new UnusableResourceException(
                "influxdb.meta.dir",
                directory,
                "the database of users and metadata in it cannot be used: " + failure.getMessage(),
                "Check that its files belong to the user of this process and are whole, or put back a copy of them.",
                failure);
    }
}
