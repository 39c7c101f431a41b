package dev.sluice.storage.rocksdb;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.storage.StorageException;
import dev.sluice.storage.codec.ByteReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An appended batch as the log keeps it until a flush has put its points into blocks.
 *
 * <pre>
 * entry  := format:u8 = 2 database:i64 point*
 * point  := (layout * 2 + isOtherShard):varint [shard:varint] [layout-definition]
 *           series:varint (time - time of the last point):zigzag value*
 * layout-definition := fields:varint (id * 8 + type):varint*     when the layout's number is that of how many were defined
 * value  := integer:zigzag | unsigned:varint | bits of a float:i64 | boolean:varint | length:varint bytes
 * </pre>
 *
 * A layout says which fields a point has; its number counts from zero in each entry. The first point's shard is always
 * another one. Types are {@link FieldType#code()}.
 */
final class LogEntry {

    /** 2: points name a layout instead of each field, and integers take as many bytes as they need. */
    static final int FORMAT = 2;

    private static final int HEADER_LENGTH = 9;
    private static final int MAX_VARINT = 10;

    private byte[] bytes;
    private int size;
    private int layoutCount;
    private long lastShard;
    private long lastTime;

    /**
     * An entry to be written.
     *
     * @param capacity how many bytes it is expected to take
     */
    LogEntry(long database, int capacity) {
        this.bytes = new byte[HEADER_LENGTH + capacity];
        bytes[size++] = FORMAT;
        putLong(database);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** The number of the next layout that is added. */
    int nextLayout() {
        return layoutCount;
    }

    /**
     * Adds a point.
     *
     * @param layoutNumber that of the layout in this entry, {@link #nextLayout()} when it has none yet
     * @param values where its values stand
     * @param from the first of them
     * @param arena where the bytes of strings stand
     */
    void add(
            long shard,
            int series,
            long timestampNanos,
            FieldLayout layout,
            int layoutNumber,
            long[] values,
            int from,
            byte[] arena) {
        ensure((5 + 2 * layout.size()) * MAX_VARINT + textLength(layout, values, from));
        boolean otherShard = shard != lastShard;
        putVarint(layoutNumber * 2L + (otherShard ? 1 : 0));
        if (otherShard) {
            putVarint(shard);
            lastShard = shard;
        }
        if (layoutNumber == layoutCount) {
            define(layout);
        }
        putVarint(series);
        putZigzag(timestampNanos - lastTime);
        lastTime = timestampNanos;
        for (int column = 0; column < layout.size(); column++) {
            putValue(FieldType.ofCode(layout.typeCode(column)), values[from + column], arena);
        }
    }

    private static int textLength(FieldLayout layout, long[] values, int from) {
        int length = 0;
        for (int column = 0; layout.hasStrings() && column < layout.size(); column++) {
            length += layout.isString(column) ? PointBatch.stringLength(values[from + column]) : 0;
        }
        return length;
    }

    private void define(FieldLayout layout) {
        layoutCount++;
        putVarint(layout.size());
        for (int column = 0; column < layout.size(); column++) {
            putVarint(layout.id(column) * 8L + layout.typeCode(column));
        }
    }

    private void putValue(FieldType type, long bits, byte[] arena) {
        switch (type) {
            case INTEGER -> putZigzag(bits);
            case FLOAT -> putLong(bits);
            case UNSIGNED, BOOLEAN -> putVarint(bits);
            case STRING -> {
                int length = PointBatch.stringLength(bits);
                putVarint(length);
                System.arraycopy(arena, PointBatch.stringOffset(bits), bytes, size, length);
                size += length;
            }
        }
    }

    private void putVarint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void putZigzag(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }

    private void putLong(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    // ------------------------------------------------------------------ reading

    /** Takes the points of an entry. */
    interface Visitor {

        /** Comes first. */
        void database(long database);

        /**
         * A point.
         *
         * @param values as {@link PointBatch#fieldBits()} has them, in the order of the layout; valid during the call
         * @param arena where the bytes of strings stand
         */
        void point(long shard, int series, long timestampNanos, FieldLayout layout, long[] values, byte[] arena);
    }

    /**
     * Reads an entry.
     *
     * @throws StorageException when it was written by another version
     */
    static void read(byte[] entry, Visitor visitor) {
        ByteReader in = new ByteReader(entry, 0);
        int format = in.readByte();
        if (format != FORMAT) {
            throw new StorageException("log format " + format + " is not known, only " + FORMAT);
        }
        visitor.database(in.readLong());
        List<FieldLayout> layouts = new ArrayList<>();
        long shard = 0;
        long time = 0;
        while (in.hasMore()) {
            long head = in.readVarint();
            if ((head & 1) != 0) {
                shard = in.readVarint();
            }
            if (head >>> 1 == layouts.size()) {
                layouts.add(readLayout(in));
            }
            FieldLayout layout = layouts.get((int) (head >>> 1));
            int series = (int) in.readVarint();
            time += in.readZigzag();
            long[] values = new long[layout.size()];
            for (int column = 0; column < values.length; column++) {
                values[column] = readValue(in, FieldType.ofCode(layout.typeCode(column)));
            }
            visitor.point(shard, series, time, layout, values, entry);
        }
    }

    private static FieldLayout readLayout(ByteReader in) {
        int size = (int) in.readVarint();
        int[] ids = new int[size];
        byte[] types = new byte[size];
        for (int column = 0; column < size; column++) {
            long field = in.readVarint();
            ids[column] = (int) (field >>> 3);
            types[column] = (byte) (field & 7);
        }
        return new FieldLayout(ids, types);
    }

    private static long readValue(ByteReader in, FieldType type) {
        return switch (type) {
            case INTEGER -> in.readZigzag();
            case FLOAT -> in.readLong();
            case UNSIGNED, BOOLEAN -> in.readVarint();
            case STRING -> {
                int length = (int) in.readVarint();
                int offset = in.position();
                in.skip(length);
                yield PointBatch.stringBits(offset, length);
            }
        };
    }
}
