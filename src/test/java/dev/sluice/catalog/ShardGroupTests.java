package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.ShardId;
import dev.sluice.model.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardGroupTests {

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long DAY = TimeUnit.DAYS.toNanos(1);

    private final InMemoryCatalogStore store = new InMemoryCatalogStore();
    private final StoredCatalog catalog = new StoredCatalog(store, true);

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 168, 1969-12-29T00:00:00Z, 1970-01-05T00:00:00Z",
        "1970-01-05T00:00:00Z, 168, 1970-01-05T00:00:00Z, 1970-01-12T00:00:00Z",
        "1970-01-04T23:59:59Z, 168, 1969-12-29T00:00:00Z, 1970-01-05T00:00:00Z",
        "1970-01-16T23:06:40Z, 720, 1969-12-30T00:00:00Z, 1970-01-29T00:00:00Z",
        "1970-02-16T07:06:40Z, 720, 1970-01-29T00:00:00Z, 1970-02-28T00:00:00Z",
        "1969-12-25T01:20:00Z, 720, 1969-11-30T00:00:00Z, 1969-12-30T00:00:00Z",
        "2024-02-29T12:34:56Z, 24, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
        "2024-02-29T12:34:56Z, 1, 2024-02-29T12:00:00Z, 2024-02-29T13:00:00Z",
    })
    void windowsCountFromYearOne(String time, long widthHours, String start, String end) {
        ShardGroup group = group(widthHours * HOUR, nanos(time));

        assertThat(group.startNanos()).isEqualTo(nanos(start));
        assertThat(group.endNanos()).isEqualTo(nanos(end));
    }

    @Test
    void windowsEndWithTheTimestampsOfPoints() {
        assertThat(group(7 * DAY, TimeRange.MIN_TIMESTAMP).startNanos()).isEqualTo(TimeRange.MIN_TIMESTAMP);
        assertThat(group(7 * DAY, TimeRange.MAX_TIMESTAMP).timeRange().maxNanos())
                .isEqualTo(TimeRange.MAX_TIMESTAMP);
        assertThat(group(Long.MAX_VALUE, 0).timeRange().contains(0)).isTrue();
    }

    @Test
    void sameWindowIsTheSameGroup() {
        catalog.createDatabase("d", null);
        ShardGroup first = catalog.shardGroupFor("d", "autogen", 0);
        int changes = store.changeCount();

        assertThat(catalog.shardGroupFor("d", "autogen", 4 * DAY - 1)).isSameAs(first);
        assertThat(store.changeCount()).isEqualTo(changes);
        assertThat(catalog.shardGroupFor("d", "autogen", 4 * DAY)).isNotEqualTo(first);
    }

    @Test
    void idsCountOverAllDatabasesAndAreNeverUsedTwice() {
        catalog.createDatabase("d", null);
        catalog.createDatabase("e", null);
        assertThat(catalog.shardGroupFor("d", "autogen", 0).id()).isEqualTo(1);
        ShardGroup second = catalog.shardGroupFor("e", "autogen", 0);
        assertThat(second.id()).isEqualTo(2);
        assertThat(second.shard()).isEqualTo(new ShardId(2));
        catalog.dropShardGroup("e", "autogen", 2);
        catalog.dropDatabase("d");

        ShardGroup third = new StoredCatalog(store, true).shardGroupFor("e", "autogen", 0);

        assertThat(third.id()).isEqualTo(3);
        assertThat(third.shard()).isEqualTo(new ShardId(3));
    }

    @Test
    void unknownTargetsAreRefused() {
        catalog.createDatabase("d", null);

        assertThatThrownBy(() -> catalog.shardGroupFor("no", "autogen", 0)).hasMessage("database not found: no");
        assertThatThrownBy(() -> catalog.shardGroupFor("d", "no", 0)).hasMessage("retention policy not found: no");
    }

    @Test
    void dropShardGroupForgetsOne() {
        catalog.createDatabase("d", null);
        ShardGroup first = catalog.shardGroupFor("d", "autogen", 0);
        ShardGroup second = catalog.shardGroupFor("d", "autogen", 30 * DAY);

        catalog.dropShardGroup("d", "autogen", first.id());
        catalog.dropShardGroup("d", "autogen", first.id());
        catalog.dropShardGroup("d", "no", second.id());
        catalog.dropShardGroup("no", "autogen", second.id());

        assertThat(groups()).containsExactly(second);
        assertThat(store.load().databases()).isEqualTo(catalog.databases());
    }

    @Test
    void groupIsCutBackWhereTheShardDurationChanged() {
        catalog.createDatabase("d", null);
        ShardGroup week = catalog.shardGroupFor("d", "autogen", 0);
        ShardGroup nextWeek = catalog.shardGroupFor("d", "autogen", 14 * DAY);
        catalog.alterRetentionPolicy(
                "d", "autogen", new RetentionPolicySpec(null, null, null, 30 * DAY, null, null), false);

        ShardGroup between = catalog.shardGroupFor("d", "autogen", 5 * DAY);

        assertThat(between.startNanos()).isEqualTo(week.endNanos());
        assertThat(between.endNanos()).isEqualTo(nextWeek.startNanos());
        assertThat(groups()).containsExactly(week, between, nextWeek);
    }

    @Property(tries = 200)
    void everyTimestampHasOneGroupAndGroupsDoNotOverlap(
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 1, max = 2000) Long> widthHours,
            @ForAll @Size(min = 12, max = 12) List<@LongRange(min = -10_000, max = 10_000) Long> hours) {
        InMemoryCatalogStore kept = new InMemoryCatalogStore();
        StoredCatalog changing = new StoredCatalog(kept, true);
        changing.createDatabase("d", null);
        for (int i = 0; i < widthHours.size(); i++) {
            changing.alterRetentionPolicy(
                    "d",
                    "autogen",
                    new RetentionPolicySpec(null, null, null, widthHours.get(i) * HOUR, null, null),
                    false);
            long timestamp = hours.get(i) * HOUR + i;
            ShardGroup group = changing.shardGroupFor("d", "autogen", timestamp);
            assertThat(group.timeRange().contains(timestamp)).isTrue();
        }

        List<ShardGroup> groups =
                changing.findDatabase("d").orElseThrow().loadRetentionPolicy("").shardGroups();
        for (int i = 1; i < groups.size(); i++) {
            assertThat(groups.get(i).startNanos())
                    .isGreaterThanOrEqualTo(groups.get(i - 1).endNanos());
        }
        assertThat(new StoredCatalog(kept, true).databases()).isEqualTo(changing.databases());
    }

    @Test
    void concurrentWritersOfOneWindowGetOneGroup() throws Exception {
        catalog.createDatabase("d", null);
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            Callable<List<Long>> writer = () -> {
                start.await();
                return IntStream.range(0, 200)
                        .mapToObj(week -> catalog.shardGroupFor("d", "autogen", week * 7L * DAY)
                                .id())
                        .toList();
            };
            List<Future<List<Long>>> ids = IntStream.range(0, threads)
                    .mapToObj(i -> executor.submit(writer))
                    .toList();
            start.countDown();

            for (Future<List<Long>> each : ids) {
                assertThat(each.get()).isEqualTo(ids.get(0).get());
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(groups()).hasSize(200);
    }

    private ShardGroup group(long width, long timestamp) {
        TimeRange window = ShardWindows.windowAt(timestamp, width, List.of());
        return new ShardGroup(1, new ShardId(1), window.minNanos(), window.maxNanos() + 1);
    }

    private List<ShardGroup> groups() {
        return catalog.findDatabase("d").orElseThrow().loadRetentionPolicy("").shardGroups();
    }

    private static long nanos(String time) {
        Instant instant = Instant.parse(time);
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
