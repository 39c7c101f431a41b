package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.InMemoryCatalogStore.Failure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of databases, policies, continuous queries and subscriptions, as observed on influxd 1.6.7. */
class StoredCatalogTests {

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long DAY = TimeUnit.DAYS.toNanos(1);

    private final InMemoryCatalogStore store = new InMemoryCatalogStore();
    private final StoredCatalog catalog = new StoredCatalog(store, true);

    @Test
    void createDatabaseGivesAutogenAsDefault() {
        Database created = catalog.createDatabase("d", null);

        assertThat(created.defaultRetentionPolicy()).isEqualTo("autogen");
        assertThat(created.retentionPolicies())
                .containsExactly(new RetentionPolicy("autogen", 0, 7 * DAY, 1, 0, 0, List.of(), List.of()));
        assertThat(catalog.findDatabase("d")).contains(created);
        assertThat(catalog.databases()).containsExactly(created);
    }

    @Test
    void createDatabaseWithoutAutocreationGivesNoPolicy() {
        Database created = new StoredCatalog(store, false).createDatabase("d", null);

        assertThat(created.retentionPolicies()).isEmpty();
        assertThat(created.defaultRetentionPolicy()).isEmpty();
    }

    @Test
    void createDatabaseWhenItExistsChangesNothing() {
        Database created = catalog.createDatabase("d", null);
        catalog.dropRetentionPolicy("d", "autogen");
        int changes = store.changeCount();

        assertThat(catalog.createDatabase("d", null).id()).isEqualTo(created.id());
        assertThat(load("d").retentionPolicies()).isEmpty();
        assertThat(store.changeCount()).isEqualTo(changes);
    }

    @Test
    void createDatabaseWithOptionsMakesThatPolicyTheOnlyOne() {
        Database created = catalog.createDatabase("d", spec("x", 2 * HOUR, 3, null));

        assertThat(created.defaultRetentionPolicy()).isEqualTo("x");
        assertThat(created.retentionPolicies())
                .containsExactly(new RetentionPolicy("x", 2 * HOUR, HOUR, 3, 0, 0, List.of(), List.of()));
    }

    @Test
    void createDatabaseWithOptionsAndWithoutPolicyNameNamesItAutogen() {
        assertThat(catalog.createDatabase("d", spec(null, 2 * HOUR, null, null)).defaultRetentionPolicy())
                .isEqualTo("autogen");
    }

    @Test
    void createDatabaseWithOptionsWhenItHasNoPoliciesAddsOne() {
        catalog.createDatabase("d", null);
        catalog.dropRetentionPolicy("d", "autogen");

        catalog.createDatabase("d", spec("x", 2 * HOUR, null, null));

        assertThat(load("d").defaultRetentionPolicy()).isEqualTo("x");
        assertThat(load("d").retentionPolicies())
                .extracting(RetentionPolicy::name)
                .containsExactly("x");
    }

    @Test
    void createDatabaseWithOptionsThatFitTheDefaultPolicyIsFine() {
        Database created = catalog.createDatabase("d", spec("x", 2 * HOUR, null, null));

        assertThat(catalog.createDatabase("d", spec("x", null, null, null))).isEqualTo(created);
        assertThat(catalog.createDatabase("d", spec("x", 2 * HOUR, 1, HOUR))).isEqualTo(created);
        assertThat(catalog.createDatabase("d", spec("x", null, null, HOUR / 2))).isEqualTo(created);
        assertThat(catalog.createDatabase("d", spec("x", null, null, 0L))).isEqualTo(created);
    }

