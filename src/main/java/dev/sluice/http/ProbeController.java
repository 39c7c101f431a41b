package dev.sluice.http;

import dev.sluice.http.Traffic.Figure;
import dev.sluice.security.Access;
import dev.sluice.security.QueryString;
import dev.sluice.security.RouteAccess;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** {@code /ping}, {@code /status} and {@code /health}: whether the service is there. */
@Controller
@RouteAccess(Access.PROBE)
class ProbeController {

    private static final Set<String> QUIET = Set.of("", "0", "false");

    private final HttpSettings settings;
    private final ServiceHealth health;
    private final Traffic traffic;

    ProbeController(HttpSettings settings, ServiceHealth health, Traffic traffic) {
        this.traffic = traffic;
        this.settings = settings;
        this.health = health;
    }

    @RequestMapping(
            path = "/ping",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void ping(HttpServletRequest request, HttpServletResponse response) throws IOException {
        traffic.add(Figure.PINGS, 1);
        String verbose = QueryString.of(request).first("verbose");
        if (QUIET.contains(verbose)) {
            isThere(response);
        } else {
            write(response, HttpServletResponse.SC_OK, "{\"version\":\"" + settings.version() + "\"}");
        }
    }

    @RequestMapping(
            path = "/status",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void status(HttpServletResponse response) {
        traffic.add(Figure.STATUS_CHECKS, 1);
        isThere(response);
    }

    private static void isThere(HttpServletResponse response) {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    @RequestMapping(path = "/health", method = RequestMethod.GET)
    void health(HttpServletResponse response) throws IOException {
        String fault = health.fault();
        boolean passes = fault.isEmpty();
        write(
                response,
                passes ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "{\"checks\":[],\"message\":" + JsonText.quote(passes ? "ready for queries and writes" : fault)
                        + ",\"name\":\"influxdb\",\"status\":\"" + (passes ? "pass" : "fail") + "\",\"version\":\""
                        + settings.version() + "\"}");
    }

    private static void write(HttpServletResponse response, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
