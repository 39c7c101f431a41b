package dev.sluice.server;

import dev.sluice.http.AccessLogLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line per routed request to the service's log, or to a file of its own. Thread-safe. */
final class AccessLog implements RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger("httpd");

    private final boolean suppressWrites;
    private final List<String> statusFilters;
    private final @Nullable BufferedWriter file;

    /**
     * A log.
     *
     * @param path of the file; empty for the service's own log
     * @param statusFilters such as 404 or 5XX; empty for all
     */
    AccessLog(String path, boolean suppressWrites, List<String> statusFilters) {
        this.suppressWrites = suppressWrites;
        this.statusFilters = statusFilters;
        this.file = path.isEmpty() ? null : open(Path.of(path));
    }

    private static BufferedWriter open(Path path) {
        try {
            return Files.newBufferedWriter(
                    path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unusable) {
            throw new UncheckedIOException("influxdb.http.access-log-path: " + path, unusable);
        }
    }

    @Override
    public void log(Request request, Response response) {
        String id = response.getHeaders().get("Request-Id");
        String path = request.getHttpURI().getPath();
        if (id == null || !isWanted(response.getStatus()) || (suppressWrites && isWrite(path))) {
            return;
        }
        AccessLogLine line = new AccessLogLine(
                Request.getRemoteAddr(request),
                request.getHeaders().get(HttpHeader.X_FORWARDED_FOR),
                request.getHeaders().get(HttpHeader.AUTHORIZATION),
                Instant.ofEpochMilli(Request.getTimeStamp(request)),
                request.getMethod(),
                path,
                request.getHttpURI().getQuery(),
                request.getConnectionMetaData().getProtocol(),
                form(request),
                response.getStatus(),
                Response.getContentBytesWritten(response),
                request.getHeaders().get(HttpHeader.REFERER),
                request.getHeaders().get(HttpHeader.USER_AGENT),
                id,
                TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - request.getBeginNanoTime()));
        if (file == null) {
            LOG.info("[httpd] {}", line);
        } else {
            write(file, line);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> form(Request request) {
        return request.getAttribute(AccessLogLine.FORM_ATTRIBUTE) instanceof Map<?, ?> fields
                ? (Map<String, String>) fields
                : Map.of();
    }

    private static void write(BufferedWriter file, AccessLogLine line) {
        synchronized (file) {
            try {
                file.write(line + "\n");
                file.flush();
            } catch (IOException full) {
                LOG.warn("the access log cannot be written: {}", full.getMessage());
            }
        }
    }

    private static boolean isWrite(String path) {
        return path.equals("/write") || path.equals("/api/v2/write");
    }

    private boolean isWanted(int status) {
        String digits = String.valueOf(status);
        return statusFilters.isEmpty()
                || statusFilters.stream().anyMatch(filter -> matches(filter.toUpperCase(Locale.ROOT), digits));
    }

    private static boolean matches(String filter, String digits) {
        for (int i = 0; i < filter.length(); i++) {
            if (filter.charAt(i) != 'X' && (i >= digits.length() || filter.charAt(i) != digits.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
