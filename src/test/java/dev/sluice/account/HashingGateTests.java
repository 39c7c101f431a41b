package dev.sluice.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashingGateTests {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        threads.shutdownNow();
    }

    private boolean untilEnd(CountDownLatch begun) {
        begun.countDown();
        try {
            return end.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    /** Takes a permit and keeps it. */
    private Future<Boolean> occupy(HashingGate gate) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Future<Boolean> occupied = threads.submit(() -> gate.pass(() -> untilEnd(begun)));
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        return occupied;
    }

    @Test
    void passWhenPermitIsFreeThenComputes() {
        HashingGate gate = new HashingGate(1, 0, 0);

        for (int i = 0; i < 3; i++) {
            assertThat(gate.pass(() -> true)).isTrue();
            assertThat(gate.pass(() -> false)).isFalse();
        }
    }

    @Test
    void passWhenComputationFailsThenPermitComesBack() {
        HashingGate gate = new HashingGate(1, 0, 0);

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> gate.pass(() -> {
                    throw new ArithmeticException();
                }));

        assertThat(gate.pass(() -> true)).isTrue();
    }

    @Test
    void passWhenNoPlaceIsLeftThenIsRefusedAtOnce() throws Exception {
        HashingGate gate = new HashingGate(1, 0, MINUTE);
        occupy(gate);

        assertThatExceptionOfType(LoginsBusyException.class).isThrownBy(() -> gate.pass(() -> true));
    }

    @Test
    void passWhenPatienceEndsThenIsRefused() throws Exception {
        HashingGate gate = new HashingGate(1, 1, 1_000_000);
        occupy(gate);

        assertThatExceptionOfType(LoginsBusyException.class).isThrownBy(() -> gate.pass(() -> true));
        end.countDown();
    }

    @Test
    void passWhenManyComeThenNoMoreThanThePermitsComputeAndNoneIsLost() throws Exception {
        HashingGate gate = new HashingGate(2, 100, MINUTE);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        List<Future<Boolean>> passing = IntStream.range(0, 100)
                .mapToObj(i -> threads.submit(() -> gate.pass(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.yield();
                    return inside.decrementAndGet() >= 0;
                })))
                .toList();

        for (Future<Boolean> pass : passing) {
            assertThat(pass.get(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    /** Somebody keeps the only permit, and nobody may wait for it: who was verified before gets in all the same. */
    @Test
    void authenticateWhenGateIsFullThenOnlyNewPasswordsAreRefused() throws Exception {
        HashingGate gate = new HashingGate(1, 0, 0);
        StoredUsers users = new StoredUsers(
                new InMemoryUserStore(), new FastPasswordHasher(), TestRoles.empty(), PasswordPolicy.NONE, gate);
        users.create("joe", "right", false);
        users.authenticate("joe", "right");
        Future<Boolean> occupied = occupy(gate);

        assertThat(users.authenticate("joe", "right")).isPresent();
        for (String name : List.of("joe", "nobody")) {
            assertThatExceptionOfType(LoginsBusyException.class).isThrownBy(() -> users.authenticate(name, "wrong"));
        }
        end.countDown();
        occupied.get(1, TimeUnit.MINUTES);
        assertThat(users.authenticate("joe", "wrong")).isEmpty();
    }
}
