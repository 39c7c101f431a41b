package dev.sluice.storage.rocksdb;

import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.BatchStatistics;
import dev.sluice.storage.DecodedColumns;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.SeriesScan;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.codec.Block;
import dev.sluice.storage.codec.CorruptBlockException;
import dev.sluice.storage.codec.RowMerger;
import dev.sluice.storage.codec.Rows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads series from blocks and head. Blocks of a series do not overlap, so rows of the head are merged into the block
 * whose time they fall into, and stand alone elsewhere.
 */
final class RocksSeriesScan implements SeriesScan {

    private static final int DIRECTORY_BYTES = 2048;

    private final ScanRequest request;
    private final List<Head> heads;
    private final RocksIterator blocks;
    private final Runnable onClose;
    private final PrimitiveIterator.OfInt series;
    private final int[] fieldIds;
    private final ShardSchemas.@Nullable Fields schemaFields;

    private final DecodedColumns decoded;

    /** Of the block at which the iterator was last looked at. */
    private final byte[] key = new byte[Keys.BLOCK_LENGTH];

    private int current = -1;
    private @Nullable Rows headRows;
    private int headStart;
    private int headEnd;
    /** The block the iterator stands at, or only its directory. */
    private @Nullable Block block;

    private boolean directoryOnly;

    /** What comes next of a block into which rows of the head were merged. */
    private final Queue<ColumnBatch> pieces = new ArrayDeque<>();

    /** Rows of the current series that are still wanted. */
    private int rest;

    private boolean closed;

    /**
     * A scan.
     *
     * @param heads the oldest first
     * @param blocks an iterator over the blocks, made after the heads were taken; closed with the scan
     * @param onClose run once when the scan is closed
     */
    RocksSeriesScan(
            ScanRequest request,
            ShardSchemas.@Nullable Fields fields,
            List<Head> heads,
            RocksIterator blocks,
            Runnable onClose) {
        this.request = request;
        this.schemaFields = fields;
        this.heads = heads;
        this.blocks = blocks;
        this.onClose = onClose;
        this.series = request.series().iterator();
        this.fieldIds = request.fields().stream()
                .mapToInt(name -> {
                    ShardSchemas.Field field = fields == null ? null : fields.find(name);
                    return field == null ? -1 : field.id();
                })
                .toArray();
        this.decoded = new DecodedColumns(fieldIds.length);
    }

    @Override
    public boolean nextSeries() {
        if (!series.hasNext()) {
            return false;
        }
        current = series.nextInt();
        long shard = request.shard().value();
        List<Rows> runs = new ArrayList<>(heads.size());
        for (Head head : heads) {
            HeadSeries found = head.find(shard, current);
            Rows rows = found == null ? null : found.rows(request.range(), fieldIds);
            if (rows != null) {
                runs.add(rows);
            }
        }
        pieces.clear();
        rest = request.rowLimit() == 0 ? Integer.MAX_VALUE : request.rowLimit();
        headRows = runs.isEmpty() ? null : RowMerger.merge(runs);
        headStart = 0;
        headEnd = headRows == null ? 0 : headRows.rowCount();
        seekFirstBlock(shard);
        return true;
    }

    private void seekFirstBlock(long shard) {
        if (!request.ascending()) {
            blocks.seekForPrev(Keys.block(shard, current, request.range().maxNanos(), Long.MAX_VALUE));
        } else if (!standsAtOrBehindFirstBlock(shard)) {
            // Blocks do not overlap: at most the one before the range's start reaches into it.
            blocks.seekForPrev(Keys.block(shard, current, request.range().minNanos(), Long.MAX_VALUE));
            checkFiles();
            if (!readKey() || !isCurrent()) {
                blocks.seek(Keys.blockPrefix(shard, current));
            }
        }
        loadBlock();
    }

    /**
     * Whether the blocks of the series before have led to where those of the current one begin or would be: series and keys
     * ascend alike, and looking for a place takes as long as reading a block's directory.
     */
    private boolean standsAtOrBehindFirstBlock(long shard) {
        if (!readKey() || Keys.blockShard(key) != shard) {
            return false;
        }
        int order = Integer.compareUnsigned(Keys.blockSeries(key), current);
        return order > 0
                || (order == 0 && Keys.blockLast(key) >= request.range().minNanos());
    }

    /** Takes the key of the block at which the iterator stands; false when it stands at none. */
    private boolean readKey() {
        return blocks.isValid() && blocks.key(key) == key.length;
    }

    private boolean isCurrent() {
        return Keys.blockSeries(key) == current
                && Keys.blockShard(key) == request.shard().value();
    }

