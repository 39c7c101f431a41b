package dev.sluice.storage.rocksdb;

import dev.sluice.column.Column;
import dev.sluice.model.FieldType;
import dev.sluice.storage.codec.Block;
import dev.sluice.storage.codec.Rows;
import java.util.ArrayList;
import java.util.List;

/** All rows of a block, for merging and rewriting. */
final class BlockRows {

    private BlockRows() {}

    static Rows all(Block block) {
        int[] fields = new int[block.columnCount()];
        List<FieldType> types = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            fields[i] = block.field(i);
            types.add(block.type(i));
            columns.add(block.decode(i));
        }
        return new Rows(block.decodeTimes(), fields, types, columns);
    }
}
