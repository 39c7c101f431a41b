package dev.sluice.storage.rocksdb;

import dev.sluice.storage.StorageException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store does when it is left alone: writes a head that gets no more points to blocks, and merges the blocks of
 * shards that do not change any more. One thread of low priority; merging holds flushes up for one step at a time only,
 * and appends not at all.
 */
final class BackgroundWork {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final RocksFiles files;
    private final Heads heads;
    private final Flusher flusher;
    private final ShardChanges changes;
    private final WriteGate gate;
    private final RocksStoreOptions.Background options;
    private final LongAdder merges = new LongAdder();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sluice-compact");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });

    private long lastSequence;
    private long lastAppendNanos = System.nanoTime();

    BackgroundWork(
            RocksFiles files,
            Heads heads,
            Flusher flusher,
            ShardChanges changes,
            WriteGate gate,
            RocksStoreOptions.Background options) {
        this.files = files;
        this.heads = heads;
        this.flusher = flusher;
        this.changes = changes;
        this.gate = gate;
        this.options = options;
    }

    void start() {
        long shortest = Math.min(
                options.flushColdAfter().toNanos(), options.compactColdAfter().toNanos());
        long pause = Math.max(SHORTEST_PAUSE_NANOS, Math.min(LONGEST_PAUSE_NANOS, shortest / 4));
        executor.scheduleWithFixedDelay(this::lookAround, pause, pause, TimeUnit.NANOSECONDS);
    }

    private void lookAround() {
        try {
            flushWhenCold();
            boolean merged = false;
            for (long shard : changes.unchangedFor(options.compactColdAfter().toNanos())) {
                merged |= mergeShard(shard);
            }
            if (merged) {
                files.flushTables();
                files.compactLog();
            }
            files.mergeSmallFiles();
        } catch (RocksDBException | StorageException e) {
            if (gate.isClosed()) {
                LOG.debug("background work on blocks ended, as the store closes: {}", e.getMessage());
                return;
            }
            LOG.warn("background work on blocks failed and is tried again: {}", e.getMessage());
        } catch (RuntimeException e) {
            // Thrown on, it would end background work for good.
            LOG.error("background work on blocks failed", e);
        }
    }

    private void flushWhenCold() {
        long sequence = heads.lastSequence();
        long now = System.nanoTime();
        if (sequence != lastSequence) {
            lastSequence = sequence;
            lastAppendNanos = now;
        } else if (!heads.current().isEmpty()
                && now - lastAppendNanos >= options.flushColdAfter().toNanos()) {
            flusher.flush();
        }
    }

    /**
     * Merges every shard that changed since it was merged, however short ago, and waits for it.
     *
     * @throws StorageException when that failed; nothing is lost
     */
    void mergeAll() {
        try {
            for (long shard : changes.unchangedFor(0)) {
                mergeShard(shard);
            }
            files.flushTables();
            files.compactLog();
            files.mergeSmallFiles();
        } catch (RocksDBException e) {
            throw new StorageException("merging blocks failed: " + e.getMessage(), e);
        }
    }

    /** Merges the blocks of a shard; false when it changed meanwhile or the store is closing. */
    private boolean mergeShard(long shard) throws RocksDBException {
        Long before = changes.changedAt(shard);
        if (before == null) {
            return false;
        }
        long start = System.nanoTime();
        BlockMerger merger = new BlockMerger(files, shard);
        while (!merger.isDone()) {
            if (gate.isClosed() || !gate.health().writable() || !before.equals(changes.changedAt(shard))) {
                return false;
            }
            throttle(flusher.withoutFlushes(merger::step));
        }
        files.compactBlocks(Keys.number(shard), Keys.after(Keys.number(shard)));
        boolean still = flusher.withoutFlushes(() -> {
            boolean unchanged = before.equals(changes.changedAt(shard));
            if (unchanged) {
                changes.markMerged(shard);
            }
            return unchanged;
        });
        merges.increment();
        LOG.info(
                "shard {}: {} blocks merged to full ones in {} ms",
                shard,
                merger.blocksReplaced(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return still;
    }

    private void throttle(long bytes) {
        long rate = options.compactBytesPerSecond();
        if (rate > 0 && bytes > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep((long) ((double) bytes / rate * 1e9));
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How often a shard was merged since the start. */
    long mergeCount() {
        return merges.sum();
    }

    /** Ends background work; the step under way is waited for. The store is closed already. */
    void stop() throws InterruptedException {
        executor.shutdownNow();
        files.cancelCompactions();
        if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
            LOG.warn("closing while blocks are still being merged");
        }
    }
}
