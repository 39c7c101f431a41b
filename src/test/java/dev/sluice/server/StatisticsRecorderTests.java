package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.InMemoryCatalogStore;
import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.monitor.Statistic;
import dev.sluice.monitor.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsRecorderTests {

    private static final long SECOND = 1_000_000_000L;

    private final Catalog catalog = new StoredCatalog(new InMemoryCatalogStore(), true);
    private final List<String> written = new ArrayList<>();
    private long now = 100 * SECOND;

    private StatisticsRecorder recorder() {
        return new StatisticsRecorder(
                new Statistics(List.of(() -> List.of(Statistic.of("cq", Map.of("queryOk", 1L)))), Map.of()),
                catalog,
                (database, policy, points) ->
                        written.add(database + "." + policy + " " + points.timestampNanos(0) / SECOND),
                "_internal",
                10 * SECOND,
                () -> now);
    }

    @Test
    void recordMakesTheDatabaseWithAPolicyOfSevenDays() {
        recorder().record();

        RetentionPolicy policy = catalog.findDatabase("_internal").orElseThrow().loadRetentionPolicy("");
        assertThat(policy.name()).isEqualTo("monitor");
        assertThat(policy.durationNanos()).isEqualTo(7 * 24 * 3600 * SECOND);
        assertThat(policy.shardDurationNanos()).isEqualTo(24 * 3600 * SECOND);
        assertThat(written).containsExactly("_internal.monitor 100");
    }

    @Test
    void recordWhenTheTimerIsEarlyOrLateThenWritesAtTheWholeInterval() {
        StatisticsRecorder recorder = recorder();
        for (long time : new long[] {119_999_000_000L, 130_004_000_000L}) {
            now = time;
            recorder.record();
        }
        assertThat(written).containsExactly("_internal.monitor 120", "_internal.monitor 130");
    }

    @Test
    void recordWhenTheDatabaseIsThereThenLeavesItsPoliciesAlone() {
        catalog.createDatabase("_internal", null);

        recorder().record();

        assertThat(catalog.findDatabase("_internal").orElseThrow().retentionPolicies())
                .extracting(RetentionPolicy::name)
                .containsExactly("autogen");
    }

    @Test
    void recordWhenTheDatabaseWasDroppedThenDoesNotMakeItAgain() {
        StatisticsRecorder recorder = recorder();
        recorder.record();
        catalog.dropDatabase("_internal");

        recorder.record();

        assertThat(catalog.databases()).isEmpty();
        assertThat(written).hasSize(1);
    }
}
