package dev.sluice.storage.rocksdb;

import dev.sluice.storage.StorageException;
import dev.sluice.storage.codec.Rows;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes heads to blocks: one at a time, on demand or in the background.
 *
 * <p>Lock order: {@code flushLock}, then the exclusive lock of {@link Heads}. A flush holds that exclusively only to
 * exchange the head; what is done {@link #alone} holds it throughout.
 */
final class Flusher {

    private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);

    private static final long MAX_BATCH_BYTES = 1 << 20;

    private final RocksFiles files;
    private final Heads heads;
    private final ShardChanges changes;
    private final WriteGate gate;
    private final ReentrantLock flushLock = new ReentrantLock();
    private final AtomicBoolean requested = new AtomicBoolean();
    private final LongAdder flushes = new LongAdder();
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sluice-flush");
        thread.setDaemon(true);
        return thread;
    });

    Flusher(RocksFiles files, Heads heads, ShardChanges changes, WriteGate gate) {
        this.files = files;
        this.heads = heads;
        this.changes = changes;
        this.gate = gate;
    }

    /** Has the head written to blocks soon, unless that is under way already. */
    void request() {
        if (requested.compareAndSet(false, true)) {
            try {
                background.execute(this::flushRequested);
            } catch (RejectedExecutionException closing) {
                requested.set(false);
            }
        }
    }

    private void flushRequested() {
        requested.set(false);
        try {
            flush();
        } catch (StorageException e) {
            LOG.error("writing blocks failed: {}", e.getMessage(), e);
        }
    }

    /**
     * Writes the points in memory to blocks and drops their log entries. Appends go on meanwhile.
     *
     * @throws StorageException when that failed; the points are then still in the log and in memory
     */
    void flush() {
        flushLock.lock();
        try {
            if (heads.flushing() != null) {
                // A flush that failed half way: its entries go first, and no entries of the head go with them.
                writeFlushing();
            }
            heads.exclusive().lock();
            try {
                heads.exchangeLocked();
            } finally {
                heads.exclusive().unlock();
            }
            writeFlushing();
        } finally {
            flushLock.unlock();
        }
    }

    /** Runs something while every point is in blocks and no append or flush is under way. */
    void alone(Runnable action) {
        flushLock.lock();
        try {
            // Once without stopping appends, so that little is left for the second time.
            flush();
            heads.exclusive().lock();
            try {
                gate.requireWritable();
                heads.exchangeLocked();
                writeFlushing();
                action.run();
            } finally {
                heads.exclusive().unlock();
            }
        } finally {
            flushLock.unlock();
        }
    }

    /** Something that changes blocks. */
    interface Change<T> {
        T run() throws RocksDBException;
    }

    /** Runs something while no flush or removal is under way; appends go on. */
    <T> T withoutFlushes(Change<T> change) throws RocksDBException {
        flushLock.lock();
        try {
            return change.run();
        } finally {
            flushLock.unlock();
        }
    }

    private void writeFlushing() {
        Head full = Objects.requireNonNull(heads.flushing());
        gate.requireHealthy();
        if (!full.isEmpty()) {
            try (WriteBatch batch = new WriteBatch()) {
                putBlocks(full, batch);
                batch.deleteRange(files.log(), Keys.number(0), Keys.number(heads.flushingUpTo() + 1));
                files.writeSynced(batch);
            } catch (RocksDBException e) {
                throw gate.fail("writing blocks failed", e);
            }
            flushes.increment();
        }
        heads.endFlush();
    }

    /**
     * Puts the head's rows into blocks. A large batch keeps appends waiting while it is written, so what has come together
     * is written now and then: rows that are in blocks and in the log at the same time are the same rows, for readers as
     * well as after a crash. What is left in the batch goes with the deletion of the log entries, whose sync covers all.
     */
    private void putBlocks(Head full, WriteBatch batch) throws RocksDBException {
        try (BlockRewriter rewriter = new BlockRewriter(files, batch)) {
            for (Map.Entry<Long, Head.Shard> shard : full.shards().entrySet()) {
                changes.change(shard.getKey(), batch);
                HeadSeries[] all = shard.getValue().all();
                for (int series = 0; series < all.length; series++) {
                    Rows rows = all[series] == null ? null : all[series].rows();
                    if (rows != null) {
                        rewriter.add(shard.getKey(), series, rows);
                    }
                }
                if (batch.getDataSize() > MAX_BATCH_BYTES) {
                    files.writeUnsynced(batch);
                    batch.clear();
                }
            }
        }
    }

    long flushCount() {
        return flushes.sum();
    }

    /** Ends background work; what is under way is waited for. */
    void stop() throws InterruptedException {
        background.shutdown();
        if (!background.awaitTermination(1, TimeUnit.MINUTES)) {
            LOG.warn("closing while points are still being written to blocks; they stay in the log");
        }
    }
}
