package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.account.Caller;
import dev.sluice.account.UserAccount;
import dev.sluice.statement.CallerLimits;
import dev.sluice.statement.LimitsByCaller;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteRatesTests {

    private long now = -10;
    private final WriteRates rates = new WriteRates(
            new LimitsByCaller(Map.of("joe", new CallerLimits(0, 0, 0, 0, 0, 0, 10)), Map.of(), CallerLimits.NONE),
            () -> now);

    private int write(String user, int times) {
        Caller caller = Caller.of(new UserAccount(user, false, Map.of()));
        int accepted = 0;
        for (int i = 0; i < times; i++) {
            accepted += rates.exceeded(caller) == 0 ? 1 : 0;
        }
        return accepted;
    }

    @Test
    void idleUserMayCatchUpOnOneSecondAndNoMore() {
        assertThat(write("joe", 30)).isEqualTo(10);
        now += 500_000_000L;
        assertThat(write("joe", 30)).isEqualTo(5);
        now += 10_000_000_000L;
        assertThat(write("joe", 30)).isEqualTo(10);
    }

    @Test
    void othersAreNotCounted() {
        assertThat(write("ann", 1_000)).isEqualTo(1_000);
    }
}
