package dev.sluice.storage.rocksdb;

import dev.sluice.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyMetaData;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.Range;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB of a store and its column families. Owns every native handle: what is opened here is closed by {@link
 * #close}, children first.
 *
 * <p>A column family that was replaced because a file of it was damaged has a name with a generation, as in {@code
 * blocks@2}. When two generations are there, the replacement was not complete, and the older one counts.
 */
final class RocksFiles implements AutoCloseable {

    private static final List<String> FAMILIES = List.of("meta", "log", "series", "schema", "shards", "blocks");

    /** RocksDB wants it and never lets go of it, so a damaged file of it could not be replaced: it stays empty. */
    private static final String DEFAULT_FAMILY = "default";

    /** So many files more than their size calls for are many. */
    private static final int MANY_FILES = 32;

    /** About the size at which RocksDB begins another file. */
    private static final long FULL_FILE_BYTES = 64L << 20;

    private final List<RocksObject> owned = new ArrayList<>();
    private final RocksDB db;
    private final List<ColumnFamilyHandle> handles = new ArrayList<>();
    private final LRUCache cache;
    private final Statistics statistics;
    private final WriteOptions synced;
    private final WriteOptions unsynced;
    private final CompactRangeOptions fullCompaction;

    static {
        NativeLibrary.load();
    }

    /** How strict opening is. */
    enum Strictness {
        /** A damaged log or file is an error; what a crash leaves at the end of the log is not. */
        STRICT(WALRecoveryMode.TolerateCorruptedTailRecords, true),
        /** The log counts up to where it is damaged. */
        LOG_UP_TO_DAMAGE(WALRecoveryMode.PointInTimeRecovery, true),
        /** Files that cannot be opened are noticed when they are read. */
        ANY_FILES(WALRecoveryMode.PointInTimeRecovery, false);

        private final WALRecoveryMode log;
        private final boolean paranoid;

        Strictness(WALRecoveryMode log, boolean paranoid) {
            this.log = log;
            this.paranoid = paranoid;
        }
    }

    private RocksFiles(RocksStoreOptions options, Strictness strictness) throws RocksDBException {
        cache = own(new LRUCache(options.memory().blockCacheBytes()));
        statistics = own(new Statistics());
        statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
        DBOptions dbOptions = own(new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setWalDir(options.walDirectory().toString())
                .setWalRecoveryMode(strictness.log)
                .setParanoidChecks(strictness.paranoid)
                // The files of all families are then of the same moment, and a log that counts only up to its damage is
                // a continuation of all of them.
                .setAtomicFlush(true)
                .setMaxTotalWalSize(256L << 20)
                .setDbWriteBufferSize(options.memory().writeBufferBytes())
                .setStatistics(statistics)
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(3)
                .setBytesPerSync(1L << 20)
                .setMaxOpenFiles(512));
        List<String> names = familyNames(options.directory());
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        this.db = RocksDB.open(
                dbOptions,
                options.directory().toString(),
                names.stream().map(this::descriptor).toList(),
                opened);
        for (String family : FAMILIES) {
            int oldest = IntStream.range(0, names.size())
                    .filter(i -> familyOf(names.get(i)).equals(family))
                    .boxed()
                    .min(Comparator.comparingInt(i -> generationOf(names.get(i))))
                    .orElseThrow();
            handles.add(opened.get(oldest));
        }
        for (ColumnFamilyHandle incomplete : opened) {
            if (Arrays.equals(incomplete.getName(), RocksDB.DEFAULT_COLUMN_FAMILY)) {
                own(incomplete);
            } else if (!handles.contains(incomplete)) {
                db.dropColumnFamily(incomplete);
                incomplete.close();
            }
        }
        this.synced = own(new WriteOptions().setSync(true));
        this.unsynced = own(new WriteOptions());
        this.fullCompaction = own(new CompactRangeOptions()
                .setExclusiveManualCompaction(false)
                .setAllowWriteStall(false)
                .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForceOptimized));
    }

    /** The column families that are there, and those that are to be made. */
    private static List<String> familyNames(Path directory) throws RocksDBException {
        List<String> names = new ArrayList<>();
        if (Files.exists(directory.resolve("CURRENT"))) {
            try (Options options = new Options()) {
                for (byte[] name : RocksDB.listColumnFamilies(options, directory.toString())) {
                    names.add(new String(name, StandardCharsets.UTF_8));
                }
            }
        }
        if (!names.contains(DEFAULT_FAMILY)) {
            names.add(DEFAULT_FAMILY);
        }
        for (String family : FAMILIES) {
            if (names.stream().noneMatch(name -> familyOf(name).equals(family))) {
                names.add(family);
            }
        }
        return names;
    }

    private static String familyOf(String name) {
        int at = name.indexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }

    private static int generationOf(String name) {
        int at = name.indexOf('@');
        return at < 0 ? 1 : Integer.parseInt(name.substring(at + 1));
    }

    private ColumnFamilyDescriptor descriptor(String name) {
        return new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), family(familyOf(name), cache));
    }

    /**
     * Opens the files.
     *
     * @throws RocksDBException when they cannot be opened
     * @throws StorageException when the directories cannot be made
     */
    static RocksFiles open(RocksStoreOptions options, Strictness strictness) throws RocksDBException {
        try {
            Files.createDirectories(options.directory());
            Files.createDirectories(options.walDirectory());
        } catch (IOException e) {
            throw new StorageException("cannot create the directories of the store: " + e.getMessage(), e);
        }
        return new RocksFiles(options, strictness);
    }

    /** Puts sorted files in the place of a family, which is gone afterwards. */
    void replace(ColumnFamilyHandle family, List<String> sortedFiles) throws RocksDBException {
        String name = new String(family.getName(), StandardCharsets.UTF_8);
        ColumnFamilyHandle next = db.createColumnFamily(descriptor(familyOf(name) + "@" + (generationOf(name) + 1)));
        if (!sortedFiles.isEmpty()) {
            try (IngestExternalFileOptions move = new IngestExternalFileOptions().setMoveFiles(true)) {
                db.ingestExternalFile(next, sortedFiles, move);
            }
        }
        db.dropColumnFamily(family);
        handles.set(handles.indexOf(family), next);
        family.close();
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

    /** How many blocks there are; an estimate. */
    long blockCount() {
        return blockProperty("rocksdb.estimate-num-keys");
    }

    /** Bytes of the files of blocks. */
    long blockBytes() {
        return blockProperty("rocksdb.total-sst-files-size");
    }

    private long blockProperty(String name) {
        try {
            return db.getLongProperty(blocks(), name);
        } catch (RocksDBException unknown) {
            return 0;
        }
    }

    /** Bytes that the blocks of a shard take in files, as far as the files' indexes tell. */
    long blockBytes(long shard) {
        byte[] prefix = Keys.number(shard);
        try (Slice first = new Slice(prefix);
                Slice behind = new Slice(Keys.after(prefix))) {
            return db.getApproximateSizes(
                            blocks(), List.of(new Range(first, behind)), SizeApproximationFlag.INCLUDE_FILES)[0];
        }
    }

    /** Blocks of files that were found in the cache. */
    long cacheHits() {
        return statistics.getTickerCount(TickerType.BLOCK_CACHE_HIT);
    }

    /** Blocks of files that were not, and had to be read. */
    long cacheMisses() {
        return statistics.getTickerCount(TickerType.BLOCK_CACHE_MISS);
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

    /**
     * Merges the files of small families when there are many. Their keys mostly come in order, so files do not overlap, and
     * RocksDB moves each of them down as it is: every flush would leave one for good. Blocks are merged shard by shard.
     */
    void mergeSmallFiles() throws RocksDBException {
        for (ColumnFamilyHandle family : List.of(meta(), series(), schema(), shards())) {
            ColumnFamilyMetaData files = db.getColumnFamilyMetaData(family);
            if (files.fileCount() > MANY_FILES + files.size() / FULL_FILE_BYTES) {
                db.compactRange(family, null, null, fullCompaction);
            }
        }
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