    /** Opens the block the iterator stands at, or a later one, when it is of this series and within the range. */
    private void loadBlock() {
        block = null;
        while (readKey()) {
            if (!isCurrent()) {
                return;
            }
            TimeRange times = new TimeRange(Keys.blockFirst(key), Keys.blockLast(key));
            if (times.overlaps(request.range())) {
                openBlock();
                return;
            }
            if (request.ascending()
                    ? times.minNanos() > request.range().maxNanos()
                    : times.maxNanos() < request.range().minNanos()) {
                return;
            }
            advance();
        }
        checkFiles();
    }

    private Block readBlock() {
        try {
            return Block.open(blocks.value(), this::noteDecoded);
        } catch (CorruptBlockException damaged) {
            throw new StorageException(
                    "the block of series " + current + " in shard "
                            + request.shard().value() + " from " + Keys.blockFirst(key) + " to " + Keys.blockLast(key)
                            + " is damaged: " + damaged.getMessage(),
                    damaged);
        }
    }

    /** An iterator that has met a damaged file looks like one at its end. */
    private void checkFiles() {
        try {
            blocks.status();
        } catch (RocksDBException damaged) {
            throw new StorageException("reading points failed: " + damaged.getMessage(), damaged);
        }
    }

    /** Reads no more of a block than its directory, which often says all: columns may take tens of kilobytes. */
    private void openBlock() {
        byte[] beginning = new byte[DIRECTORY_BYTES];
        int length = blocks.value(beginning);
        Block directory = length <= DIRECTORY_BYTES ? null : Block.openDirectory(beginning);
        directoryOnly = directory != null;
        block = directory != null ? directory : readBlock();
    }

    /** The block the iterator stands at, for decoding. */
    private Block wholeBlock() {
        if (directoryOnly) {
            block = readBlock();
            directoryOnly = false;
        }
        return Objects.requireNonNull(block);
    }

    private void advance() {
        if (request.ascending()) {
            blocks.next();
        } else {
            blocks.prev();
        }
    }

    @Override
    public int series() {
        return current;
    }

    @Override
    public @Nullable BatchStatistics peekStatistics() {
        return block != null
                        && pieces.isEmpty()
                        && request.rowLimit() == 0
                        && headRowsBefore(block.timeRange()) == 0
                        && request.range().contains(block.timeRange())
                        && everyRowHasAValue(block)
                ? new BlockStatistics(block, fieldIds)
                : null;
    }

    /** Whether no row of a block is left out for want of a requested field, as far as its directory tells. */
    private boolean everyRowHasAValue(Block candidate) {
        for (int id : fieldIds) {
            int column = id < 0 ? -1 : candidate.findColumn(id);
            if (column >= 0 && candidate.valueCount(column) == candidate.rowCount()) {
                return true;
            }
        }
        return fieldIds.length == 0;
    }

    @Override
    public void skipBatch() {
        advance();
        loadBlock();
    }

    @Override
    public @Nullable ColumnBatch nextBatch() {
        while (true) {
            if (rest == 0 || (pieces.isEmpty() && block == null && headStart == headEnd)) {
                return null;
            }
            ColumnBatch batch = withoutEmptyRows(nextRun());
            if (batch.rowCount() > 0) {
                batch = limited(batch);
                rest -= batch.rowCount();
                return request.ascending() ? batch : reversed(batch);
            }
        }
    }

    /** As many of a batch's rows, which ascend, as are still wanted. */
    private ColumnBatch limited(ColumnBatch batch) {
        int rows = batch.rowCount();
        return rows <= rest ? batch : batch.region(request.ascending() ? 0 : rows - rest, rest);
    }

    private ColumnBatch nextRun() {
        ColumnBatch next = pieces.poll();
        if (next != null) {
            return next;
        }
        if (block == null) {
            return project(takeHead(headEnd - headStart));
        }
        int outside = headRowsOutside(block.timeRange());
        if (outside > 0) {
            return project(takeHead(outside));
        }
        int fromHead = headRowsBefore(block.timeRange());
        if (fromHead > 0) {
            merge(wholeBlock(), takeHead(fromHead));
            skipBatch();
            return Objects.requireNonNull(pieces.poll());
        }
        ColumnBatch edge = rest == 1 ? EdgeRow.of(block, fieldIds, request, id -> nulls(id, 1)) : null;
        if (edge != null) {
            // The last that is wanted of this series: there is no use in going on to a block before it.
            return edge;
        }
        ColumnBatch batch = project(wholeBlock());
        skipBatch();
        return trimmed(batch);
    }

