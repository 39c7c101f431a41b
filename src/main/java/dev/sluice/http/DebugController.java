package dev.sluice.http;

import dev.sluice.monitor.Diagnostic;
import dev.sluice.monitor.Diagnostics;
import dev.sluice.monitor.JavaRuntime;
import dev.sluice.monitor.Statistic;
import dev.sluice.monitor.Statistics;
import dev.sluice.security.Access;
import dev.sluice.security.QueryString;
import dev.sluice.security.RouteAccess;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * {@code /debug/vars} and {@code /debug/requests} of InfluxDB 1.x, which Telegraf reads. Every path that begins so is meant.
 * Answers have none of the headers of routed ones.
 */
@Controller
@RouteAccess(Access.MONITOR)
class DebugController {

    private static final Logger LOG = System.getLogger(DebugController.class.getName());
    private static final long DEFAULT_SECONDS = 10;
    private static final long MAX_SECONDS = TimeUnit.HOURS.toSeconds(6);

    private final Statistics statistics;
    private final Diagnostics diagnostics;
    private final JavaRuntime runtime;
    private final RequestProfiles profiles;
    private final InfluxHeadersFilter headers;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sluice-request-profiles");
        thread.setDaemon(true);
        return thread;
    });

    /** What ends each request that waits for its profile. */
    private final Map<AsyncContext, Runnable> ends = new ConcurrentHashMap<>();

    DebugController(
            Statistics statistics,
            Diagnostics diagnostics,
            JavaRuntime runtime,
            RequestProfiles profiles,
            InfluxHeadersFilter headers) {
        this.statistics = statistics;
        this.diagnostics = diagnostics;
        this.runtime = runtime;
        this.profiles = profiles;
        this.headers = headers;
    }

    /** The service waits for requests that are under way before it stops: those of hours are answered with what they have. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        timer.shutdownNow();
        ends.keySet().forEach(this::end);
    }

    @RequestMapping(
            path = {"/debug/vars*", "/debug/vars*/**"},
            method = {RequestMethod.GET, RequestMethod.HEAD, RequestMethod.POST})
    void variables(HttpServletResponse response) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("\"system\": {\"currentTime\":" + JsonText.quote(Instant.now().toString()) + ",\"started\":"
                + JsonText.quote(runtime.started().toString()) + ",\"uptime\":"
                + runtime.uptime().toSeconds() + "}");
        // Without its options, which may hold secrets.
        lines.add("\"cmdline\": ["
                + JsonText.quote(ProcessHandle.current().info().command().orElse("java")) + "]");
        List<Statistic> all = statistics.all();
        all.stream()
                .filter(each -> each.name().equals("runtime"))
                .findFirst()
                .ifPresent(each -> lines.add("\"memstats\": " + memory(each)));
        for (Diagnostic module : diagnostics.all()) {
            if (module.name().equals("build")) {
                lines.add("\"build\": " + object(module.values()));
            }
        }
        Map<String, Integer> seen = new HashMap<>();
        for (Statistic statistic : all) {
            String key = statistic.key();
            int earlier = seen.merge(key, 1, Integer::sum) - 1;
            lines.add(JsonText.quote(earlier == 0 ? key : key + ":" + earlier) + ": {\"name\":"
                    + JsonText.quote(statistic.name()) + ",\"tags\":"
                    + (statistic.tags().isEmpty() ? "null" : object(statistic.tags())) + ",\"values\":"
                    + object(statistic.values()) + "}");
        }
        answer(response, "{\n" + String.join(",\n", lines) + "\n}\n");
    }

    /** Go's {@code runtime.MemStats}, whose spelling differs from that of the statistic in one name. */
    private static String memory(Statistic runtime) {
        SortedMap<String, Object> values = new TreeMap<>(runtime.values());
        Object inUse = values.remove("HeapInUse");
        if (inUse != null) {
            values.put("HeapInuse", inUse);
        }
        values.remove("NumGoroutine");
        return object(values);
    }

    private static String object(Map<String, ?> values) {
        StringBuilder object = new StringBuilder("{");
        values.forEach((name, value) -> object.append(object.length() == 1 ? "" : ",")
                .append(JsonText.quote(name))
                .append(':')
                .append(value instanceof String text ? JsonText.quote(text) : String.valueOf(value)));
        return object.append('}').toString();
    }

    @RequestMapping(
            path = {"/debug/requests*", "/debug/requests*/**"},
            method = {RequestMethod.GET, RequestMethod.HEAD, RequestMethod.POST})
    void requests(HttpServletRequest request, HttpServletResponse response) {
        long seconds = seconds(QueryString.of(request).first("seconds"));
        RequestProfiles.Profile profile = profiles.open();
        AsyncContext waiting = request.startAsync();
        // The timer ends it.
        waiting.setTimeout(0);
        ends.put(waiting, () -> end(profile, response, waiting));
        try {
            timer.schedule(() -> end(waiting), seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException stopping) {
            end(waiting);
        }
    }

    private void end(AsyncContext waiting) {
        Runnable end = ends.remove(waiting);
        if (end != null) {
            end.run();
        }
    }

    private static long seconds(String text) {
        if (text.isEmpty()) {
            return DEFAULT_SECONDS;
        }
        long seconds;
        try {
            seconds = Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new RequestException(
                    HttpServletResponse.SC_BAD_REQUEST,
                    "strconv.ParseInt: parsing " + JsonText.quote(text) + ": invalid syntax");
        }
        if (seconds > MAX_SECONDS) {
            throw new RequestException(
                    HttpServletResponse.SC_BAD_REQUEST, "exceeded maximum interval time: " + seconds + "s > 6h");
        }
        return seconds;
    }

    private void end(RequestProfiles.Profile profile, HttpServletResponse response, AsyncContext waiting) {
        try (profile) {
            List<String> clients = new ArrayList<>();
            profile.clients()
                    .forEach((client, counts) -> clients.add(JsonText.quote(client) + ": {\"writes\":" + counts.writes()
                            + ",\"queries\":" + counts.queries() + "}"));
            answer(response, "{\n" + String.join(",\n", clients) + "\n}\n", "Connection", "close");
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "nobody waits for a request profile any more: {0}", gone.getMessage());
        } finally {
            waiting.complete();
        }
    }

    private void answer(HttpServletResponse response, String json, String... moreHeaders) throws IOException {
        response.reset();
        headers.addServerHeaders(response);
        for (int i = 0; i < moreHeaders.length; i += 2) {
            response.setHeader(moreHeaders[i], moreHeaders[i + 1]);
        }
        response.setContentType("application/json; charset=utf-8");
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
