package dev.sluice.storage.rocksdb;

import dev.sluice.storage.codec.Block;
import dev.sluice.storage.codec.CorruptBlockException;
import dev.sluice.storage.codec.RowMerger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the blocks of a shard to as few as hold its rows, step by step. A step looks at a few megabytes of neighbouring
 * blocks and replaces those that are too small in one atomic write, so that it can be interrupted anywhere. Nothing else
 * may change blocks during a step.
 */
final class BlockMerger {

    private static final Logger LOG = LoggerFactory.getLogger(BlockMerger.class);

    /** Bytes of blocks after which a step ends. */
    private static final long STEP_BYTES = 8L << 20;

    /** Rows that are merged at a time, which bounds memory. */
    private static final int GROUP_ROWS = 4 * Block.MAX_ROWS;

    private final RocksFiles files;
    private final long shard;
    private byte @Nullable [] position;
    private long bytesRead;
    private int blocksReplaced;

    BlockMerger(RocksFiles files, long shard) {
        this.files = files;
        this.shard = shard;
        this.position = Keys.number(shard);
    }

    /** Whether there is no step left. */
    boolean isDone() {
        return position == null;
    }

    /** Blocks that were replaced by fewer so far. */
    int blocksReplaced() {
        return blocksReplaced;
    }

    /** Merges some blocks; returns how many bytes of blocks it looked at. */
    long step() throws RocksDBException {
        bytesRead = 0;
        byte[] prefix = Keys.number(shard);
        try (ReadOptions options = new ReadOptions().setFillCache(false).setReadaheadSize(1L << 20);
                RocksIterator blocks = files.db().newIterator(files.blocks(), options);
                WriteBatch batch = new WriteBatch()) {
            Group group = new Group();
            for (blocks.seek(Objects.requireNonNull(position)); ; blocks.next()) {
                byte[] key = blocks.isValid() ? blocks.key() : null;
                boolean inShard = key != null && BlockRewriter.startsWith(key, prefix);
                if (!inShard || !group.takes(Keys.blockSeries(key))) {
                    group.merge(batch);
                    if (!inShard || bytesRead >= STEP_BYTES) {
                        position = inShard ? key : null;
                        break;
                    }
                    group = new Group();
                }
                group.add(key, blocks.value());
            }
            blocks.status();
            if (batch.count() > 0) {
                files.writeSynced(batch);
            }
        }
        return bytesRead;
    }

    /** Neighbouring blocks of one series. */
    private final class Group {

        private final List<byte[]> keys = new ArrayList<>();
        private final List<byte[]> values = new ArrayList<>();
        private int series = -1;
        private int rows;
        private boolean damaged;

        boolean takes(int other) {
            return series < 0 || (series == other && rows < GROUP_ROWS);
        }

        void add(byte[] key, byte[] value) {
            series = Keys.blockSeries(key);
            keys.add(key);
            values.add(value);
            bytesRead += value.length;
            try {
                rows += Block.open(value).rowCount();
            } catch (CorruptBlockException e) {
                LOG.warn("blocks of series {} in shard {} stay as they are: {}", series, shard, e.getMessage());
                damaged = true;
            }
        }

        void merge(WriteBatch batch) throws RocksDBException {
            if (damaged || keys.size() <= (rows + Block.MAX_ROWS - 1) / Block.MAX_ROWS) {
                return;
            }
            for (byte[] key : keys) {
                batch.delete(files.blocks(), key);
            }
            BlockRewriter.put(
                    files,
                    batch,
                    shard,
                    series,
                    RowMerger.merge(values.stream()
                            .map(value -> BlockRows.all(Block.open(value)))
                            .toList()));
            blocksReplaced += keys.size();
        }
    }
}
