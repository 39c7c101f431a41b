package dev.sluice.http;

import dev.sluice.backup.BackupException;
import dev.sluice.backup.BackupManifest;
import dev.sluice.backup.Backups;
import dev.sluice.backup.Export;
import dev.sluice.model.TimeRange;
import dev.sluice.security.Access;
import dev.sluice.security.QueryString;
import dev.sluice.security.RouteAccess;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /api/admin/…}: backups and exports, for admins. InfluxDB 1.x has them on a port of their own, without authentication, and
 * in its tools; the commands of the jar ask here.
 */
@Controller
@RouteAccess(Access.ADMIN)
class BackupController {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Backups backups;
    private final Export export;

    BackupController(Backups backups, Export export) {
        this.backups = backups;
        this.export = export;
    }

    @RequestMapping(path = "/api/admin/backups", method = RequestMethod.GET)
    void list(HttpServletResponse response) throws IOException {
        answer(response, HttpServletResponse.SC_OK, Map.of("backups", backups.names()));
    }

    /** Makes a backup in the service's own folder. */
    @RequestMapping(path = "/api/admin/backups", method = RequestMethod.POST)
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = QueryString.of(request).first("name");
        BackupManifest manifest;
        try {
            manifest = backups.create(name);
        } catch (BackupException refused) {
            throw failure(refused);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("createdAt", manifest.createdAt());
        body.put("databases", manifest.databases());
        body.put("files", manifest.files().size());
        body.put("sizeInBytes", manifest.sizeInBytes());
        answer(response, HttpServletResponse.SC_CREATED, body);
    }

    /** Sends a backup as a ZIP archive. */
    @RequestMapping(path = "/api/admin/backup", method = RequestMethod.GET)
    void download(HttpServletResponse response) throws IOException {
        try {
            response.setContentType("application/zip");
            response.setHeader("Content-Disposition", "attachment; filename=\"sluice-backup.zip\"");
            backups.write(response.getOutputStream());
        } catch (BackupException refused) {
            if (response.isCommitted()) {
                throw refused;
            }
            response.reset();
            throw failure(refused);
        }
    }

    /** Sends databases as {@code influx_inspect export} writes them. */
    @RequestMapping(path = "/api/admin/export", method = RequestMethod.GET)
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
        QueryString parameters = QueryString.of(request);
        Export.Selection selection = new Export.Selection(
                parameters.first("db"),
                parameters.first("rp"),
                new TimeRange(
                        time(parameters, "start", TimeRange.MIN_TIMESTAMP),
                        time(parameters, "end", TimeRange.MAX_TIMESTAMP)));
        try {
            export.check(selection);
        } catch (BackupException refused) {
            throw failure(refused);
        }
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        if (GzipAnswer.isAccepted(request)) {
            try (GZIPOutputStream out = GzipAnswer.begin(response)) {
                export.write(selection, out);
            }
        } else {
            export.write(selection, response.getOutputStream());
        }
    }

    private static long time(QueryString parameters, String name, long otherwise) {
        String text = parameters.first(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            Instant instant = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException malformed) {
            throw new RequestException(
                    HttpServletResponse.SC_BAD_REQUEST, name + " is no time as 2026-01-31T00:00:00Z: " + text);
        }
    }

    private static RequestException failure(BackupException refused) {
        int status = refused.getCause() == null
                ? HttpServletResponse.SC_BAD_REQUEST
                : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        return new RequestException(status, String.valueOf(refused.getMessage()));
    }

    private static void answer(HttpServletResponse response, int status, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(body));
        response.getOutputStream().write('\n');
    }
}
