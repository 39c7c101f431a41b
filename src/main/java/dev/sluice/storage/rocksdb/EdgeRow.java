package dev.sluice.storage.rocksdb;

import dev.sluice.column.BooleanColumn;
import dev.sluice.column.Column;
import dev.sluice.column.ColumnBatch;
import dev.sluice.column.DoubleColumn;
import dev.sluice.column.LongColumn;
import dev.sluice.model.FieldType;
import dev.sluice.storage.ScanRequest;
import dev.sluice.storage.codec.Block;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The first or last row of a block with a value of a wanted field, made of what the block's directory says. */
final class EdgeRow {

    private EdgeRow() {}

    /**
     * The row that comes first in the direction of a request.
     *
     * @param fieldIds of the request's fields, -1 for unknown ones
     * @param absent makes the column of a field, given by its id, that the block does not have
     * @return null when the directory does not tell, or it lies outside the range
     */
    static @Nullable ColumnBatch of(Block block, int[] fieldIds, ScanRequest request, IntFunction<Column> absent) {
        int[] columns = new int[fieldIds.length];
        long edge = 0;
        boolean found = false;
        for (int i = 0; i < columns.length; i++) {
            columns[i] = fieldIds[i] < 0 ? -1 : block.findColumn(fieldIds[i]);
            if (columns[i] < 0) {
                continue;
            }
            if (block.type(columns[i]) == FieldType.STRING) {
                return null;
            }
            if (block.valueCount(columns[i]) > 0) {
                long time = time(block, columns[i], request.ascending());
                edge = !found ? time : request.ascending() ? Math.min(edge, time) : Math.max(edge, time);
                found = true;
            }
        }
        if (!found || !request.range().contains(edge)) {
            return null;
        }
        Column[] row = new Column[columns.length + 1];
        row[0] = LongColumn.wrapWithoutCopy(new long[] {edge}, 1);
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] < 0) {
                row[i + 1] = absent.apply(fieldIds[i]);
                continue;
            }
            boolean present = block.valueCount(columns[i]) > 0 && time(block, columns[i], request.ascending()) == edge;
            row[i + 1] = present
                    ? value(block.type(columns[i]), block.statistic(columns[i], request.ascending() ? 5 : 7))
                    : Columns.nulls(block.type(columns[i]), 1);
        }
        return new ColumnBatch(1, List.of(row));
    }

    private static long time(Block block, int column, boolean first) {
        return block.statistic(column, first ? 6 : 8);
    }

    private static Column value(FieldType type, long bits) {
        return switch (type) {
            case FLOAT -> DoubleColumn.wrapWithoutCopy(new double[] {Double.longBitsToDouble(bits)}, 1);
            case BOOLEAN -> BooleanColumn.wrapWithoutCopy(new boolean[] {bits != 0}, 1);
            default -> LongColumn.wrapWithoutCopy(new long[] {bits}, 1);
        };
    }
}