    /** Merges rows of the head into a block: those of the block before and behind them stay as they are. */
    private void merge(Block target, Rows head) {
        Rows rows = BlockRows.some(target, fieldIds);
        LongColumn times = rows.times();
        int first = Columns.firstAtLeast(times, 0, rows.rowCount(), head.times().get(0));
        int end =
                Columns.firstGreater(times, first, rows.rowCount(), head.times().get(head.rowCount() - 1));
        List<Rows> parts = List.of(
                rows.region(0, first),
                first == end ? head : RowMerger.merge(List.of(rows.region(first, end - first), head)),
                rows.region(end, rows.rowCount() - end));
        for (int i = 0; i < parts.size(); i++) {
            Rows part = parts.get(request.ascending() ? i : parts.size() - 1 - i);
            if (part.rowCount() > 0) {
                pieces.add(trimmed(project(part)));
            }
        }
    }

    /** The next rows of the head, in the direction of the scan. */
    private Rows takeHead(int count) {
        Rows head = Objects.requireNonNull(headRows).region(request.ascending() ? headStart : headEnd - count, count);
        headStart += request.ascending() ? count : 0;
        headEnd -= request.ascending() ? 0 : count;
        return head;
    }

    /** How many rows of the head come before a block begins, in the direction of the scan. */
    private int headRowsOutside(TimeRange times) {
        if (headRows == null) {
            return 0;
        }
        return request.ascending()
                ? Columns.firstAtLeast(headRows.times(), headStart, headEnd, times.minNanos()) - headStart
                : headEnd - Columns.firstGreater(headRows.times(), headStart, headEnd, times.maxNanos());
    }

    /** How many rows of the head come before the end of a block, in the direction of the scan. */
    private int headRowsBefore(TimeRange times) {
        if (headRows == null) {
            return 0;
        }
        return request.ascending()
                ? Columns.firstGreater(headRows.times(), headStart, headEnd, times.maxNanos()) - headStart
                : headEnd - Columns.firstAtLeast(headRows.times(), headStart, headEnd, times.minNanos());
    }

    private ColumnBatch project(Rows rows) {
        List<Column> columns = new ArrayList<>(fieldIds.length + 1);
        columns.add(rows.times());
        for (int id : fieldIds) {
            int index = Arrays.binarySearch(rows.fields(), id);
            columns.add(index < 0 ? nulls(id, rows.rowCount()) : rows.columns().get(index));
        }
        return new ColumnBatch(rows.rowCount(), columns);
    }

    private ColumnBatch project(Block source) {
        List<Column> columns = new ArrayList<>(fieldIds.length + 1);
        columns.add(source.decodeTimes());
        for (int id : fieldIds) {
            int index = id < 0 ? -1 : source.findColumn(id);
            columns.add(index < 0 ? nulls(id, source.rowCount()) : source.decode(index));
        }
        return new ColumnBatch(source.rowCount(), columns);
    }

    private Column nulls(int field, int rows) {
        FieldType type = FieldType.FLOAT;
        if (field >= 0 && schemaFields != null) {
            type = schemaFields.get(field).type();
        }
        return Columns.nulls(type, rows);
    }

    private ColumnBatch trimmed(ColumnBatch batch) {
        LongColumn times = (LongColumn) batch.column(0);
        int from =
                Columns.firstAtLeast(times, 0, batch.rowCount(), request.range().minNanos());
        int to = Columns.firstGreater(
                times, from, batch.rowCount(), request.range().maxNanos());
        return batch.region(from, to - from);
    }

    private ColumnBatch withoutEmptyRows(ColumnBatch batch) {
        if (fieldIds.length == 0) {
            return batch;
        }
        for (int i = 1; i <= fieldIds.length; i++) {
            if (!batch.column(i).mayHaveNulls()) {
                return batch;
            }
        }
        int[] kept = new int[batch.rowCount()];
        int size = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            for (int i = 1; i <= fieldIds.length; i++) {
                if (!batch.column(i).isNull(row)) {
                    kept[size++] = row;
                    break;
                }
            }
        }
        return size == batch.rowCount() ? batch : batch.copyRows(kept, size);
    }

    private static ColumnBatch reversed(ColumnBatch batch) {
        int[] order = new int[batch.rowCount()];
        Arrays.setAll(order, row -> order.length - 1 - row);
        return batch.copyRows(order, order.length);
    }

    private void noteDecoded(int field, int sizeInBytes) {
        for (int i = 0; i < fieldIds.length; i++) {
            if (fieldIds[i] == field) {
                decoded.add(i, sizeInBytes);
                return;
            }
        }
    }

    @Override
    public DecodedColumns decoded() {
        return decoded;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            blocks.close();
            onClose.run();
        }
    }
}
