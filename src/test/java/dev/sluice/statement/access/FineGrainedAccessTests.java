package dev.sluice.statement.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.account.Caller;
import dev.sluice.account.Permissions;
import dev.sluice.account.UserAccess;
import dev.sluice.account.UserAccount;
import dev.sluice.account.rule.AccessRule.Action;
import dev.sluice.account.rule.NameMatcher;
import dev.sluice.account.rule.TagMatcher;
import dev.sluice.account.rule.TestRules;
import dev.sluice.model.Privilege;
import dev.sluice.statement.SeriesAccess;
import dev.sluice.statement.WriteNotAuthorizedException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineGrainedAccessTests {

    private static final NameMatcher NETWORK = NameMatcher.exact("network");
    private static final TagMatcher EAST = new TagMatcher("datacenter", NameMatcher.exact("east"));
    private static final TagMatcher WEST = new TagMatcher("datacenter", NameMatcher.exact("west"));

    private final TestRules rules = new TestRules();

    @TempDir
    private Path directory;

    private RestrictedEngine engine;

    @BeforeEach
    void open() {
        engine = new RestrictedEngine(directory, rules);
        engine.run(Caller.UNRESTRICTED, "", "CREATE DATABASE d");
        engine.write(
                Caller.UNRESTRICTED,
                "d",
                "",
                "network,datacenter=east in=1,secret=1i 1\nnetwork,datacenter=west in=2,out=2 2\nnetwork in=3 3\n"
                        + "cpu,host=a v=1 1\n");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static Caller user(String name, String... roles) {
        return Caller.of(new UserAccount(
                name,
                false,
                Map.of("d", Privilege.ALL),
                new UserAccess(Set.of(roles), Permissions.NONE, Permissions.NONE)));
    }

    private String run(Caller caller, String text) {
        return engine.run(caller, "d", text);
    }

    private String sum(Caller caller) {
        return run(caller, "SELECT sum(\"in\") FROM network");
    }

    @Test
    void ofWhenNothingIsRestrictedThenTheStoreIsUsedAsItIs() {
        rules.grantTo("joe", "d", NETWORK);

        FineGrainedAccess access = new FineGrainedAccess(
                rules,
                new dev.sluice.catalog.StoredCatalog(new dev.sluice.catalog.InMemoryCatalogStore(), true),
                () -> 0);

        assertThat(access.of(user("joe"))).isSameAs(SeriesAccess.WHOLE);
    }

    @Test
    void restrictionOfATagHidesItsSeriesAndNoOthers() {
        rules.restrict("d", NETWORK, EAST);

        assertThat(sum(user("joe"))).endsWith("(0,5.0)");
        assertThat(run(user("joe"), "SHOW SERIES"))
                .isEqualTo("0: [key] (cpu,host=a)(network)(network,datacenter=west)");
        assertThat(run(user("joe"), "SHOW TAG VALUES WITH KEY = datacenter"))
                .isEqualTo("0: network[key,value] (datacenter,west)");
        assertThat(run(user("joe"), "SHOW FIELD KEYS FROM network"))
                .isEqualTo("0: network[fieldKey,fieldType] (in,float)(out,float)");
        assertThat(run(user("joe"), "SELECT * FROM network"))
                .startsWith("0: network[time,datacenter,in,out]")
                .doesNotContain("east", "secret");
    }

    /** What is visible is remembered; it must follow series that come, go and come back, and rules. */
    @Test
    void seriesThatComeAndGoAreVisibleByTheRulesAtOnce() {
        rules.restrict("d", NETWORK, EAST);
        for (int round = 0; round < 3; round++) {
            assertThat(sum(user("joe"))).endsWith("(0,5.0)");

            engine.write(Caller.UNRESTRICTED, "d", "", "network,datacenter=west,n=" + round % 2 + " in=10 1");
            engine.write(Caller.UNRESTRICTED, "d", "", "network,datacenter=east,n=" + round % 2 + " in=100 1");
            assertThat(sum(user("joe"))).endsWith("(0,15.0)");
            assertThat(run(user("joe"), "SHOW SERIES")).contains("west,n=").doesNotContain("east");

            run(Caller.UNRESTRICTED, "DROP SERIES FROM network WHERE n = '" + round % 2 + "'");
        }
        rules.restrict("d", NETWORK, WEST);
        assertThat(sum(user("joe"))).endsWith("(0,3.0)");
    }

    @Test
    void restrictionDoesNotConcernAdminsOrOtherDatabasesAndMeasurements() {
        rules.restrict("d", NETWORK).restrict("e", null);
        Caller admin = Caller.of(new UserAccount("root", true, Map.of()));

        assertThat(sum(user("joe"))).isEqualTo("0:");
        assertThat(sum(admin)).endsWith("(0,6.0)");
        assertThat(sum(Caller.UNRESTRICTED)).endsWith("(0,6.0)");
        assertThat(run(user("joe"), "SHOW MEASUREMENTS")).isEqualTo("0: measurements[name] (cpu)");
    }

    @Test
    void grantsAreJoinedOverUserAndRoles() {
        rules.restrict("d", NETWORK)
                .grantTo("joe", "d", NETWORK, EAST)
                .grantToRole("ops", "d", NETWORK, WEST)
                .grantTo("ann", "d", null);

        assertThat(sum(user("joe"))).endsWith("(0,1.0)");
        assertThat(sum(user("joe", "ops"))).endsWith("(0,3.0)");
        assertThat(sum(user("tim", "ops"))).endsWith("(0,2.0)");
        assertThat(sum(user("ann"))).endsWith("(0,6.0)");
        assertThat(sum(user("eve", "other"))).isEqualTo("0:");
    }

    @Test
    void prefixesMatchTheBeginningAndNeverAnAbsentTag() {
        rules.restrict("d", NameMatcher.prefix("net"), new TagMatcher("datacenter", NameMatcher.prefix("")));

        assertThat(sum(user("joe"))).endsWith("(0,3.0)");
    }

    @Test
    void severalTagsMustAllMatch() {
        rules.restrict("d", NETWORK, EAST, new TagMatcher("rack", NameMatcher.exact("1")));

        assertThat(sum(user("joe"))).endsWith("(0,6.0)");
    }

    @Test
    void writesAreRefusedAsAWhole() {
        rules.restrict(EnumSet.of(Action.WRITE), "d", NETWORK).grantTo("joe", "d", NETWORK, EAST);

        engine.write(user("joe"), "d", "", "network,datacenter=east in=1 10");
        assertThatThrownBy(() -> engine.write(
                        user("joe"), "d", "", "network,datacenter=east in=1 11\nnetwork,datacenter=west in=1 11"))
                .isInstanceOf(WriteNotAuthorizedException.class)
                .hasMessage("joe not authorized to write to d.network,datacenter=west");

        assertThat(run(user("joe"), "SELECT count(\"in\") FROM network")).endsWith("(0,4)");
    }

    @Test
    void intoIsHeldToTheRulesOfWriting() {
        rules.restrict(EnumSet.of(Action.WRITE), "d", NameMatcher.exact("copy"));

        assertThat(run(user("joe"), "SELECT \"in\" INTO copy FROM network"))
                .endsWith("error: joe not authorized to write to d.copy");
        assertThat(run(user("joe"), "SELECT \"in\" INTO other FROM network")).endsWith("(0,3)");
    }

    @Test
    void removalTouchesOnlyWhatMayBeReadAndWritten() {
        rules.restrict("d", NETWORK, EAST);

        run(user("joe"), "DELETE FROM network WHERE datacenter =~ /./");
        assertThat(run(Caller.UNRESTRICTED, "SHOW SERIES FROM network"))
                .isEqualTo("0: [key] (network)(network,datacenter=east)");
        run(user("joe"), "DROP MEASUREMENT network");
        assertThat(run(Caller.UNRESTRICTED, "SHOW SERIES FROM network"))
                .isEqualTo("0: [key] (network,datacenter=east)");
        run(user("joe"), "DROP SERIES FROM /.*/");
        assertThat(run(Caller.UNRESTRICTED, "SHOW SERIES")).isEqualTo("0: [key] (network,datacenter=east)");
    }

    @Test
    void fieldShowsAsSoonAsAVisibleSeriesHasIt() {
        rules.restrict("d", NETWORK, EAST);
        assertThat(run(user("joe"), "SELECT secret FROM network")).isEqualTo("0:");

        engine.write(user("joe"), "d", "", "network secret=9i 20");

        assertThat(run(user("joe"), "SELECT secret FROM network")).endsWith("(20,9)");
    }
}
