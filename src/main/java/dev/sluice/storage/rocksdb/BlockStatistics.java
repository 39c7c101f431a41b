package dev.sluice.storage.rocksdb;

import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.BatchStatistics;
import dev.sluice.storage.codec.Block;
import java.util.Arrays;

/** What a block's directory says of the requested fields. */
final class BlockStatistics implements BatchStatistics {

    private final Block block;
    private final int[] columns;

    BlockStatistics(Block block, int[] fieldIds) {
        this.block = block;
        this.columns = Arrays.stream(fieldIds)
                .map(id -> id < 0 ? -1 : block.findColumn(id))
                .toArray();
    }

    @Override
    public int rowCount() {
        return block.rowCount();
    }

    @Override
    public TimeRange timeRange() {
        return block.timeRange();
    }

    @Override
    public int valueCount(int field) {
        return columns[field] < 0 ? 0 : block.valueCount(columns[field]);
    }

    @Override
    public long sumBits(int field) {
        return block.statistic(columns[field], 0);
    }

    @Override
    public boolean hasExtremes(int field) {
        return columns[field] >= 0 && block.type(columns[field]) != FieldType.STRING;
    }

    @Override
    public long minBits(int field) {
        return block.statistic(columns[field], 1);
    }

    @Override
    public long minTimeNanos(int field) {
        return block.statistic(columns[field], 2);
    }

    @Override
    public long maxBits(int field) {
        return block.statistic(columns[field], 3);
    }

    @Override
    public long maxTimeNanos(int field) {
        return block.statistic(columns[field], 4);
    }

    @Override
    public long firstBits(int field) {
        return block.statistic(columns[field], 5);
    }

    @Override
    public long firstTimeNanos(int field) {
        return block.statistic(columns[field], 6);
    }

    @Override
    public long lastBits(int field) {
        return block.statistic(columns[field], 7);
    }

    @Override
    public long lastTimeNanos(int field) {
        return block.statistic(columns[field], 8);
    }
}
