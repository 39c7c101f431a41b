package dev.sluice.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Parsed points on their way into a store, laid flat: primitive arrays over one byte arena, no object per point, tag or
 * field. A parser starts the arena with the bytes it parses and names slices of it; bytes that need unescaping or
 * re-ordering are appended behind. Not thread-safe; written by one thread, then read by one.
 *
 * <p>Points keep the order of the input, which decides who wins when two of them have the same series and time. Every
 * point has a series key in canonical form (see {@link SeriesKey#canonical()}) and at least one field.
 */
public final class PointBatch {

    /** The type code of a field that counts as not there. */
    public static final byte HIDDEN = 0;

    private byte[] arena;
    private int arenaSize;

    private int pointCount;
    private int[] keyOffsets;
    private int[] keyLengths;
    private long[] timestamps;
    private long[] shardIds;
    private int[] fieldEnds;

    private int fieldCount;
    private int[] nameOffsets;
    private int[] nameLengths;
    private byte[] fieldTypes;
    private long[] fieldBits;

    /**
     * A batch over the given bytes, which it may overwrite behind {@code size} and does not copy.
     *
     * @param arena bytes that slices may name
     * @param size how many of them are in use
     */
    public PointBatch(byte[] arena, int size) {
        this.arena = arena;
        this.arenaSize = size;
        int points = Math.max(16, size / 96);
        this.keyOffsets = new int[points];
        this.keyLengths = new int[points];
        this.timestamps = new long[points];
        this.shardIds = new long[points];
        this.fieldEnds = new int[points];
        int fields = Math.max(16, size / 24);
        this.nameOffsets = new int[fields];
        this.nameLengths = new int[fields];
        this.fieldTypes = new byte[fields];
        this.fieldBits = new long[fields];
    }

    /** An empty batch with an arena of its own, for points that do not come from a text. */
    public PointBatch() {
        this(new byte[1024], 0);
    }

    // ------------------------------------------------------------------ writing

    /** Appends bytes to the arena and returns their offset. */
    public int appendBytes(byte[] source, int offset, int length) {
        ensureArena(length);
        System.arraycopy(source, offset, arena, arenaSize, length);
        int start = arenaSize;
        arenaSize += length;
        return start;
    }

    /** Appends one byte to the arena and returns its offset. */
    public int appendByte(byte value) {
        ensureArena(1);
        arena[arenaSize] = value;
        return arenaSize++;
    }

    /** The offset at which the next appended byte will stand. */
    public int arenaSize() {
        return arenaSize;
    }

    /** Adds a field to the point being built; its name is a slice of the arena. */
    public void addField(int nameOffset, int nameLength, FieldType type, long bits) {
        if (fieldCount == fieldBits.length) {
            int capacity = fieldCount * 2;
            nameOffsets = Arrays.copyOf(nameOffsets, capacity);
            nameLengths = Arrays.copyOf(nameLengths, capacity);
            fieldTypes = Arrays.copyOf(fieldTypes, capacity);
            fieldBits = Arrays.copyOf(fieldBits, capacity);
        }
        nameOffsets[fieldCount] = nameOffset;
        nameLengths[fieldCount] = nameLength;
        fieldTypes[fieldCount] = type.code();
        fieldBits[fieldCount++] = bits;
    }

    /** Adds a string field whose value is a slice of the arena. */
    public void addStringField(int nameOffset, int nameLength, int valueOffset, int valueLength) {
        addField(nameOffset, nameLength, FieldType.STRING, ((long) valueOffset << 32) | valueLength);
    }

    /** Adds a field by name; for callers outside the hot path. A string's value goes through {@link #addStringField}. */
    public void addField(String name, FieldType type, long bits) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        addField(appendBytes(bytes, 0, bytes.length), bytes.length, type, bits);
    }

    /** Adds a string field by name; for callers outside the hot path. */
    public void addStringField(String name, byte[] value) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int nameOffset = appendBytes(bytes, 0, bytes.length);
        addStringField(nameOffset, bytes.length, appendBytes(value, 0, value.length), value.length);
    }

    /** Completes the point being built with the fields added since the last one; the key is a slice of the arena. */
    public void endPoint(int keyOffset, int keyLength, long timestampNanos) {
        if (pointCount == timestamps.length) {
            int capacity = pointCount * 2;
            keyOffsets = Arrays.copyOf(keyOffsets, capacity);
            keyLengths = Arrays.copyOf(keyLengths, capacity);
            timestamps = Arrays.copyOf(timestamps, capacity);
            shardIds = Arrays.copyOf(shardIds, capacity);
            fieldEnds = Arrays.copyOf(fieldEnds, capacity);
        }
        keyOffsets[pointCount] = keyOffset;
        keyLengths[pointCount] = keyLength;
        timestamps[pointCount] = timestampNanos;
        fieldEnds[pointCount++] = fieldCount;
    }

    /** Completes the point being built; for callers outside the hot path. */
    public void endPoint(SeriesKey key, long timestampNanos) {
        byte[] bytes = key.canonical().getBytes(StandardCharsets.UTF_8);
        endPoint(appendBytes(bytes, 0, bytes.length), bytes.length, timestampNanos);
    }

    /** Forgets the fields added since the last completed point (a line that turned out to be malformed). */
    public void discardOpenPoint() {
        fieldCount = pointCount == 0 ? 0 : fieldEnds[pointCount - 1];
    }

    /**
     * Takes fields off a completed point: they keep their place but count as not there.
     *
     * @param hidden asked for each field index of the point
     */
    public void hideFields(int point, IntPredicate hidden) {
        for (int field = fieldStart(point); field < fieldEnd(point); field++) {
            if (hidden.test(field)) {
                fieldTypes[field] = HIDDEN;
            }
        }
    }

    /** Names the shard a point goes to, as {@link ShardId#value()}; zero, the initial state, means "not to be stored". */
    public void assignShard(int point, long shardId) {
        shardIds[point] = shardId;
    }

    // ------------------------------------------------------------------ reading

    /** The bytes all offsets refer to. Valid until the next append. */
    public byte[] arena() {
        return arena;
    }

    public int pointCount() {
        return pointCount;
    }

    /** Fields of all points together. */
    public int fieldCount() {
        return fieldCount;
    }

    public int keyOffset(int point) {
        return keyOffsets[point];
    }

    public int keyLength(int point) {
        return keyLengths[point];
    }

    public long timestampNanos(int point) {
        return timestamps[point];
    }

    /** The shard's number, or zero when the point is not to be stored. */
    public long shardId(int point) {
        return shardIds[point];
    }

    /** Index of the point's first field; its fields end before {@link #fieldEnd}. */
    public int fieldStart(int point) {
        return point == 0 ? 0 : fieldEnds[point - 1];
    }

    public int fieldEnd(int point) {
        return fieldEnds[point];
    }

    public int fieldNameOffset(int field) {
        return nameOffsets[field];
    }

    public int fieldNameLength(int field) {
        return nameLengths[field];
    }

    /** The field's type as {@link FieldType#code()}, or {@link #HIDDEN}. */
    public byte fieldTypeCode(int field) {
        return fieldTypes[field];
    }

    /**
     * The value: a double's bits, an integer, 0 or 1 for a boolean, or for a string its offset in the upper and its
     * length in the lower 32 bits.
     */
    public long fieldBits(int field) {
        return fieldBits[field];
    }

    public int stringOffset(int field) {
        return (int) (fieldBits[field] >>> 32);
    }

    public int stringLength(int field) {
        return (int) fieldBits[field];
    }

    /** A slice of the arena as text. */
    public String text(int offset, int length) {
        return new String(arena, offset, length, StandardCharsets.UTF_8);
    }

    private void ensureArena(int more) {
        if (arena.length - arenaSize < more) {
            arena = Arrays.copyOf(arena, Math.max(arena.length + (arena.length >> 1), arenaSize + more) + 64);
        }
    }
}
