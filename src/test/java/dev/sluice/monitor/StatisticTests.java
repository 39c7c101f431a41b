package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.PointBatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticTests {

    private static String key(String name, Map<String, String> tags) {
        return Statistic.of(name, tags, Map.of("v", 1L)).key();
    }

    @Test
    void keyNamesWhereAStatisticBelongs() {
        assertThat(key("write", Map.of())).isEqualTo("write");
        assertThat(key("shard", Map.of("path", "/d", "id", "3", "database", "x")))
                .isEqualTo("shard:/d:3");
        assertThat(key("httpd", Map.of("bind", ":8086"))).isEqualTo("httpd::8086");
        assertThat(key("udp", Map.of("bind", ":1", "proto", "udp"))).isEqualTo("udp:udp::1");
        assertThat(key("database", Map.of("database", "d"))).isEqualTo("database:d");
        assertThat(key(
                        "subscriber",
                        Map.of(
                                "database", "d",
                                "retention_policy", "p",
                                "name", "s",
                                "mode", "ALL",
                                "destination", "udp://h:9")))
                .isEqualTo("subscriber:d:p:s:udp://h:9");
    }

    @Test
    void valuesAndTagsAreInTheOrderOfTheirNames() {
        Statistic statistic = Statistic.of("m", Map.of("b", "2", "a", "1"), Map.of("z", 1L, "B", 2L, "a", 3L));

        assertThat(statistic.tags().keySet()).containsExactly("a", "b");
        assertThat(statistic.values().keySet()).containsExactly("B", "a", "z");
    }

    @Test
    void pointsHaveTheHostAsOneTagMore() {
        PointBatch points = StatisticPoints.of(
                List.of(
                        Statistic.of("cq", Map.of("queryOk", 5L, "queryFail", 0L)),
                        Statistic.of("httpd", Map.of("bind", "", "a b", "c"), Map.of("req", 7L))),
                "machine",
                42);

        assertThat(points.pointCount()).isEqualTo(2);
        assertThat(points.timestampNanos(1)).isEqualTo(42);
        assertThat(key(points, 0)).isEqualTo("cq,hostname=machine");
        assertThat(key(points, 1)).isEqualTo("httpd,a\\ b=c,hostname=machine");
        assertThat(points.fieldBits(points.fieldStart(0) + 1)).isEqualTo(5);
        assertThat(points.fieldBits(points.fieldStart(1))).isEqualTo(7);
    }

    private static String key(PointBatch points, int point) {
        int key = points.key(point);
        return points.text(points.keyOffset(key), points.keyLength(key));
    }

    @Test
    void aDiagnosticHoldsNumbersFlagsAndTextsOnly() {
        assertThat(Diagnostic.of("m", Map.of("n", 3, "t", "x", "f", true)).values())
                .containsExactly(Map.entry("f", true), Map.entry("n", 3L), Map.entry("t", "x"));
        assertThatThrownBy(() -> Diagnostic.of("m", Map.of("n", 1.5))).isInstanceOf(IllegalArgumentException.class);
    }
}
