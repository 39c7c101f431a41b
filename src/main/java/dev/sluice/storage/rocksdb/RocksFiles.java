package dev.sluice.storage.rocksdb;

import dev.sluice.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB of a store and its column families. Owns every native handle: what is opened here is closed by {@link
 * #close}, children first.
 */
final class RocksFiles implements AutoCloseable {

    private final List<RocksObject> owned = new ArrayList<>();
    private final RocksDB db;
    private final List<ColumnFamilyHandle> handles = new ArrayList<>();
    private final WriteOptions synced;
    private final WriteOptions unsynced;
    private final CompactRangeOptions fullCompaction;

    static {
        NativeLibrary.load();
    }

    private RocksFiles(RocksStoreOptions options) throws RocksDBException {
        LRUCache cache = own(new LRUCache(options.memory().blockCacheBytes()));
        DBOptions dbOptions = own(new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setWalDir(options.walDirectory().toString())
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setMaxTotalWalSize(256L << 20)
                .setDbWriteBufferSize(options.memory().writeBufferBytes())
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(3)
                .setBytesPerSync(1L << 20)
                .setMaxOpenFiles(512));
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (String name : List.of("default", "log", "series", "schema", "shards", "blocks")) {
            families.add(new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), family(name, cache)));
        }
        this.db = RocksDB.open(dbOptions, options.directory().toString(), families, handles);
        this.synced = own(new WriteOptions().setSync(true));
        this.unsynced = own(new WriteOptions());
        this.fullCompaction = own(new CompactRangeOptions()
                .setExclusiveManualCompaction(false)
                .setAllowWriteStall(false)
                .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForceOptimized));
    }

    static RocksFiles open(RocksStoreOptions options) {
        try {
            Files.createDirectories(options.directory());
            Files.createDirectories(options.walDirectory());
            return new RocksFiles(options);
        } catch (IOException e) {
            throw new StorageException("cannot create the directories of the store: " + e.getMessage(), e);
        } catch (RocksDBException e) {
            String reason = e.getMessage() != null && e.getMessage().contains("lock")
                    ? "another process uses the data directory " + options.directory()
                    : "cannot open the data directory " + options.directory();
            throw new StorageException(reason + ": " + e.getMessage(), e);
        }
    }

    private ColumnFamilyOptions family(String name, LRUCache cache) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(name.equals("blocks") ? 32 << 10 : 8 << 10)
                .setFilterPolicy(own(new BloomFilter(10)))
                .setFormatVersion(5);
        ColumnFamilyOptions options = own(new ColumnFamilyOptions()
                .setTableFormatConfig(table)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(name.equals("log") ? 64L << 20 : 16L << 20));
        if (name.equals("blocks")) {
            options.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
            // A flush of the head fills several at once; when there is none left, RocksDB stops all writes.
            options.setMaxWriteBufferNumber(5);
        }
        return options;
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle meta() {
        return handles.get(0);
    }

    ColumnFamilyHandle log() {
        return handles.get(1);
    }

    ColumnFamilyHandle series() {
        return handles.get(2);
    }

    ColumnFamilyHandle schema() {
        return handles.get(3);
    }

    ColumnFamilyHandle shards() {
        return handles.get(4);
    }

    ColumnFamilyHandle blocks() {
        return handles.get(5);
    }

    /** Writes a batch and returns when it is on disk. */
    void writeSynced(WriteBatch batch) throws RocksDBException {
        db.write(synced, batch);
    }

    /** Writes a batch and returns when the operating system has it. */
    void writeUnsynced(WriteBatch batch) throws RocksDBException {
        db.write(unsynced, batch);
    }

    /** Writes memory tables to files, so that the write-ahead log can be cut. */
    void flushTables() throws RocksDBException {
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            db.flush(options, handles);
        }
    }

    /** Rewrites the blocks of a range of keys to the last level, where they are compressed best. */
    void compactBlocks(byte[] from, byte[] to) throws RocksDBException {
        db.compactRange(blocks(), from, to, fullCompaction);
    }

    /** Drops what is left of deleted log entries. */
    void compactLog() throws RocksDBException {
        db.compactRange(log(), Keys.number(0), Keys.number(-1), fullCompaction);
    }

    /** Has compactions that were asked for end soon, for good. */
    void cancelCompactions() {
        fullCompaction.setCanceled(true);
    }

    @Override
    public void close() {
        handles.forEach(ColumnFamilyHandle::close);
        try {
            db.closeE();
        } catch (RocksDBException e) {
            throw new StorageException("closing the store failed: " + e.getMessage(), e);
        } finally {
            for (int i = owned.size() - 1; i >= 0; i--) {
                owned.get(i).close();
            }
        }
    }
}
