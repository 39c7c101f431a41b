package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginBrakesTests {

    private static final long SECOND = 1_000_000_000L;

    private long now = 5 * SECOND;
    private final LoginBrakes brakes = new LoginBrakes(new BrakeSettings(3, 5, 2 * SECOND), () -> now);

    private void fail(String user, String address, int times) {
        for (int i = 0; i < times; i++) {
            brakes.failed(user, address);
        }
    }

    @Test
    void pauseBeginsWithTheLimitAndDoubles() {
        fail("u", "a", 2);
        assertThat(brakes.isStopped("u", "a")).isFalse();

        fail("u", "a", 1);
        assertThat(brakes.isStopped("u", "a")).isTrue();
        now += SECOND / 10;
        assertThat(brakes.isStopped("u", "a")).isFalse();

        fail("u", "a", 1);
        now += SECOND / 10;
        assertThat(brakes.isStopped("u", "a")).isTrue();
        now += SECOND / 10;
        assertThat(brakes.isStopped("u", "a")).isFalse();
    }

    @Test
    void pauseEndsWithTheLockOut() {
        fail("u", "a", 1_000);
        now += 2 * SECOND - 1;
        assertThat(brakes.isStopped("u", "a")).isTrue();
        now += 1;
        assertThat(brakes.isStopped("u", "a")).isFalse();
    }

    @Test
    void othersAreNotConcernedUntilTheirAddressIs() {
        fail("u", "a", 4);
        assertThat(brakes.isStopped("u", "b")).isFalse();
        assertThat(brakes.isStopped("v", "a")).isFalse();

        fail("w", "a", 1);
        assertThat(brakes.isStopped("v", "a")).isTrue();
        assertThat(brakes.isStopped("v", "b")).isFalse();
    }

    @Test
    void successForgivesThePairAndNotTheAddress() {
        fail("u", "a", 2);
        brakes.succeeded("u", "a");
        fail("u", "a", 2);
        assertThat(brakes.isStopped("u", "a")).isFalse();

        fail("x", "a", 1);
        assertThat(brakes.isStopped("u", "a")).isTrue();
    }

    @Test
    void failuresAreForgottenAfterAWhile() {
        fail("u", "a", 2);
        now += 5 * SECOND;
        fail("u", "a", 1);
        assertThat(brakes.isStopped("u", "a")).isFalse();
    }

    @Test
    void zeroIsNever() {
        LoginBrakes none = new LoginBrakes(new BrakeSettings(0, 0, 0), () -> now);
        for (int i = 0; i < 100; i++) {
            none.failed("u", "a");
        }
        assertThat(none.isStopped("u", "a")).isFalse();
    }
}
