package dev.sluice.storage.rocksdb;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileWriter;

/**
 * Copies what can be read of a column family into sorted files. An iterator ends at the first part of a file that is
 * damaged; the copy goes on behind it, at a key that is found by steps of growing size and then by halving. What another
 * file has of the keys in between is left out too: it may have been overwritten or deleted in the damaged part.
 */
final class ReadableCopy {

    private static final long MAX_FILE_BYTES = 256L << 20;

    /** By how much longer than the last readable key the keys are that are tried; long enough to stand right behind it. */
    private static final int MORE_BYTES = 8;

    private final RocksFiles files;
    private final ColumnFamilyHandle family;
    private final Path directory;
    private final List<String> written = new ArrayList<>();
    private final List<String> holes = new ArrayList<>();
    private int longestKey = 32;

    /** @param directory where the copies go; must be on the file system of the store */
    ReadableCopy(RocksFiles files, ColumnFamilyHandle family, Path directory) {
        this.files = files;
        this.family = family;
        this.directory = directory;
    }

    /** The copies; their keys ascend from each to the next. */
    List<String> files() {
        return written;
    }

    /** The ranges of keys that could not be read, for operators. */
    List<String> holes() {
        return holes;
    }

    void run() throws RocksDBException {
        try (Options options = new Options();
                EnvOptions environment = new EnvOptions();
                ReadOptions read = new ReadOptions().setFillCache(false)) {
            byte[] next = new byte[0];
            while (next != null) {
                byte[] last = copyFrom(next, options, environment, read);
                if (last == null) {
                    return;
                }
                byte[] behind = readableBehind(last, read);
                holes.add(describe(last) + " up to " + (behind == null ? "the end" : describe(behind)));
                next = behind;
            }
        }
    }

    /** Copies up to damage or the end; returns the last key before the damage, or null at the end. */
    private byte @Nullable [] copyFrom(byte[] from, Options options, EnvOptions environment, ReadOptions read)
            throws RocksDBException {
        byte[] last = from;
        try (RocksIterator rows = files.db().newIterator(family, read)) {
            rows.seek(from);
            while (rows.isValid()) {
                String file = directory.resolve(written.size() + ".sst").toString();
                try (SstFileWriter writer = new SstFileWriter(environment, options)) {
                    writer.open(file);
                    do {
                        last = rows.key();
                        longestKey = Math.max(longestKey, last.length);
                        writer.put(last, rows.value());
                        rows.next();
                    } while (rows.isValid() && writer.fileSize() < MAX_FILE_BYTES);
                    writer.finish();
                }
                written.add(file);
            }
            return isReadable(rows) ? null : last;
        }
    }

    private static boolean isReadable(RocksIterator rows) throws RocksDBException {
        try {
            rows.status();
            return true;
        } catch (RocksDBException e) {
            if (DamagedFiles.isDamage(e) || isMissing(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isMissing(RocksDBException e) {
        return e.getMessage() != null && e.getMessage().contains("No such file");
    }

    private byte @Nullable [] readableBehind(byte[] last, ReadOptions read) throws RocksDBException {
        int width = longestKey + MORE_BYTES;
        BigInteger end = BigInteger.ONE.shiftLeft(8 * width);
        BigInteger damaged = new BigInteger(1, Arrays.copyOf(last, width));
        BigInteger readable = null;
        for (int bit = 0; readable == null; bit++) {
            BigInteger probe = damaged.add(BigInteger.ONE.shiftLeft(bit));
            if (probe.compareTo(end) >= 0) {
                return null;
            }
            if (isReadable(bytes(probe, width), read)) {
                readable = probe;
            } else {
                damaged = probe;
            }
        }
        while (readable.subtract(damaged).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = damaged.add(readable).shiftRight(1);
            if (isReadable(bytes(middle, width), read)) {
                readable = middle;
            } else {
                damaged = middle;
            }
        }
        return bytes(readable, width);
    }

    private boolean isReadable(byte[] key, ReadOptions read) throws RocksDBException {
        try (RocksIterator rows = files.db().newIterator(family, read)) {
            rows.seek(key);
            return isReadable(rows);
        }
    }

    private static byte[] bytes(BigInteger number, int width) {
        byte[] bytes = new byte[width];
        byte[] digits = number.toByteArray();
        int length = Math.min(digits.length, width);
        System.arraycopy(digits, digits.length - length, bytes, width - length, length);
        return bytes;
    }

    private String describe(byte[] key) {
        if (key.length == 0) {
            return "the beginning";
        }
        if (family == files.blocks() && key.length >= 12) {
            return "series " + Keys.blockSeries(key) + " of shard " + Keys.blockShard(key);
        }
        return "key " + HexFormat.of().formatHex(key);
    }
}