    @Test
    void createDatabaseWithOptionsThatDoNotFitTheDefaultPolicyIsRefused() {
        catalog.createDatabase("d", spec("x", 2 * HOUR, null, null));
        catalog.createRetentionPolicy("d", spec("y", 2 * HOUR, 1, null), false);
        String conflict = "retention policy conflicts with an existing policy";

        assertRefused(() -> catalog.createDatabase("d", spec("x", 3 * HOUR, null, null)), conflict);
        assertRefused(() -> catalog.createDatabase("d", spec("x", null, 2, null)), conflict);
        assertRefused(() -> catalog.createDatabase("d", spec("x", null, null, DAY)), conflict);
        assertRefused(() -> catalog.createDatabase("d", spec("y", 2 * HOUR, null, null)), conflict);
        assertRefused(() -> catalog.createDatabase("d", spec(null, 2 * HOUR, null, null)), conflict);
        assertRefused(
                () -> catalog.createDatabase("d", new RetentionPolicySpec("x", null, null, null, HOUR, null)),
                conflict);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a/b", "a\\b", "a\tb", "a\u0000", "a\u00a0b", "a\u00adb", "a\u200bb", "\ud800"})
    void namesThatCannotBeFoldersAreRefused(String name) {
        assertRefused(() -> catalog.createDatabase(name, null), "invalid name");
        assertRefused(() -> catalog.createDatabase("d", spec(name, HOUR, null, null)), "invalid name");
        assertRefused(() -> catalog.createRetentionPolicy("nodb", spec(name, 1L, 1, null), false), "invalid name");
        assertThat(catalog.databases()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "...", "a b", "\u00e9", "\ud83d\ude00", "a'\"b"})
    void otherNamesAreFine(String name) {
        catalog.createDatabase(name, spec(name, HOUR, null, null));

        assertThat(load(name).defaultRetentionPolicy()).isEqualTo(name);
    }

    @Test
    void namesOfMoreThan255BytesAreRefused() {
        catalog.createDatabase("a".repeat(255), null);

        assertRefused(() -> catalog.createDatabase("a".repeat(256), null), "name too long");
        assertRefused(() -> catalog.createDatabase("\u00e9".repeat(128), null), "name too long");
        assertRefused(() -> catalog.createDatabase("/".repeat(256), null), "invalid name");
        assertRefused(
                () -> catalog.createRetentionPolicy("a", spec("a".repeat(256), HOUR, 1, null), false), "name too long");
    }

    @Test
    void dropDatabaseForgetsItAndItsIdForEver() {
        long first = catalog.createDatabase("d", null).id().value();
        catalog.dropDatabase("d");
        catalog.dropDatabase("d");

        assertThat(catalog.findDatabase("d")).isEmpty();
        assertThat(catalog.createDatabase("d", null).id().value()).isGreaterThan(first);
        assertThat(new StoredCatalog(store, true).createDatabase("e", null).id().value())
                .isEqualTo(first + 2);
    }

    @Test
    void databasesAreListedInOrderOfCreation() {
        List.of("b", "c", "a").forEach(name -> catalog.createDatabase(name, null));
        catalog.createRetentionPolicy("b", spec("x", 0L, 1, null), false);

        assertThat(catalog.databases()).extracting(Database::name).containsExactly("b", "c", "a");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 168",
        "1, 1",
        "47, 1",
        "48, 24",
        "4319, 24",
        "4320, 168",
        "1000000, 168",
    })
    void shardDurationFitsTheDuration(long hours, long shardHours) {
        catalog.createDatabase("d", null);
        catalog.createRetentionPolicy("d", spec("x", hours * HOUR, 1, null), false);
        catalog.createRetentionPolicy("d", spec("y", hours * HOUR, 1, 0L), false);

        assertThat(policy("x").shardDurationNanos()).isEqualTo(shardHours * HOUR);
        assertThat(policy("y").shardDurationNanos()).isEqualTo(shardHours * HOUR);
    }

    @Test
    void createRetentionPolicyRefusesInTheOrderOfInfluxDb() {
        catalog.createDatabase("d", null);
        String tooShort = "retention policy duration must be at least 1h0m0s";
        String narrow = "retention policy duration must be greater than the shard duration";

        assertRefused(() -> catalog.createRetentionPolicy("nodb", spec("x", HOUR - 1, 1, DAY), false), tooShort);
        assertRefused(() -> catalog.createRetentionPolicy("nodb", spec("x", HOUR, 1, DAY), false), narrow);
        assertRefused(
                () -> catalog.createRetentionPolicy("nodb", spec("x", DAY, 1, DAY), false), "database not found: nodb");
        assertRefused(
                () -> catalog.createRetentionPolicy("d", new RetentionPolicySpec("x", 0L, 1, null, -1L, null), false),
                "negative write limit");
    }

    @Test
    void createRetentionPolicyWhenItExists() {
        catalog.createDatabase("d", null);
        catalog.createRetentionPolicy("d", spec("x", DAY, 1, null), false);

        catalog.createRetentionPolicy("d", spec("x", DAY, 1, HOUR / 2), false);
        assertRefused(
                () -> catalog.createRetentionPolicy("d", spec("x", DAY, 1, null), true),
                "retention policy conflicts with an existing policy");
        assertRefused(
                () -> catalog.createRetentionPolicy("d", spec("x", DAY, 2, null), true),
                "retention policy already exists");
        assertRefused(
                () -> catalog.createRetentionPolicy("d", spec("x", 2 * DAY, 1, null), false),
                "retention policy already exists");
        catalog.alterRetentionPolicy("d", "x", nothing(), true);
        catalog.createRetentionPolicy("d", spec("x", DAY, 1, null), true);
        assertThat(load("d").defaultRetentionPolicy()).isEqualTo("x");
    }

