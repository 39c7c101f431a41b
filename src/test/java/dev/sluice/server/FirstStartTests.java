package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.account.FastPasswordHasher;
import dev.sluice.account.InMemoryUserStore;
import dev.sluice.account.StoredUsers;
import dev.sluice.account.TestRoles;
import dev.sluice.account.UserAccount;
import dev.sluice.catalog.Database;
import dev.sluice.catalog.InMemoryCatalogStore;
import dev.sluice.catalog.StoredCatalog;
import dev.sluice.model.Privilege;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the variables of the official container image make, and when. */
class FirstStartTests {

    private final Map<String, String> variables = new HashMap<>();
    private final List<String> output = new ArrayList<>();
    private final StoredCatalog catalog = new StoredCatalog(new InMemoryCatalogStore(), true);
    private final InMemoryUserStore userStore = new InMemoryUserStore();
    private final StoredUsers users = new StoredUsers(userStore, new FastPasswordHasher(), TestRoles.empty());
    private final Marker marker = new Marker();

    private static final class Marker implements FirstStartMarker {
        private boolean set;

        @Override
        public boolean isSet() {
            return set;
        }

        @Override
        public void set() {
            set = true;
        }
    }

    @Test
    void startWithoutVariablesMakesNothingAndIsTheFirstAllTheSame() {
        start(true);
        variables.put("INFLUXDB_DB", "db");
        start(true);

        assertThat(catalog.databases()).isEmpty();
        assertThat(users.all()).isEmpty();
        assertThat(marker.set).isTrue();
    }

    @Test
    void startWithAllVariablesMakesTheDatabaseAndUsersWithTheirRights() {
        variables.putAll(Map.of(
                "INFLUXDB_DB", "my db",
                "INFLUXDB_ADMIN_USER", "admin",
                "INFLUXDB_ADMIN_PASSWORD", "a",
                "INFLUXDB_USER", "user",
                "INFLUXDB_USER_PASSWORD", "u",
                "INFLUXDB_READ_USER", "reader",
                "INFLUXDB_READ_USER_PASSWORD", "r",
                "INFLUXDB_WRITE_USER", "writer",
                "INFLUXDB_WRITE_USER_PASSWORD", "w"));

        start(true);

        assertThat(catalog.databases()).extracting(Database::name).containsExactly("my db");
        assertThat(users.all())
                .containsExactlyInAnyOrder(
                        new UserAccount("admin", true, Map.of()),
                        new UserAccount("user", false, Map.of("my db", Privilege.ALL)),
                        new UserAccount("reader", false, Map.of("my db", Privilege.READ)),
                        new UserAccount("writer", false, Map.of("my db", Privilege.WRITE)));
        assertThat(users.authenticate("admin", "a")).isPresent();
        assertThat(users.authenticate("user", "u")).isPresent();
        assertThat(users.authenticate("reader", "r")).isPresent();
        assertThat(users.authenticate("writer", "w")).isPresent();
        assertThat(output).isEmpty();
    }

    @Test
    void startWithoutPasswordPrintsARandomOne() {
        variables.put("INFLUXDB_ADMIN_USER", "admin");
        variables.put("INFLUXDB_READ_USER", "reader");
        variables.put("INFLUXDB_READ_USER_PASSWORD", "");

        start(true);

        assertThat(output).hasSize(2);
        assertThat(output.get(0)).matches("INFLUXDB_ADMIN_PASSWORD:[A-Za-z0-9_-]{32}");
        assertThat(output.get(1)).matches("INFLUXDB_READ_USER_PASSWORD:[A-Za-z0-9_-]{32}");
        assertThat(users.authenticate("admin", output.get(0).split(":")[1])).isPresent();
        assertThat(users.authenticate("reader", output.get(1).split(":")[1])).isPresent();
    }

    @Test
    void startWithoutDatabaseGrantsNothing() {
        variables.putAll(Map.of("INFLUXDB_ADMIN_USER", "admin", "INFLUXDB_USER", "user"));

        start(true);

        assertThat(users.find("user").orElseThrow().grants()).isEmpty();
    }

    @Test
    void startWithoutAuthenticationMakesTheDatabaseOnly() {
        variables.putAll(Map.of("INFLUXDB_DB", "db", "INFLUXDB_ADMIN_USER", "admin", "INFLUXDB_USER", "user"));

        start(false);

        assertThat(catalog.databases()).hasSize(1);
        assertThat(users.all()).isEmpty();
        assertThat(output).isEmpty();
    }

    @Test
    void startWithoutAdminMakesNoOtherUsers() {
        variables.putAll(Map.of("INFLUXDB_DB", "db", "INFLUXDB_USER", "user"));

        start(true);

        assertThat(users.all()).isEmpty();
    }

    @Test
    void startAgainMakesNothingAnewThatWasDropped() {
        variables.putAll(Map.of("INFLUXDB_DB", "db", "INFLUXDB_ADMIN_USER", "admin"));
        start(true);
        catalog.dropDatabase("db");
        users.drop("admin");

        start(true);

        assertThat(catalog.databases()).isEmpty();
        assertThat(users.all()).isEmpty();
    }

    @Test
    void startAfterOneThatWasCutOffMakesTheRest() {
        variables.putAll(Map.of("INFLUXDB_DB", "db", "INFLUXDB_ADMIN_USER", "admin", "INFLUXDB_USER", "user"));
        userStore.failNext();
        assertThatThrownBy(() -> start(true)).hasMessageContaining("not available");
        users.create("admin", "of the start before", true);

        start(true);

        assertThat(users.authenticate("admin", "of the start before")).isPresent();
        assertThat(users.find("user").orElseThrow().grants()).containsEntry("db", Privilege.ALL);
    }

    @Test
    void startWithANameThatIsNoneSaysWhichVariableItWas() {
        variables.put("INFLUXDB_DB", "a/b");

        assertThatThrownBy(() -> start(true))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("INFLUXDB_DB cannot be 'a/b'. Allowed: the name of a database (invalid name)");
        assertThat(marker.set).isFalse();
    }

    private void start(boolean authEnabled) {
        new FirstStart(variables::get, authEnabled, marker, catalog, users, output::add).afterSingletonsInstantiated();
    }
}
