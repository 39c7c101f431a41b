package dev.sluice.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.Database;
import dev.sluice.catalog.InMemoryCatalogStore;
import dev.sluice.catalog.RetentionPolicySpec;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.catalog.WritesInFlight;
import dev.sluice.ingest.PartialWriteException;
import dev.sluice.ingest.ShardingPointWriter;
import dev.sluice.model.PointBatch;
import dev.sluice.model.ShardId;
import dev.sluice.storage.StoreFixture;
import dev.sluice.storage.memory.MemoryTimeSeriesStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTests {

    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;

    private final StoredCatalog catalog = new StoredCatalog(new InMemoryCatalogStore(), true);
    private final MemoryTimeSeriesStore store = new MemoryTimeSeriesStore();
    private final WritesInFlight inFlight = new WritesInFlight();
    private final UnownedPoints unowned = new UnownedPoints(catalog, store, inFlight);
    private long now = 100 * DAY;
    private long elapsed;
    private final ClockWatch clock = new ClockWatch(() -> now, () -> elapsed, HOUR);
    private final RetentionEnforcer enforcer = new RetentionEnforcer(catalog, unowned, () -> now, clock);
    private final ShardingPointWriter writer = new ShardingPointWriter(catalog, store, inFlight, () -> now);

    @BeforeEach
    void createDatabase() {
        catalog.createDatabase("d", new RetentionPolicySpec("days", 2 * DAY, null, DAY, null, null));
    }

    private void write(String policy, long time) {
        PointBatch points = StoreFixture.points(new ShardId(1), "m v=1 " + time);
        writer.write("d", policy, points);
    }

    private List<ShardGroup> groups(String policy) {
        Database database = catalog.findDatabase("d").orElseThrow();
        return database.loadRetentionPolicy(policy).shardGroups();
    }

    private void pass(long nanos) {
        now += nanos;
        elapsed += nanos;
    }

    @Test
    void groupWhenAllItsPointsAreOlderThanThePolicyThenDroppedWithThem() {
        write("days", 99 * DAY);
        write("days", 100 * DAY);
        pass(2 * DAY);
        enforcer.run();
        assertThat(groups("days")).hasSize(2);

        pass(1);
        enforcer.run();

        assertThat(groups("days")).extracting(ShardGroup::startNanos).containsExactly(100 * DAY);
        assertThat(store.shards().values())
                .containsExactly(Set.of(groups("days").get(0).shard()));
    }

    @Test
    void groupWhenThePolicyKeepsForEverThenStays() {
        catalog.createRetentionPolicy("d", new RetentionPolicySpec("all", 0L, 1, DAY, null, null), false);
        write("all", 0);
        pass(1000 * DAY);
        enforcer.run();
        assertThat(groups("all")).hasSize(1);
    }

    @Test
    void alterWhenShorterThenTheNextCheckDropsAndNewGroupsHaveTheNewWidth() {
        write("days", 99 * DAY);
        catalog.alterRetentionPolicy(
                "d", "days", new RetentionPolicySpec(null, 5 * HOUR, null, HOUR, null, null), false);
        pass(6 * HOUR);
        enforcer.run();
        write("days", now);
        assertThat(groups("days"))
                .singleElement()
                .satisfies(group ->
                        assertThat(group.endNanos() - group.startNanos()).isEqualTo(HOUR));
    }

    @Test
    void writeWhenOlderThanThePolicyThenPartialWrite() {
        String lines = "m v=1 " + (98 * DAY - 1) + "\nm v=2 " + 98 * DAY + "\nm v=3 1";
        assertThatThrownBy(() -> writer.write("d", "", StoreFixture.points(new ShardId(1), lines)))
                .isInstanceOf(PartialWriteException.class)
                .hasMessage("partial write: points beyond retention policy dropped=2");
    }

    @Test
    void enforcerWhenTheClockJumpsThenWaitsForTheNextCheck() {
        write("days", 100 * DAY);
        now += 1000 * DAY;
        enforcer.run();
        assertThat(groups("days")).hasSize(1);
        now -= 1000 * DAY;
        enforcer.run();
        assertThat(groups("days")).hasSize(1);
        now += 1000 * DAY;
        enforcer.run();
        pass(HOUR);
        enforcer.run();
        assertThat(groups("days")).isEmpty();
    }

    @Test
    void precreatorWhenTheLastGroupEndsSoonThenMakesTheNextOnce() {
        write("days", 100 * DAY);
        ShardPrecreator precreator = new ShardPrecreator(catalog, () -> now, HOUR);
        precreator.run();
        assertThat(groups("days")).hasSize(1);
        pass(23 * HOUR + 1);
        precreator.run();
        precreator.run();
        assertThat(groups("days")).extracting(ShardGroup::startNanos).containsExactly(100 * DAY, 101 * DAY);
    }

    @Test
    void unownedPointsWhenACrashCameBetweenCatalogueAndStoreThenRemoved() {
        write("days", 99 * DAY);
        write("days", 100 * DAY);
        ShardGroup dropped = groups("days").get(0);
        catalog.dropShardGroup("d", "days", dropped.id());
        catalog.createDatabase("e", null);
        writer.write("e", "", StoreFixture.points(new ShardId(1), "m v=1 1"));
        catalog.dropDatabase("e");

        unowned.requireSameCatalog();
        unowned.remove();

        assertThat(store.shards())
                .isEqualTo(Map.of(
                        catalog.findDatabase("d").orElseThrow().id(),
                        Set.of(groups("days").get(0).shard())));
    }

    @Test
    void pointsWhenTheCatalogueNeverHadTheirShardThenForeign() {
        write("days", 99 * DAY);
        StoredCatalog other = new StoredCatalog(new InMemoryCatalogStore(), true);
        assertThatThrownBy(() -> new UnownedPoints(other, store, inFlight).requireSameCatalog())
                .isInstanceOf(ForeignPointsException.class)
                .hasMessageContaining("database 1");
    }

    @Test
    void writeWhenTheDatabaseIsAnotherOfTheSameNameThenRefused() {
        Database found = catalog.findDatabase("d").orElseThrow();
        catalog.dropDatabase("d");
        catalog.createDatabase("d", null);
        assertThatThrownBy(() -> catalog.shardGroupFor(found, "autogen", 0)).hasMessage("database not found: d");
    }
}
