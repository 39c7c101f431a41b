package dev.sluice.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.account.Caller;
import dev.sluice.account.Permissions;
import dev.sluice.account.UserAccess;
import dev.sluice.account.UserAccount;
import dev.sluice.query.QueryException;
import dev.sluice.query.QueryLimits;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitsByCallerTests {

    private static final CallerLimits TWO = new CallerLimits(2, 5, 10, 0, 0, 0, 1);
    private static final CallerLimits FIVE = new CallerLimits(5, 3, 0, 7, 0, 9, 0);
    private static final CallerLimits ONE = new CallerLimits(1, 1, 1, 1, 1, 1, 1);

    private final LimitsByCaller limits = new LimitsByCaller(Map.of("joe", TWO), Map.of("r", FIVE, "s", TWO), ONE);

    private static Caller user(String name, boolean admin, String... roles) {
        return Caller.of(new UserAccount(
                name, admin, Map.of(), new UserAccess(Set.of(roles), Permissions.NONE, Permissions.NONE)));
    }

    @Test
    void ownComeBeforeRolesAndRolesBeforeEverybodys() {
        assertThat(limits.of(user("joe", false, "r"))).isEqualTo(TWO);
        assertThat(limits.of(user("ann", false, "r", "x"))).isEqualTo(FIVE);
        assertThat(limits.of(user("ann", false))).isEqualTo(ONE);
        assertThat(limits.of(user("joe", true))).isEqualTo(CallerLimits.NONE);
        assertThat(limits.of(Caller.UNRESTRICTED)).isEqualTo(CallerLimits.NONE);
    }

    @Test
    void twoRolesGiveTheBetterOfBoth() {
        assertThat(limits.of(user("ann", false, "r", "s"))).isEqualTo(new CallerLimits(5, 5, 0, 0, 0, 0, 0));
    }

    @Test
    void withinTakesTheNarrower() {
        assertThat(TWO.within(new QueryLimits(20, 3, 0))).isEqualTo(new QueryLimits(10, 3, 0));
        assertThat(FIVE.within(new QueryLimits(0, 0, 0, 8)).maxMemoryBytes()).isEqualTo(8);
        assertThat(FIVE.within(new QueryLimits(0, 0, 0, 10)).maxMemoryBytes()).isEqualTo(9);
        assertThat(FIVE.within(QueryLimits.NONE).maxMemoryBytes()).isEqualTo(9);
        assertThat(TWO.within(new QueryLimits(4, 0, 9))).isEqualTo(new QueryLimits(4, 0, 9));
    }

    @Test
    void queriesOfOneUserAreCounted() {
        RunningQueries running = new RunningQueries(0, 0);
        running.begin("a", "", "joe", TWO, () -> false);
        RunningQueries.Running second = running.begin("b", "", "joe", TWO, () -> false);
        running.begin("c", "", "ann", TWO, () -> false);

        assertThatThrownBy(() -> running.begin("d", "", "joe", TWO, () -> false))
                .isInstanceOf(QueryException.class)
                .hasMessage("max-concurrent-queries limit exceeded(2, 2)");
        second.close();
        running.begin("e", "", "joe", TWO, () -> false);
    }

    @Test
    void timeOfOneUserIsLimited() {
        RunningQueries running = new RunningQueries(0, Long.MAX_VALUE);
        RunningQueries.Running query = running.begin("a", "", "joe", ONE, () -> false);

        assertThatThrownBy(query::check).hasMessage("query-timeout limit exceeded");
    }
}
