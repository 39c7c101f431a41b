package dev.sluice.storage.rocksdb;

import dev.sluice.column.Column;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.ScanExtent;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.codec.Block;
import dev.sluice.storage.codec.CorruptBlockException;
import dev.sluice.storage.codec.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.PrimitiveIterator;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Tells how much a scan would go through: rows of the head, blocks and the files they are in. */
final class ScanExtents {

    private final ScanRequest request;
    private final List<Head> heads;
    private final RocksFiles files;
    private final int[] fieldIds;

    /** The ranges of keys of the files with blocks of the shard. */
    private final List<KeyRange> fileRanges;

    private record KeyRange(byte[] smallest, byte[] largest) {

        boolean overlaps(byte[] first, byte[] last) {
            return Arrays.compareUnsigned(smallest, last) <= 0 && Arrays.compareUnsigned(first, largest) <= 0;
        }
    }

    ScanExtents(ScanRequest request, ShardSchemas.Fields fields, List<Head> heads, RocksFiles files) {
        this.request = request;
        this.heads = heads;
        this.files = files;
        this.fieldIds = request.fields().stream()
                .map(fields::find)
                .filter(Objects::nonNull)
                .mapToInt(ShardSchemas.Field::id)
                .toArray();
        this.fileRanges = files.db().getLiveFilesMetaData().stream()
                .filter(file -> Arrays.equals(file.columnFamilyName(), familyName()))
                .map(ScanExtents::keys)
                .toList();
    }

    private byte[] familyName() {
        try {
            return files.blocks().getName();
        } catch (RocksDBException closed) {
            throw new StorageException("the files of blocks are not known: " + closed.getMessage(), closed);
        }
    }

    private static KeyRange keys(LiveFileMetaData file) {
        return new KeyRange(file.smallestKey(), file.largestKey());
    }

    ScanExtent measure() {
        ScanExtent total = ScanExtent.NOTHING;
        if (fieldIds.length == 0 || request.range().isEmpty()) {
            return total;
        }
        try (RocksIterator blocks = files.db().newIterator(files.blocks())) {
            PrimitiveIterator.OfInt series = request.series().iterator();
            while (series.hasNext()) {
                int number = series.nextInt();
                total = total.plus(new ScanExtent(cachedValues(number), 0, 0, 0))
                        .plus(blocks(blocks, number));
            }
            blocks.status();
            return total;
        } catch (CorruptBlockException damaged) {
            throw new StorageException(
                    "a block in shard " + request.shard().value() + " is damaged: " + damaged.getMessage(), damaged);
        } catch (RocksDBException damaged) {
            throw new StorageException("reading points failed: " + damaged.getMessage(), damaged);
        }
    }

    private long cachedValues(int series) {
        long values = 0;
        for (Head head : heads) {
            HeadSeries found = head.find(request.shard().value(), series);
            Rows rows = found == null ? null : found.rows(request.range(), fieldIds);
            if (rows != null) {
                for (Column column : rows.columns()) {
                    values += valueCount(column, rows.rowCount());
                }
            }
        }
        return values;
    }

    private static long valueCount(Column column, int rows) {
        if (!column.mayHaveNulls()) {
            return rows;
        }
        long values = 0;
        for (int row = 0; row < rows; row++) {
            values += column.isNull(row) ? 0 : 1;
        }
        return values;
    }

    private ScanExtent blocks(RocksIterator blocks, int series) {
        long shard = request.shard().value();
        byte[] prefix = Keys.blockPrefix(shard, series);
        TimeRange range = request.range();
        // Blocks do not overlap: at most the one before the range's start reaches into it.
        blocks.seekForPrev(Keys.block(shard, series, range.minNanos(), Long.MAX_VALUE));
        if (!blocks.isValid() || !hasPrefix(blocks.key(), prefix)) {
            blocks.seek(prefix);
        }
        long count = 0;
        long bytes = 0;
        byte[] first = null;
        byte[] last = null;
        for (; blocks.isValid() && hasPrefix(blocks.key(), prefix); blocks.next()) {
            byte[] key = blocks.key();
            if (Keys.blockFirst(key) > range.maxNanos()) {
                break;
            }
            long wanted = Keys.blockLast(key) < range.minNanos() ? 0 : wantedBytes(Block.open(blocks.value()));
            if (wanted > 0) {
                count++;
                bytes += wanted;
                first = first == null ? key : first;
                last = key;
            }
        }
        return first == null
                ? ScanExtent.NOTHING
                : new ScanExtent(0, filesWith(first, Objects.requireNonNull(last)), count, bytes);
    }

    private static boolean hasPrefix(byte[] key, byte[] prefix) {
        return Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** What the wanted columns of a block take, with its times; 0 when it has none of them. */
    private long wantedBytes(Block block) {
        long bytes = 0;
        for (int id : fieldIds) {
            int column = block.findColumn(id);
            bytes += column < 0 ? 0 : block.columnBytes(column);
        }
        return bytes == 0 ? 0 : bytes + block.timesBytes();
    }

    private long filesWith(byte[] first, byte[] last) {
        return fileRanges.stream().filter(file -> file.overlaps(first, last)).count();
    }
}
