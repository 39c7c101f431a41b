package dev.sluice.http;

import dev.sluice.monitor.Statistic;
import dev.sluice.monitor.StatisticsSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Counts what the HTTP API does: the statistic {@code httpd} of InfluxDB 1.x. Thread-safe. */
@Component
public final class Traffic implements StatisticsSource {

    /** What is counted, since the start unless it says otherwise. */
    enum Figure {
        AUTHENTICATION_FAILURES("authFail"),
        CLIENT_ERRORS("clientError"),
        PINGS("pingReq"),
        POINTS_DROPPED("pointsWrittenDropped"),
        POINTS_FAILED("pointsWrittenFail"),
        POINTS_WRITTEN("pointsWrittenOK"),
        PROMETHEUS_READS("promReadReq"),
        PROMETHEUS_WRITES("promWriteReq"),
        QUERIES("queryReq"),
        QUERY_NANOS("queryReqDurationNs"),
        QUERY_BYTES("queryRespBytes"),
        FAULTS("recoveredPanics"),
        REQUESTS("req"),
        /** Those being answered now. */
        ACTIVE_REQUESTS("reqActive"),
        REQUEST_NANOS("reqDurationNs"),
        SERVER_ERRORS("serverError"),
        STATUS_CHECKS("statusReq"),
        WRITES("writeReq"),
        /** Those being answered now. */
        ACTIVE_WRITES("writeReqActive"),
        WRITE_BYTES("writeReqBytes"),
        WRITE_NANOS("writeReqDurationNs");

        private final String influxName;

        Figure(String influxName) {
            this.influxName = influxName;
        }
    }

    private final String bindAddress;
    private final LongAdder[] figures = new LongAdder[Figure.values().length];

    /** @param settings name the address, which is the statistic's tag */
    Traffic(HttpSettings settings) {
        this.bindAddress = settings.bindAddress();
        for (int i = 0; i < figures.length; i++) {
            figures[i] = new LongAdder();
        }
    }

    void add(Figure figure, long amount) {
        figures[figure.ordinal()].add(amount);
    }

    @Override
    public List<Statistic> statistics() {
        Map<String, Long> values = new TreeMap<>();
        for (Figure figure : Figure.values()) {
            values.put(figure.influxName, figures[figure.ordinal()].sum());
        }
        return List.of(Statistic.of("httpd", Map.of("bind", bindAddress), values));
    }
}
