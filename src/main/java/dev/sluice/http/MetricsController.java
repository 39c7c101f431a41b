package dev.sluice.http;

import dev.sluice.security.Access;
import dev.sluice.security.RouteAccess;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * {@code /metrics}: what Prometheus' own client libraries tell of a process and of its runtime, which is all that InfluxDB
 * 1.x has there. {@code process_*} and {@code promhttp_*} have the same names; {@code jvm_*} stand in the place of {@code
 * go_*}. What the service does is told on the management port, since this path is open unless {@code ping-auth-enabled}.
 */
@Controller
@RouteAccess(Access.PROBE)
class MetricsController {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter format = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();
    private final Gauge inFlight;
    private final Counter answered;

    /** Without exemplars: the part of the library that takes spans for them is left out by Micrometer. */
    MetricsController() {
        JvmMetrics.builder().register(registry);
        inFlight = Gauge.builder()
                .name("promhttp_metric_handler_requests_in_flight")
                .help("Current number of scrapes being served.")
                .withoutExemplars()
                .register(registry);
        answered = Counter.builder()
                .name("promhttp_metric_handler_requests_total")
                .help("Total number of scrapes by HTTP status code.")
                .labelNames("code")
                .withoutExemplars()
                .register(registry);
        answered.initLabelValues("200");
        answered.initLabelValues("500");
    }

    @RequestMapping(path = "/metrics", method = RequestMethod.GET)
    void metrics(HttpServletRequest request, HttpServletResponse response) throws IOException {
        inFlight.inc();
        String code = "500";
        try {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            format.write(text, registry.scrape());
            response.setContentType(format.getContentType());
            if (GzipAnswer.isAccepted(request)) {
                try (GZIPOutputStream out = GzipAnswer.begin(response)) {
                    text.writeTo(out);
                }
            } else {
                response.setContentLength(text.size());
                text.writeTo(response.getOutputStream());
            }
            code = "200";
        } finally {
            inFlight.dec();
            answered.labelValues(code).inc();
        }
    }
}
