package dev.sluice.storage.rocksdb;

import dev.sluice.model.TimeRange;
import dev.sluice.storage.codec.Block;
import dev.sluice.storage.codec.BlockWriter;
import dev.sluice.storage.codec.RowMerger;
import dev.sluice.storage.codec.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Changes the blocks of series in a write batch, each series once: adds rows or takes some away, keeping blocks disjoint. New rows are
 * merged with the blocks they overlap, and with small blocks at the end, as long as those are not much larger than what
 * is added: each row is so rewritten a number of times that grows with the logarithm of the block size only.
 */
final class BlockRewriter implements AutoCloseable {

    private final RocksFiles files;
    private final WriteBatch batch;

    /** One for all series, as making one costs more than reading a block. What the batch changes it does not show. */
    private final RocksIterator blocks;

    BlockRewriter(RocksFiles files, WriteBatch batch) {
        this.files = files;
        this.batch = batch;
        this.blocks = files.db().newIterator(files.blocks());
    }

    void add(long shard, int series, Rows rows) throws RocksDBException {
        long first = rows.times().get(0);
        long last = rows.times().get(rows.rowCount() - 1);
        int gathered = rows.rowCount();
        List<Rows> runs = new ArrayList<>();
        byte[] prefix = Keys.blockPrefix(shard, series);
        for (blocks.seekForPrev(Keys.block(shard, series, Long.MAX_VALUE, Long.MAX_VALUE));
                blocks.isValid() && startsWith(blocks.key(), prefix);
                blocks.prev()) {
            byte[] key = blocks.key();
            if (Keys.blockFirst(key) > last) {
                continue;
            }
            Block block = Block.open(blocks.value());
            boolean overlaps = Keys.blockLast(key) >= first;
            boolean small = block.rowCount() < Block.MAX_ROWS / 2 && block.rowCount() <= 2 * gathered;
            if (!overlaps && !small) {
                break;
            }
            gathered += block.rowCount();
            runs.add(0, BlockRows.all(block));
            batch.delete(files.blocks(), key);
        }
        blocks.status();
        runs.add(rows);
        put(shard, series, RowMerger.merge(runs));
    }

    /** Takes the rows within a range away; returns whether the series has rows left in the shard. */
    boolean remove(long shard, int series, TimeRange range) throws RocksDBException {
        boolean left = false;
        byte[] prefix = Keys.blockPrefix(shard, series);
        for (blocks.seek(prefix); blocks.isValid() && startsWith(blocks.key(), prefix); blocks.next()) {
            byte[] key = blocks.key();
            TimeRange times = new TimeRange(Keys.blockFirst(key), Keys.blockLast(key));
            if (!times.overlaps(range)) {
                left = true;
                continue;
            }
            batch.delete(files.blocks(), key);
            if (!range.contains(times)) {
                left |= putOutside(shard, series, BlockRows.all(Block.open(blocks.value())), range);
            }
        }
        blocks.status();
        return left;
    }

    private boolean putOutside(long shard, int series, Rows rows, TimeRange range) throws RocksDBException {
        int from = 0;
        while (from < rows.rowCount() && rows.times().get(from) < range.minNanos()) {
            from++;
        }
        int to = from;
        while (to < rows.rowCount() && rows.times().get(to) <= range.maxNanos()) {
            to++;
        }
        if (from > 0) {
            put(shard, series, rows.region(0, from));
        }
        if (to < rows.rowCount()) {
            put(shard, series, rows.region(to, rows.rowCount() - to));
        }
        return from > 0 || to < rows.rowCount();
    }

    private void put(long shard, int series, Rows rows) throws RocksDBException {
        put(files, batch, shard, series, rows);
    }

    /** Puts rows into as few blocks of about the same size as can hold them. */
    static void put(RocksFiles files, WriteBatch batch, long shard, int series, Rows rows) throws RocksDBException {
        int pieces = (rows.rowCount() + Block.MAX_ROWS - 1) / Block.MAX_ROWS;
        for (int piece = 0; piece < pieces; piece++) {
            int from = (int) ((long) rows.rowCount() * piece / pieces);
            int to = (int) ((long) rows.rowCount() * (piece + 1) / pieces);
            Rows part = rows.region(from, to - from);
            byte[] key =
                    Keys.block(shard, series, part.times().get(0), part.times().get(part.rowCount() - 1));
            batch.put(files.blocks(), key, BlockWriter.write(part));
        }
    }

    @Override
    public void close() {
        blocks.close();
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return Arrays.equals(key, 0, Math.min(key.length, prefix.length), prefix, 0, prefix.length);
    }
}
