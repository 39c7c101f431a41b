package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WriteThrottleTests {

    @Test
    void enterWhenThereIsNoLimitThenAlwaysEnters() {
        WriteThrottle throttle = new WriteThrottle(0, 1, 1);
        for (int i = 0; i < 1000; i++) {
            assertThat(throttle.enter()).isNull();
        }
        throttle.leave();
    }

    @Test
    void enterWhenQueueIsFullThenRefusesAtOnce() throws Exception {
        WriteThrottle throttle = new WriteThrottle(1, 1, 0);
        assertThat(throttle.enter()).isNull();
        CompletableFuture<@Nullable String> waiting = CompletableFuture.supplyAsync(throttle::enter);
        Awaitility.await().until(() -> WriteThrottle.QUEUE_FULL.equals(probe(throttle)));
        assertThat(waiting).isNotDone();

        throttle.leave();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isNull();
        throttle.leave();
        assertThat(throttle.enter()).isNull();
    }

    /** Enters from another thread and gives up after a while, so that a test never hangs. */
    private static @Nullable String probe(WriteThrottle throttle) {
        CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> answer.complete(throttle.enter()));
        thread.start();
        try {
            return answer.get(200, TimeUnit.MILLISECONDS);
        } catch (Exception waits) {
            thread.interrupt();
            return null;
        }
    }

    @Test
    void enterWhenTurnDoesNotComeThenRefusesAfterTheTimeout() {
        WriteThrottle throttle = new WriteThrottle(1, 1, TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(throttle.enter()).isNull();
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.enter()).isEqualTo(WriteThrottle.TIMEOUT);
        }
        throttle.leave();
        assertThat(throttle.enter()).isNull();
    }

    @Test
    void enterWhenQueueHasNoLimitThenWaits() {
        WriteThrottle throttle = new WriteThrottle(1, 0, TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(throttle.enter()).isNull();
        assertThat(throttle.enter()).isEqualTo(WriteThrottle.TIMEOUT);
    }
}
