package dev.sluice.storage.rocksdb;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import java.util.Arrays;

/**
 * The fields that a row has, in its order: their numbers in measurement and shard, and their types. Equal layouts of one
 * measurement in one shard are mostly the same object, see {@link ShardSchemas.Fields#layout}. Immutable.
 */
final class FieldLayout {

    private final int[] ids;
    private final byte[] types;
    private final boolean strings;

    /** A layout over arrays that the caller gives up. */
    FieldLayout(int[] ids, byte[] types) {
        this.ids = ids;
        this.types = types;
        boolean found = false;
        for (byte type : types) {
            found |= type == FieldType.STRING.code();
        }
        this.strings = found;
    }

    int size() {
        return ids.length;
    }

    int id(int column) {
        return ids[column];
    }

    byte typeCode(int column) {
        return types[column];
    }

    boolean isString(int column) {
        return types[column] == FieldType.STRING.code();
    }

    boolean hasStrings() {
        return strings;
    }

    /** What a row takes in memory, given where its values stand. */
    long rowSizeInBytes(long[] values, int from) {
        long size = 8L + 8L * ids.length;
        for (int column = 0; strings && column < ids.length; column++) {
            size += isString(column) ? 16L + PointBatch.stringLength(values[from + column]) : 0;
        }
        return size;
    }

    boolean isSameAs(FieldLayout other) {
        return Arrays.equals(ids, other.ids) && Arrays.equals(types, other.types);
    }
}
