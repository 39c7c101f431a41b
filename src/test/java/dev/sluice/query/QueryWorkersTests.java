package dev.sluice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryWorkersTests {

    private final QueryWorkers workers = new QueryWorkers(1);

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void resultWhenEveryThreadIsBusyThenWhoAsksDoesTheWork() {
        CountDownLatch release = new CountDownLatch(1);
        QueryWorkers.Piece<Boolean> blocking = workers.begin(() -> awaited(release));
        QueryWorkers.Piece<Thread> piece = workers.begin(Thread::currentThread);
        assertThat(piece.result()).isSameAs(Thread.currentThread());
        release.countDown();
        assertThat(blocking.result()).isTrue();
    }

    @Test
    void resultWhenThereAreNoThreadsThenWhoAsksDoesTheWork() {
        assertThat(QueryWorkers.NONE.begin(Thread::currentThread).result()).isSameAs(Thread.currentThread());
        assertThat(QueryWorkers.NONE.parallelism()).isEqualTo(1);
    }

    @Test
    void resultWhenTheWorkFailsThenItsExceptionIsThrown() {
        QueryWorkers.Piece<Object> piece = workers.begin(() -> {
            throw new QueryException("query interrupted");
        });
        assertThatThrownBy(piece::result).isInstanceOf(QueryException.class).hasMessage("query interrupted");
    }

    @Test
    void abandonWhenNobodyHasBegunThenNobodyWill() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        QueryWorkers.Piece<Boolean> blocking = workers.begin(() -> awaited(release));
        QueryWorkers.Piece<Integer> piece = workers.begin(runs::incrementAndGet);
        piece.abandon();
        release.countDown();
        blocking.result();
        workers.begin(() -> 0).result();
        assertThat(runs).hasValue(0);
    }

    @Test
    void doAllWhenOneFailsThenTheOthersHaveEndedBefore() {
        AtomicInteger ended = new AtomicInteger();
        assertThatThrownBy(() -> workers.doAll(List.of(
                        () -> {
                            throw new QueryException("first");
                        },
                        ended::incrementAndGet,
                        ended::incrementAndGet)))
                .hasMessage("first");
        assertThat(ended).hasValue(2);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
