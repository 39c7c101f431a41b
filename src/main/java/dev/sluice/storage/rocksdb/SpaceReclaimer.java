package dev.sluice.storage.rocksdb;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the disk back what removed blocks took. A range that was deleted hides its blocks and frees nothing by itself;
 * here files that lie within it go at once, and what is left is rewritten without it, one range after the other in the
 * background.
 */
final class SpaceReclaimer {

    private static final Logger LOG = LoggerFactory.getLogger(SpaceReclaimer.class);

    private final RocksFiles files;
    private final CompactRangeOptions options =
            new CompactRangeOptions().setExclusiveManualCompaction(false).setAllowWriteStall(false);
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sluice-reclaim");
        thread.setDaemon(true);
        return thread;
    });

    private volatile boolean stopping;

    SpaceReclaimer(RocksFiles files) {
        this.files = files;
    }

    /**
     * Frees the space of blocks that were deleted as a range.
     *
     * @param from the first key of the range
     * @param to the first key behind it
     */
    void reclaimRange(byte[] from, byte[] to) {
        submit(() -> {
            files.db().deleteFilesInRanges(files.blocks(), List.of(from, to), false);
            files.db().compactRange(files.blocks(), from, to, options);
        });
    }

    /** Frees the space of deleted blocks between two keys, where others may have stayed. */
    void compact(byte[] from, byte[] to) {
        submit(() -> files.db().compactRange(files.blocks(), from, to, options));
    }

    private interface Work {
        void run() throws RocksDBException;
    }

    private void submit(Work work) {
        try {
            background.execute(() -> {
                try {
                    work.run();
                } catch (RocksDBException e) {
                    if (stopping) {
                        // RocksDB says "Incomplete" of a compaction that was cancelled; it knows no more of why.
                        LOG.debug("freeing space was cancelled, as the store closes: {}", e.getMessage());
                        return;
                    }
                    LOG.warn("freeing space failed and is left to later compactions: {}", e.getMessage());
                }
            });
        } catch (RejectedExecutionException closing) {
            // Compactions of a later run free it.
        }
    }

    /** Cancels what is under way and waits for its end. */
    void stop() throws InterruptedException {
        stopping = true;
        background.shutdownNow();
        options.setCanceled(true);
        if (background.awaitTermination(1, TimeUnit.MINUTES)) {
            options.close();
        }
    }
}
