package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CatalogStore} must do. The store may be full at the beginning of a test. */
public abstract class CatalogStoreContract {

    private static final long DAY = TimeUnit.DAYS.toNanos(1);

    private StoredCatalog catalog;

    protected abstract CatalogStore store();

    @BeforeEach
    void empty() {
        catalog = new StoredCatalog(store(), true);
        catalog.databases().forEach(database -> catalog.dropDatabase(database.name()));
    }

    @Test
    void loadWhenNothingIsKeptGivesNothing() {
        assertThat(store().load().databases()).isEmpty();
    }

    @Test
    void loadGivesDatabasesInOrderOfCreationWithEverything() {
        catalog.createDatabase("zebra", new RetentionPolicySpec("short", DAY, 2, 3_600_000_000_000L, 1L, 2L));
        catalog.createDatabase("ant", null);
        catalog.createRetentionPolicy("ant", spec("b", 2 * DAY), false);
        catalog.createRetentionPolicy("ant", spec("a", 0), true);
        catalog.shardGroupFor("ant", "a", 3 * DAY);
        catalog.shardGroupFor("ant", "a", -400 * DAY);
        catalog.shardGroupFor("zebra", "short", 0);
        catalog.createContinuousQuery("ant", "z", "CREATE CONTINUOUS QUERY z ON ant BEGIN SELECT 1 END");
        catalog.createContinuousQuery("ant", "y", "CREATE CONTINUOUS QUERY y ON ant BEGIN SELECT 1 END");
        catalog.createSubscription(
                "ant", "a", new Subscription("s", "ALL", List.of("udp://z:1", "udp://a:1", "udp://z:1")));
        catalog.createSubscription("ant", "a", new Subscription("r", "ANY", List.of("http://h:1")));

        assertThat(catalog.databases()).extracting(Database::name).containsExactly("zebra", "ant");
        assertKept();
    }

    @Test
    void namesAreKeptAsTheyAreAndComparedExactly() {
        List.of("a", "A", "a ", "ä", "a\u0308", "\uD83D\uDE00", "'; --", "%", "x".repeat(255), "é".repeat(127))
                .forEach(name -> {
                    catalog.createDatabase(name, null);
                    catalog.createRetentionPolicy(name, spec(name, DAY), false);
                });

        assertThat(catalog.databases()).hasSize(10);
        assertKept();
    }

    @Test
    void longestTextsAreKept() {
        catalog.createDatabase("d", null);
        catalog.createContinuousQuery("d", "é".repeat(512), "q".repeat(1_000_000));
        catalog.createSubscription(
                "d", "autogen", new Subscription("n".repeat(1024), "ALL", List.of("http://h:1/" + "p".repeat(4000))));

        assertKept();
    }

    @Test
    void extremeTimestampsAreKept() {
        catalog.createDatabase("d", null);
        catalog.shardGroupFor("d", "autogen", Long.MIN_VALUE + 2);
        catalog.shardGroupFor("d", "autogen", Long.MAX_VALUE - 1);

        assertKept();
    }

    @Test
    void alteredPolicyIsKeptWithItsContents() {
        catalog.createDatabase("d", null);
        catalog.shardGroupFor("d", "autogen", 0);
        catalog.createRetentionPolicy("d", spec("p", DAY), true);

        catalog.alterRetentionPolicy("d", "autogen", new RetentionPolicySpec(null, 3 * DAY, 3, 2 * DAY, 5L, 6L), true);

        assertThat(catalog.findDatabase("d").orElseThrow().defaultRetentionPolicy())
                .isEqualTo("autogen");
        assertKept();
    }

    @Test
    void droppedThingsAreForgottenWithWhatTheyOwn() {
        for (String database : List.of("d", "other")) {
            catalog.createDatabase(database, null);
            catalog.createRetentionPolicy(database, spec("p", DAY), true);
            catalog.shardGroupFor(database, "p", 0);
            catalog.shardGroupFor(database, "autogen", 0);
            catalog.createContinuousQuery(database, "q", "text");
            catalog.createContinuousQuery(database, "r", "text");
            for (String policy : List.of("p", "autogen")) {
                catalog.createSubscription(database, policy, new Subscription("s", "ALL", List.of("udp://h:1")));
            }
        }
        catalog.dropContinuousQuery("other", "q");
        catalog.dropSubscription("other", "autogen", "s");
        ShardGroup group = catalog.shardGroupFor("other", "autogen", 0);
        catalog.dropShardGroup("other", "autogen", group.id());
        assertKept();

        catalog.dropRetentionPolicy("other", "p");
        assertKept();

        catalog.dropDatabase("d");
        assertKept();
    }

    @Test
    void highestIdsSurviveWhatHadThem() {
        catalog.createDatabase("d", null);
        catalog.shardGroupFor("d", "autogen", 0);
        CatalogContents before = store().load();

        catalog.dropDatabase("d");

        CatalogContents after = store().load();
        assertThat(after.lastDatabaseId()).isEqualTo(before.lastDatabaseId()).isPositive();
        assertThat(after.lastShardGroupId())
                .isEqualTo(before.lastShardGroupId())
                .isPositive();
        assertThat(after.lastShardId()).isEqualTo(before.lastShardId()).isPositive();
    }

    @Test
    void randomChangesAreKept() {
        long seed = Long.getLong("sluice.test.seed", 42);
        Random random = new Random(seed);
        for (int step = 0; step < 300; step++) {
            changeSomething(random);
        }
        assertThat(catalog.databases()).as("seed %d", seed).isNotEmpty();
        assertKept();
    }

    private void changeSomething(Random random) {
        String database = "d" + random.nextInt(4);
        String policy = "p" + random.nextInt(3);
        String name = "n" + random.nextInt(3);
        try {
            switch (random.nextInt(14)) {
                case 0, 1 -> catalog.createDatabase(database, null);
                case 2 -> catalog.dropDatabase(database);
                case 3, 4 -> catalog.createRetentionPolicy(database, spec(policy, DAY), random.nextBoolean());
                case 5 ->
                    catalog.alterRetentionPolicy(
                            database, policy, spec(policy, DAY * (1 + random.nextInt(100))), random.nextBoolean());
                case 6 -> catalog.dropRetentionPolicy(database, policy);
                case 7, 8 -> catalog.shardGroupFor(database, policy, random.nextInt(50) * DAY);
                case 9 ->
                    catalog.dropShardGroup(
                            database,
                            policy,
                            catalog.shardGroupFor(database, policy, 0).id());
                case 10 -> catalog.createContinuousQuery(database, name, "text " + random.nextInt(2));
                case 11 -> catalog.dropContinuousQuery(database, name);
                case 12 ->
                    catalog.createSubscription(
                            database, policy, new Subscription(name, "ANY", List.of("udp://h:1", "udp://i:2")));
                default -> catalog.dropSubscription(database, policy, name);
            }
        } catch (CatalogUnavailableException failed) {
            throw failed;
        } catch (CatalogException refused) {
            // The rules are somebody else's test: only what they let through reaches the store.
            assertThat(refused).hasMessageNotContaining("store");
        }
    }

    private void assertKept() {
        assertThat(store().load().databases()).isEqualTo(catalog.databases());
    }

    private static RetentionPolicySpec spec(String name, long durationNanos) {
        return new RetentionPolicySpec(name, durationNanos, 1, null, null, null);
    }
}
