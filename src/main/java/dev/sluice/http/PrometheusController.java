package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.http.Traffic.Figure;
import dev.sluice.http.prometheus.MalformedMessageException;
import dev.sluice.http.prometheus.RemoteRead;
import dev.sluice.http.prometheus.RemoteReadSink;
import dev.sluice.http.prometheus.RemoteWrite;
import dev.sluice.http.prometheus.SnappyBlock;
import dev.sluice.ingest.PointIngest;
import dev.sluice.ingest.WriteTargets;
import dev.sluice.model.PointBatch;
import dev.sluice.model.Privilege;
import dev.sluice.query.MemoryAccount;
import dev.sluice.security.Access;
import dev.sluice.security.QueryString;
import dev.sluice.security.RequestOrigin;
import dev.sluice.security.RouteAccess;
import dev.sluice.statement.StatementExecutor;
import dev.sluice.statement.StatementMemory;
import dev.sluice.statement.StatementRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * {@code /api/v1/prom/write} and {@code /api/v1/prom/read}: Prometheus' remote storage. Points go the way of {@code /write},
 * and reading runs a SELECT, so what the caller may do is decided where it is for those.
 */
@Controller
@RouteAccess(Access.USER)
class PrometheusController {

    private final WriteGate gate;
    private final WriteTargets targets;
    private final PointIngest ingest;
    private final StatementExecutor executor;
    private final StatementMemory memory;
    private final Refusals refusals;
    private final HttpSettings settings;
    private final Traffic traffic;

    PrometheusController(
            WriteGate gate,
            WriteTargets targets,
            PointIngest ingest,
            StatementExecutor executor,
            StatementMemory memory,
            Refusals refusals,
            HttpSettings settings,
            Traffic traffic) {
        this.traffic = traffic;
        this.gate = gate;
        this.targets = targets;
        this.ingest = ingest;
        this.executor = executor;
        this.memory = memory;
        this.refusals = refusals;
        this.settings = settings;
    }

    @RequestMapping(path = "/api/v1/prom/write", method = RequestMethod.POST)
    void write(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        traffic.add(Figure.PROMETHEUS_WRITES, 1);
        QueryString query = QueryString.of(request);
        String database = query.first("db");
        String policy = query.first("rp");
        gate.checkConsistency(query.first("consistency"));
        gate.inTurn(
                request,
                response,
                () -> gate.write(database, request, response, caller, check -> {
                    PointBatch points = points(request);
                    targets.checkRetentionPolicy(database, policy);
                    ingest.write(database, policy, points, check);
                }));
    }

    private PointBatch points(HttpServletRequest request) throws IOException {
        try {
            return RemoteWrite.read(message(request));
        } catch (MalformedMessageException malformed) {
            throw bad(malformed);
        }
    }

    /** The body, decompressed: always by Snappy, whatever {@code Content-Encoding} says. */
    private byte[] message(HttpServletRequest request) throws IOException, MalformedMessageException {
        long limit = settings.maxBodySizeInBytes();
        byte[] body = RequestBody.readPlain(request, limit);
        try {
            return SnappyBlock.decompress(body, limit == 0 ? Long.MAX_VALUE : limit);
        } catch (SnappyBlock.TooLargeException tooLarge) {
            throw RequestBody.tooLarge();
        }
    }

    @RequestMapping(path = "/api/v1/prom/read", method = RequestMethod.POST)
    void read(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        traffic.add(Figure.PROMETHEUS_READS, 1);
        RemoteRead read;
        try {
            read = RemoteRead.read(message(request));
        } catch (MalformedMessageException malformed) {
            throw bad(malformed);
        }
        QueryString query = QueryString.of(request);
        String database = query.first("db");
        String policy = query.first("rp");
        if (database.isEmpty()) {
            throw bad("no database");
        }
        authorize(caller, database, request);
        if (!targets.databaseExists(database)) {
            throw bad("no database");
        }
        if (!targets.retentionPolicyExists(database, policy)) {
            throw bad("invalid retention policy");
        }
        ClientPresence client = ClientPresence.of(request);
        try (MemoryAccount kept = memory.open(caller)) {
            RemoteReadSink sink = new RemoteReadSink(read, kept);
            executor.execute(
                    new StatementRequest(
                            List.of(read.statement(policy)),
                            database,
                            policy,
                            caller,
                            false,
                            RequestOrigin.of(request)),
                    sink,
                    client::isGone);
            Optional<String> error = sink.firstError();
            if (error.isPresent()) {
                throw bad(error.get());
            }
            answer(sink.message(), request, response);
        }
    }

    /** InfluxDB asks only with {@code prom-read-auth-enabled}, and otherwise lets every user read every database. */
    private void authorize(Caller caller, String database, HttpServletRequest request) {
        if (!caller.may(Privilege.READ, database)) {
            throw refusals.forbidden(
                    caller,
                    request,
                    "user is required to read from database \"" + database + "\"",
                    user -> "user \"" + user + "\" is not authorized to read from database \"" + database + "\"");
        }
    }

    private static void answer(byte[] message, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = SnappyBlock.compress(message, message.length);
        response.setContentType("application/x-protobuf");
        if (GzipAnswer.isAccepted(request)) {
            // As InfluxDB does it: what comes out of gzip is still compressed by Snappy, though the header cannot say
            // so.
            try (GZIPOutputStream out = GzipAnswer.begin(response)) {
                out.write(body);
            }
            return;
        }
        response.setHeader("Content-Encoding", "snappy");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static RequestException bad(MalformedMessageException malformed) {
        return bad(String.valueOf(malformed.getMessage()));
    }

    private static RequestException bad(String text) {
        return new RequestException(HttpServletResponse.SC_BAD_REQUEST, text);
    }
}
