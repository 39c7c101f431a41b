package dev.sluice.query;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that help queries with large pieces of work. There are no more of them than processors, and a query never depends
 * on them: what nobody has begun when its result is needed is done by the thread that needs it. Thread-safe.
 */
public final class QueryWorkers implements AutoCloseable {

    /** No threads: everything is done by who asks. */
    public static final QueryWorkers NONE = new QueryWorkers(0);

    private static final int MOST_WAITING = 256;

    private final int count;
    private final ThreadPoolExecutor threads;

    /** So many threads, which end when they are idle. */
    public QueryWorkers(int count) {
        this.count = count;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                Math.max(count, 1),
                Math.max(count, 1),
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread thread = new Thread(task, "sluice-query-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        if (count == 0) {
            threads.shutdown();
        }
    }

    /** How many pieces work is worth cutting into; 1 for none. */
    public int parallelism() {
        return Math.max(count, 1);
    }

    /** Begins a piece of work, whose result is asked for, or which is abandoned, later. */
    public <T extends @Nullable Object> Piece<T> begin(Supplier<T> work) {
        Piece<T> piece = new Piece<>(work);
        try {
            threads.execute(piece);
        } catch (RejectedExecutionException busy) {
            // It waits until its result is asked for.
        }
        return piece;
    }

    /** Does all pieces and returns when every one has ended; the first failure is thrown. */
    public void doAll(List<Runnable> pieces) {
        List<Piece<Boolean>> begun = new ArrayList<>();
        for (Runnable piece : pieces) {
            Supplier<Boolean> work = () -> {
                piece.run();
                return true;
            };
            // The first one is for this thread.
            begun.add(begun.isEmpty() ? new Piece<>(work) : begin(work));
        }
        RuntimeException failure = null;
        for (Piece<Boolean> piece : begun) {
            try {
                piece.result();
            } catch (RuntimeException failed) {
                failure = failure == null ? failed : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Takes no more work; queries then do it themselves. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /** Work that one thread does. */
    public static final class Piece<T extends @Nullable Object> implements Runnable {

        private final Supplier<T> work;
        private final AtomicBoolean claimed = new AtomicBoolean();
        private final CountDownLatch ended = new CountDownLatch(1);
        private @Nullable T value;
        private @Nullable Throwable failure;

        private Piece(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            if (!claimed.compareAndSet(false, true)) {
                return;
            }
            try {
                value = work.get();
            } catch (RuntimeException | Error failed) {
                failure = failed;
            } finally {
                ended.countDown();
            }
        }

        /** The result, for which this thread does the work when no other has begun it; what the work throws is thrown. */
        public @Nullable T result() {
            run();
            awaitEnd();
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            return value;
        }

        /** Returns when no thread is at the work and none will be. */
        public void abandon() {
            if (!claimed.compareAndSet(false, true)) {
                awaitEnd();
            }
        }

        /** Not to be left early: who waits owns what the work uses. */
        private void awaitEnd() {
            boolean interrupted = false;
            while (true) {
                try {
                    ended.await();
                    break;
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
