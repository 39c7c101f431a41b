package dev.sluice.storage.rocksdb;

import dev.sluice.column.Column;
import dev.sluice.model.FieldType;
import dev.sluice.storage.codec.Block;
import dev.sluice.storage.codec.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The rows of a block, for merging and rewriting. */
final class BlockRows {

    private BlockRows() {}

    static Rows all(Block block) {
        return rows(block, field -> true);
    }

    /** The rows with some fields only. */
    static Rows some(Block block, int[] wanted) {
        return rows(block, field -> IntStream.of(wanted).anyMatch(id -> id == field));
    }

    private static Rows rows(Block block, IntPredicate wanted) {
        int[] fields = new int[block.columnCount()];
        List<FieldType> types = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            if (wanted.test(block.field(i))) {
                fields[columns.size()] = block.field(i);
                types.add(block.type(i));
                columns.add(block.decode(i));
            }
        }
        return new Rows(block.decodeTimes(), Arrays.copyOf(fields, columns.size()), types, columns);
    }
}
