package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.account.UserAccount;
import dev.sluice.ingest.LineProtocolIngest;
import dev.sluice.ingest.MalformedPointsException;
import dev.sluice.ingest.PartialWriteException;
import dev.sluice.ingest.WriteBuffer;
import dev.sluice.ingest.WriteTargets;
import dev.sluice.model.Precision;
import dev.sluice.model.Privilege;
import dev.sluice.security.Access;
import dev.sluice.security.QueryString;
import dev.sluice.security.RequestOrigin;
import dev.sluice.security.RouteAccess;
import dev.sluice.security.SecurityObserver;
import dev.sluice.statement.LimitsByCaller;
import dev.sluice.statement.SeriesAccess;
import dev.sluice.statement.WriteNotAuthorizedException;
import dev.sluice.statement.access.FineGrainedAccess;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** {@code /write} and {@code /api/v2/write}: line protocol in. Parameters come from the URL alone, as in InfluxDB. */
@Controller
@RouteAccess(Access.USER)
class WriteController {

    private static final Map<String, Precision> PRECISIONS = Map.of(
            "", Precision.NANOSECONDS,
            "n", Precision.NANOSECONDS,
            "ns", Precision.NANOSECONDS,
            "u", Precision.MICROSECONDS,
            "ms", Precision.MILLISECONDS,
            "s", Precision.SECONDS,
            "m", Precision.MINUTES,
            "h", Precision.HOURS);

    private static final Map<String, Precision> V2_PRECISIONS = Map.of(
            "", Precision.NANOSECONDS,
            "ns", Precision.NANOSECONDS,
            "us", Precision.MICROSECONDS,
            "ms", Precision.MILLISECONDS,
            "s", Precision.SECONDS);

    private static final Set<String> CONSISTENCIES = Set.of("", "any", "one", "quorum", "all");

    private final LineProtocolIngest ingest;
    private final WriteTargets targets;
    private final FineGrainedAccess access;
    private final HttpSettings settings;
    private final WriteThrottle throttle;
    private final WriteRates rates;
    private final SecurityObserver denials;

    WriteController(
            LineProtocolIngest ingest,
            WriteTargets targets,
            FineGrainedAccess access,
            LimitsByCaller limits,
            SecurityObserver denials,
            HttpSettings settings) {
        this.rates = new WriteRates(limits, System::nanoTime);
        this.denials = denials;
        this.ingest = ingest;
        this.targets = targets;
        this.access = access;
        this.settings = settings;
        this.throttle = new WriteThrottle(
                settings.maxConcurrentWrites(), settings.maxEnqueuedWrites(), settings.enqueuedWriteTimeoutNanos());
    }

    @RequestMapping(path = "/write", method = RequestMethod.POST)
    void write(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        QueryString query = QueryString.of(request);
        Precision precision = precision(PRECISIONS, query, "n, u, ms, s, m or h");
        if (!CONSISTENCIES.contains(query.first("consistency").toLowerCase(Locale.ROOT))) {
            throw bad("invalid consistency level");
        }
        String throttled = throttle.enter();
        if (throttled != null) {
            refuse(throttled, request, response);
            return;
        }
        try {
            write(query.first("db"), query.first("rp"), precision, request, response, caller);
        } finally {
            throttle.leave();
        }
    }

    /** In plain text, as Go's server says such things itself. */
    private static void refuse(String reason, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        UnreadBodyFilter.announce(request, response);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        byte[] body = (reason + "\n").getBytes(StandardCharsets.US_ASCII);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @RequestMapping(path = "/api/v2/write", method = RequestMethod.POST)
    void writeToBucket(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        QueryString query = QueryString.of(request);
        Precision precision = precision(V2_PRECISIONS, query, "ns, us, ms or s");
        String bucket = query.first("bucket");
        int slash = bucket.indexOf('/');
        if (bucket.isEmpty()) {
            throw new RequestException(
                    HttpServletResponse.SC_NOT_FOUND,
                    "bucket name \"\" is missing a slash; not in \"database/retention-policy\" format");
        }
        if (slash == 0) {
            throw new RequestException(
                    HttpServletResponse.SC_NOT_FOUND,
                    "bucket name \"" + bucket + "\" is in db/rp form but has an empty database");
        }
        String database = slash < 0 ? bucket : bucket.substring(0, slash);
        String policy = slash < 0 ? "" : bucket.substring(slash + 1);
        write(database, policy, precision, request, response, caller);
    }

    @RequestMapping(
            path = {"/write", "/api/v2/write"},
            method = RequestMethod.OPTIONS)
    void options(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
    }

    private static Precision precision(Map<String, Precision> known, QueryString query, String names) {
        String name = query.first("precision");
        Precision precision = known.get(name);
        if (precision == null) {
            throw bad("invalid precision \"" + name + "\" (use " + names + ")");
        }
        return precision;
    }

    private void write(
            String database,
            String retentionPolicy,
            Precision precision,
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller)
            throws IOException {
        if (database.isEmpty()) {
            throw bad("database is required");
        }
        if (!targets.databaseExists(database)) {
            throw new RequestException(HttpServletResponse.SC_NOT_FOUND, "database not found: \"" + database + "\"");
        }
        authorize(caller, database, request);
        int limit = rates.exceeded(caller);
        if (limit > 0) {
            response.setHeader("Retry-After", "1");
            throw new RequestException(429, "writes per second limit exceeded (" + limit + ")");
        }
        SeriesAccess writable = access.of(caller);
        WriteBuffer body = ingest.buffers().take();
        try {
            RequestBody.read(request, settings.maxBodySizeInBytes(), body);
            targets.checkRetentionPolicy(database, retentionPolicy);
            ingest.write(database, retentionPolicy, precision, body, points -> writable.checkWrite(database, points));
        } catch (WriteNotAuthorizedException forbidden) {
            denials.accessDenied(caller, RequestOrigin.of(request), String.valueOf(forbidden.getMessage()));
            throw new RequestException(HttpServletResponse.SC_FORBIDDEN, forbidden.getMessage());
        } catch (PartialWriteException | MalformedPointsException refused) {
            throw bad(refused.getMessage());
        } finally {
            ingest.buffers().giveBack(body);
        }
        response.setContentType("application/json");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private void authorize(Caller caller, String database, HttpServletRequest request) {
        if (caller.may(Privilege.WRITE, database)) {
            return;
        }
        Optional<UserAccount> user = caller.user();
        String refusal = user.isEmpty()
                ? "user is required to write to database \"" + database + "\""
                : "\"" + user.get().name() + "\" user is not authorized to write to database \"" + database + "\"";
        denials.accessDenied(caller, RequestOrigin.of(request), refusal);
        throw new RequestException(HttpServletResponse.SC_FORBIDDEN, refusal);
    }

    private static RequestException bad(String text) {
        return new RequestException(HttpServletResponse.SC_BAD_REQUEST, text);
    }
}