    @Test
    void createRetentionPolicyAsDefaultMovesTheDefault() {
        catalog.createDatabase("d", null);

        catalog.createRetentionPolicy("d", new RetentionPolicySpec("x", DAY, 1, null, HOUR, 2 * HOUR), true);

        assertThat(load("d").defaultRetentionPolicy()).isEqualTo("x");
        assertThat(policy("x").futureLimitNanos()).isEqualTo(HOUR);
        assertThat(policy("x").pastLimitNanos()).isEqualTo(2 * HOUR);
    }

    @Test
    void alterRetentionPolicyChangesOnlyWhatIsNamed() {
        catalog.createDatabase("d", spec("x", 30 * DAY, 2, null));

        catalog.alterRetentionPolicy("d", "x", spec(null, 2 * DAY, null, null), false);
        assertThat(policy("x")).isEqualTo(new RetentionPolicy("x", 2 * DAY, DAY, 2, 0, 0, List.of(), List.of()));

        catalog.alterRetentionPolicy("d", "x", spec(null, null, null, 0L), false);
        assertThat(policy("x").shardDurationNanos()).isEqualTo(DAY);

        catalog.alterRetentionPolicy("d", "x", spec(null, HOUR, 1, HOUR / 60), false);
        assertThat(policy("x")).isEqualTo(new RetentionPolicy("x", HOUR, HOUR, 1, 0, 0, List.of(), List.of()));

        catalog.alterRetentionPolicy("d", "x", spec(null, 0L, null, 0L), false);
        assertThat(policy("x").shardDurationNanos()).isEqualTo(7 * DAY);
    }

    @Test
    void alterRetentionPolicyRefusesInTheOrderOfInfluxDb() {
        catalog.createDatabase("d", null);
        catalog.createRetentionPolicy("d", spec("x", DAY, 1, null), false);
        String narrow = "retention policy duration must be greater than the shard duration";

        assertRefused(
                () -> catalog.alterRetentionPolicy("nodb", "no", spec(null, 1L, null, null), true),
                "database not found: nodb");
        assertRefused(
                () -> catalog.alterRetentionPolicy("d", "no", spec(null, 1L, null, null), true),
                "retention policy not found: no");
        assertRefused(
                () -> catalog.alterRetentionPolicy("d", "x", spec(null, HOUR / 2, null, 7 * DAY), true),
                "retention policy duration must be at least 1h0m0s");
        assertRefused(() -> catalog.alterRetentionPolicy("d", "x", spec(null, null, null, 7 * DAY), true), narrow);
        assertRefused(() -> catalog.alterRetentionPolicy("d", "autogen", spec(null, HOUR, null, null), true), narrow);
        assertThat(load("d").defaultRetentionPolicy()).isEqualTo("autogen");
    }

    @Test
    void dropRetentionPolicyLeavesTheDefaultPointingAtIt() {
        catalog.createDatabase("d", null);

        catalog.dropRetentionPolicy("d", "autogen");
        catalog.dropRetentionPolicy("d", "autogen");
        catalog.dropRetentionPolicy("nodb", "autogen");

        assertThat(load("d").defaultRetentionPolicy()).isEqualTo("autogen");
        assertThat(load("d").retentionPolicies()).isEmpty();
        assertRefused(() -> load("d").loadRetentionPolicy(""), "retention policy not found: autogen");
    }

    @Test
    void continuousQueryMayBeCreatedAgainWithTheSameText() {
        catalog.createDatabase("d", null);
        catalog.createContinuousQuery("d", "c", "CREATE CONTINUOUS QUERY c ...");

        catalog.createContinuousQuery("d", "c", "create continuous query C ...");
        assertRefused(() -> catalog.createContinuousQuery("d", "c", "other"), "continuous query already exists");
        assertRefused(() -> catalog.createContinuousQuery("nodb", "c", "x"), "database not found: nodb");
        assertRefused(() -> catalog.createContinuousQuery("d", "e", "a\u0000"), "invalid name");
        assertRefused(() -> catalog.createContinuousQuery("d", "e".repeat(1025), "x"), "name too long");
        assertRefused(
                () -> catalog.createContinuousQuery("d", "e", "x".repeat(1_000_001)), "continuous query too long");

        assertThat(load("d").continuousQueries())
                .containsExactly(new ContinuousQuery("c", "CREATE CONTINUOUS QUERY c ..."));
    }

