package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.http.Traffic.Figure;
import dev.sluice.ingest.LineProtocolIngest;
import dev.sluice.ingest.WriteBuffer;
import dev.sluice.ingest.WriteTargets;
import dev.sluice.model.Precision;
import dev.sluice.security.Access;
import dev.sluice.security.QueryString;
import dev.sluice.security.RouteAccess;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
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

    private final WriteGate gate;
    private final LineProtocolIngest ingest;
    private final WriteTargets targets;
    private final HttpSettings settings;
    private final Traffic traffic;

    WriteController(
            WriteGate gate, LineProtocolIngest ingest, WriteTargets targets, HttpSettings settings, Traffic traffic) {
        this.traffic = traffic;
        this.gate = gate;
        this.ingest = ingest;
        this.targets = targets;
        this.settings = settings;
    }

    @RequestMapping(path = "/write", method = RequestMethod.POST)
    void write(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        QueryString query = QueryString.of(request);
        Precision precision = precision(PRECISIONS, query, "n, u, ms, s, m or h");
        String consistency = query.first("consistency");
        gate.inTurn(
                request,
                response,
                () -> write(query.first("db"), query.first("rp"), precision, consistency, request, response, caller));
    }

    @RequestMapping(path = "/api/v2/write", method = RequestMethod.POST)
    void writeToBucket(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        QueryString query = QueryString.of(request);
        Precision precision = precision(V2_PRECISIONS, query, "ns, us, ms or s");
        try {
            BucketName bucket = BucketName.parse(query.first("bucket"));
            write(bucket.database(), bucket.retentionPolicy(), precision, "", request, response, caller);
        } catch (BucketName.MalformedException malformed) {
            throw new RequestException(HttpServletResponse.SC_NOT_FOUND, String.valueOf(malformed.getMessage()));
        }
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
            String consistency,
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller)
            throws IOException {
        gate.write(database, request, response, caller, check -> {
            WriteBuffer body = ingest.buffers().take();
            try {
                RequestBody.read(request, settings.maxBodySizeInBytes(), body);
                traffic.add(Figure.WRITE_BYTES, body.length());
                ingest.write(database, retentionPolicy, precision, body, points -> {
                    // As late as InfluxDB looks at them: lines that are no points are told of first.
                    gate.checkConsistency(consistency);
                    targets.checkRetentionPolicy(database, retentionPolicy);
                    check.accept(points);
                });
            } finally {
                ingest.buffers().giveBack(body);
            }
        });
    }

    private static RequestException bad(String text) {
        return new RequestException(HttpServletResponse.SC_BAD_REQUEST, text);
    }
}
