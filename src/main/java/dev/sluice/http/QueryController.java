package dev.sluice.http;

import dev.sluice.account.Caller;
import dev.sluice.http.Traffic.Figure;
import dev.sluice.http.encoding.AnswerStream;
import dev.sluice.http.encoding.EncodingOptions;
import dev.sluice.http.encoding.ResponseFormat;
import dev.sluice.http.encoding.ResultEncoder;
import dev.sluice.influxql.InfluxqlException;
import dev.sluice.influxql.InfluxqlParser;
import dev.sluice.influxql.tree.Statement;
import dev.sluice.model.Precision;
import dev.sluice.security.Access;
import dev.sluice.security.RequestOrigin;
import dev.sluice.security.RouteAccess;
import dev.sluice.statement.Authorization;
import dev.sluice.statement.StatementAuthorizer;
import dev.sluice.statement.StatementExecutor;
import dev.sluice.statement.StatementRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** {@code /query}: InfluxQL in, results out as they are found. */
@Controller
@RouteAccess(Access.USER)
class QueryController {

    private static final int DEFAULT_CHUNK_SIZE = 10_000;

    private static final Map<String, Precision> EPOCHS = Map.of(
            "u", Precision.MICROSECONDS,
            "ms", Precision.MILLISECONDS,
            "s", Precision.SECONDS,
            "m", Precision.MINUTES,
            "h", Precision.HOURS);

    private final StatementExecutor executor;
    private final Traffic traffic;
    private final RequestProfiles profiles;
    private final StatementAuthorizer authorizer;
    private final BackgroundQueries background;
    private final FirstAdminGate firstAdmin;
    private final HttpSettings settings;
    private final Refusals refusals;

    QueryController(
            StatementExecutor executor,
            StatementAuthorizer authorizer,
            BackgroundQueries background,
            FirstAdminGate firstAdmin,
            HttpSettings settings,
            Refusals refusals,
            Traffic traffic,
            RequestProfiles profiles) {
        this.traffic = traffic;
        this.profiles = profiles;
        this.refusals = refusals;
        this.executor = executor;
        this.authorizer = authorizer;
        this.background = background;
        this.firstAdmin = firstAdmin;
        this.settings = settings;
    }

    @RequestMapping(
            path = "/query",
            method = {RequestMethod.GET, RequestMethod.POST})
    void query(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        long start = System.nanoTime();
        traffic.add(Figure.QUERIES, 1);
        profiles.noteQuery(caller, request);
        try {
            QueryParameters parameters = QueryParameters.read(request);
            List<Statement> statements = parse(parameters);
            try (FirstAdminGate.Passage passage = firstAdmin.enter(caller)) {
                execute(parameters, statements, request, response, caller);
            }
        } finally {
            traffic.add(Figure.QUERY_NANOS, System.nanoTime() - start);
        }
    }

    private void execute(
            QueryParameters parameters,
            List<Statement> statements,
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller)
            throws IOException {
        String database = parameters.get("db");
        Authorization authorization = authorizer.authorize(caller, statements, database);
        if (!authorization.isAllowed()) {
            throw refusals.forbidden(caller, request, String.valueOf(authorization.refusal()));
        }
        boolean readOnly = request.getMethod().equals("GET");
        StatementRequest work = new StatementRequest(
                statements, database, parameters.get("rp"), caller, readOnly, RequestOrigin.of(request));
        EncodingOptions options = options(parameters, statements, request);
        response.setContentType(options.format().contentType());
        if (parameters.get("async").equals("true")) {
            if (caller instanceof Caller.Anonymous) {
                // The gate is open for as long as this method runs.
                background.run(work);
            } else {
                background.start(work);
            }
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        answer(work, options, request, response);
    }

    @RequestMapping(path = "/query", method = RequestMethod.OPTIONS)
    void options(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
    }

    private static List<Statement> parse(QueryParameters parameters) {
        // The reference cuts blanks off both ends, which error positions show.
        String text = parameters.get("q").strip();
        if (text.isEmpty()) {
            throw bad("missing required parameter \"q\"");
        }
        try {
            return InfluxqlParser.parseQuery(text, BindParameters.parse(parameters.get("params")));
        } catch (InfluxqlException malformed) {
            throw bad("error parsing query: " + malformed.getMessage());
        }
    }

    private EncodingOptions options(
            QueryParameters parameters, List<Statement> statements, HttpServletRequest request) {
        boolean chunked = parameters.get("chunked").equals("true");
        return new EncodingOptions(
                ResponseFormat.negotiate(request.getHeader("Accept")),
                parameters.fromUrl("pretty").equals("true"),
                epoch(parameters.get("epoch")),
                rfc3339(parameters.get("time_format")),
                chunked ? chunkSize(parameters.get("chunk_size")) : 0,
                statements.stream().map(StatementChunking::of).toList(),
                settings.maxRowLimit());
    }

    /** Anything that is no unit means nanoseconds. */
    private static @Nullable Precision epoch(String text) {
        return text.isEmpty() ? null : EPOCHS.getOrDefault(text, Precision.NANOSECONDS);
    }

    private static boolean rfc3339(String timeFormat) {
        return switch (timeFormat) {
            case "", "epoch" -> false;
            case "rfc3339" -> true;
            default -> throw bad("Time format must be one of the following: rfc3339,epoch");
        };
    }

    private static int chunkSize(String text) {
        try {
            int size = Integer.parseInt(text);
            return size > 0 ? size : DEFAULT_CHUNK_SIZE;
        } catch (NumberFormatException absent) {
            return DEFAULT_CHUNK_SIZE;
        }
    }

    private void answer(
            StatementRequest work, EncodingOptions options, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        OutputStream out = response.getOutputStream();
        if (GzipAnswer.isAccepted(request)) {
            out = GzipAnswer.begin(response);
        }
        AnswerStream stream = new AnswerStream(out);
        ClientPresence client = ClientPresence.of(request);
        try (ResultEncoder encoder = ResultEncoder.create(options, stream)) {
            executor.execute(work, encoder, () -> stream.isAbandoned() || client.isGone());
            encoder.finish();
        } finally {
            traffic.add(Figure.QUERY_BYTES, stream.sizeInBytes());
        }
        if (!stream.isAbandoned() && out instanceof GZIPOutputStream zipped) {
            zipped.finish();
        }
    }

    private static RequestException bad(String text) {
        return new RequestException(HttpServletResponse.SC_BAD_REQUEST, text);
    }
}