    @Test
    void dropContinuousQueryIsFineWithUnknownOnes() {
        catalog.createDatabase("d", null);
        catalog.createContinuousQuery("d", "b", "text");
        catalog.createContinuousQuery("d", "c", "text");

        catalog.dropContinuousQuery("d", "b");
        catalog.dropContinuousQuery("d", "b");
        catalog.dropContinuousQuery("nodb", "c");

        assertThat(load("d").continuousQueries()).containsExactly(new ContinuousQuery("c", "text"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h:80", "HTTP://h:80", "udp://h:80/p", "https://u:p@h:80/x?y=z#f", "http://:80",
                "http://[::1]:80", "http://h:99999", "http://h:80/a b", "http://u@h:80", "http://u:p@:80",
            })
    void subscriptionMayGoTo(String url) {
        catalog.createDatabase("d", null);

        catalog.createSubscription("d", "autogen", new Subscription("s", "ALL", List.of(url)));

        assertThat(policy("autogen").subscriptions()).containsExactly(new Subscription("s", "ALL", List.of(url)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h",
                "h:80",
                "http://h",
                "http://h:",
                "http://[::1]",
                "http://h:80x",
                "http://h:port",
                "ftp://h:80",
                " http://h:80",
                "http://h:8 0",
                "http://h h:80",
                "http:h:80",
                "http:///x:80",
                "//h:80",
                "http://h:80/%zz",
                "http://a:b:80",
                "http://h%20x:80",
                "http://[::1:80",
                "http://h:80/\u0000",
            })
    void subscriptionMayNotGoTo(String url) {
        Subscription bad = new Subscription("s", "ALL", List.of("http://h:80", url));

        assertRefused(() -> catalog.createSubscription("nodb", "x", bad), "invalid subscription URL: " + url);
    }

    @Test
    void subscriptionsAreRefusedInTheOrderOfInfluxDb() {
        Subscription s = new Subscription("s", "ANY", List.of("udp://h:9"));
        catalog.createDatabase("d", null);
        catalog.createSubscription("d", "autogen", s);

        assertRefused(() -> catalog.createSubscription("nodb", "x", s), "database not found: nodb");
        assertRefused(() -> catalog.createSubscription("d", "no", s), "retention policy not found: no");
        assertRefused(() -> catalog.createSubscription("d", "autogen", s), "subscription already exists");
        assertRefused(() -> catalog.dropSubscription("nodb", "x", "s"), "database not found: nodb");
        assertRefused(() -> catalog.dropSubscription("d", "no", "s"), "retention policy not found: no");
        assertRefused(() -> catalog.dropSubscription("d", "autogen", "t"), "subscription not found");

        catalog.dropSubscription("d", "autogen", "s");
        assertThat(policy("autogen").subscriptions()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
    void failedChangeIsNotVisibleUntilTheStoreSaysSo(Failure how) {
        catalog.createDatabase("a", null);
        store.failNext(how);

        assertThatThrownBy(() -> catalog.createDatabase("b", null))
                .isInstanceOf(CatalogUnavailableException.class)
                .hasMessage("metadata store is not available");
        assertThat(catalog.databases()).extracting(Database::name).containsExactly("a");

        Database b = catalog.createDatabase("b", null);
        assertThat(catalog.databases()).extracting(Database::name).containsExactly("a", "b");
        assertThat(store.load().databases()).isEqualTo(catalog.databases());
        // The first attempt's number is not given out again, unless it turns out to be b's.
        assertThat(b.id().value()).isEqualTo(how == Failure.AFTER_COMMIT ? 2 : 3);
    }

    private Database load(String name) {
        return catalog.findDatabase(name).orElseThrow();
    }

    private RetentionPolicy policy(String name) {
        return load("d").findRetentionPolicy(name).orElseThrow();
    }

    private static RetentionPolicySpec spec(
            @Nullable String name, @Nullable Long duration, @Nullable Integer replication, @Nullable Long shard) {
        return new RetentionPolicySpec(name, duration, replication, shard, null, null);
    }

    private static RetentionPolicySpec nothing() {
        return spec(null, null, null, null);
    }

    private static void assertRefused(ThrowingCallable change, String message) {
        assertThatThrownBy(change).isInstanceOf(CatalogException.class).hasMessage(message);
    }
}
