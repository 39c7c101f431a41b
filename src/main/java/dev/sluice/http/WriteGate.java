package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.http.Traffic.Figure;
import dev.sluice.ingest.MalformedPointsException;
import dev.sluice.ingest.PartialWriteException;
import dev.sluice.ingest.WriteTargets;
import dev.sluice.model.PointBatch;
import dev.sluice.model.Privilege;
import dev.sluice.statement.LimitsByCaller;
import dev.sluice.statement.SeriesAccess;
import dev.sluice.statement.WriteNotAuthorizedException;
import dev.sluice.statement.access.FineGrainedAccess;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * What every request that writes points has to pass, whatever format they come in: its turn, the database, what the caller
 * may write, and how often. Thread-safe.
 */
@Component
final class WriteGate {

    private static final Set<String> CONSISTENCIES = Set.of("", "any", "one", "quorum", "all");

    private final WriteTargets targets;
    private final FineGrainedAccess access;
    private final WriteThrottle throttle;
    private final WriteRates rates;
    private final Refusals refusals;
    private final Traffic traffic;
    private final RequestProfiles profiles;

    WriteGate(
            WriteTargets targets,
            FineGrainedAccess access,
            LimitsByCaller limits,
            Refusals refusals,
            HttpSettings settings,
            Traffic traffic,
            RequestProfiles profiles) {
        this.traffic = traffic;
        this.profiles = profiles;
        this.targets = targets;
        this.access = access;
        this.rates = new WriteRates(limits, System::nanoTime);
        this.refusals = refusals;
        this.throttle = new WriteThrottle(
                settings.maxConcurrentWrites(), settings.maxEnqueuedWrites(), settings.enqueuedWriteTimeoutNanos());
    }

    /** Reading and storing the points of a request. */
    @FunctionalInterface
    interface Points {

        /**
         * Stores them.
         *
         * @param check to be asked before any of them is stored
         */
        void store(Consumer<PointBatch> check) throws IOException;
    }

    /** Work of a request whose turn has come. */
    @FunctionalInterface
    interface Turn {
        void run() throws IOException;
    }

    /** Copies of points mean nothing to a single server, but InfluxDB looks at the word. */
    void checkConsistency(String level) {
        if (!CONSISTENCIES.contains(level.toLowerCase(Locale.ROOT))) {
            throw new RequestException(HttpServletResponse.SC_BAD_REQUEST, "invalid consistency level");
        }
    }

    /** Waits until no more writes run than may, or answers 503. */
    void inTurn(HttpServletRequest request, HttpServletResponse response, Turn turn) throws IOException {
        String throttled = throttle.enter();
        if (throttled != null) {
            refuse(throttled, request, response);
            return;
        }
        try {
            turn.run();
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

    /**
     * Stores points if the caller may write to the database, and answers 204.
     *
     * @throws RequestException when the database, the caller or the points are not what they have to be
     */
    void write(String database, HttpServletRequest request, HttpServletResponse response, Caller caller, Points points)
            throws IOException {
        long start = System.nanoTime();
        traffic.add(Figure.WRITES, 1);
        traffic.add(Figure.ACTIVE_WRITES, 1);
        profiles.noteWrite(caller, request);
        try {
            writeIfAllowed(database, request, response, caller, points);
        } finally {
            traffic.add(Figure.ACTIVE_WRITES, -1);
            traffic.add(Figure.WRITE_NANOS, System.nanoTime() - start);
        }
    }

    private void writeIfAllowed(
            String database, HttpServletRequest request, HttpServletResponse response, Caller caller, Points points)
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
        CountedPoints counted = new CountedPoints();
        try {
            points.store(batch -> {
                writable.checkWrite(database, batch);
                counted.points = batch.pointCount();
            });
            counted.stored = true;
        } catch (WriteNotAuthorizedException forbidden) {
            throw refusals.forbidden(caller, request, String.valueOf(forbidden.getMessage()));
        } catch (PartialWriteException partial) {
            counted.stored = true;
            counted.dropped = partial.droppedPoints();
            throw bad(partial.getMessage());
        } catch (MalformedPointsException malformed) {
            counted.stored = true;
            throw bad(malformed.getMessage());
        } finally {
            counted.addTo(traffic);
        }
        response.setContentType("application/json");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** What became of the points of a request. Belongs to one thread. */
    private static final class CountedPoints {

        private int points;
        private int dropped;
        private boolean stored;

        void addTo(Traffic traffic) {
            if (stored) {
                traffic.add(Figure.POINTS_WRITTEN, Math.max(0, points - dropped));
                traffic.add(Figure.POINTS_DROPPED, dropped);
            } else {
                traffic.add(Figure.POINTS_FAILED, points);
            }
        }
    }

    private void authorize(Caller caller, String database, HttpServletRequest request) {
        if (!caller.may(Privilege.WRITE, database)) {
            throw refusals.forbidden(
                    caller,
                    request,
                    "user is required to write to database \"" + database + "\"",
                    user -> "\"" + user + "\" user is not authorized to write to database \"" + database + "\"");
        }
    }

    private static RequestException bad(String text) {
        return new RequestException(HttpServletResponse.SC_BAD_REQUEST, text);
    }
}
