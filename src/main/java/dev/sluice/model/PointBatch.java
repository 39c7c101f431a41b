package dev.sluice.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parsed points on their way into a store, laid flat: primitive arrays over one byte arena, no object per point, tag or
 * field. A parser starts the arena with the bytes it parses and names slices of it; bytes that need unescaping or
 * re-ordering are appended behind. Not thread-safe; written by one thread, then read by one.
 *
 * <p>Points keep the order of the input, which decides who wins when two of them have the same series and time. What many
 * points have in common is kept once and has a number:
 *
 * <ul>
 *   <li>a <em>key</em>, the series in canonical form (see {@link SeriesKey#canonical()}),
 *   <li>a <em>layout</em>, the names and types of the fields, which are the layout's <em>columns</em>. A point's values
 *       stand in their order.
 * </ul>
 *
 * Equal keys or layouts may have several numbers.
 */
public final class PointBatch {

    /** The type code of a column that counts as not there. */
    public static final byte HIDDEN = 0;

    private byte[] arena;
    private int arenaSize;

    private int keyCount;
    private int[] keyOffsets = new int[16];
    private int[] keyLengths = new int[16];
    private @Nullable SeriesKey lastKey;

    private final FieldLayouts layouts = new FieldLayouts();

    private int pointCount;
    private int[] keys;
    private int[] pointLayouts;
    private long[] timestamps;
    private long[] shardIds;
    private int[] fieldEnds;

    private int fieldCount;
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
        this.keys = new int[points];
        this.pointLayouts = new int[points];
        this.timestamps = new long[points];
        this.shardIds = new long[points];
        this.fieldEnds = new int[points];
        this.fieldBits = new long[Math.max(16, size / 24)];
    }

    /** An empty batch with an arena of its own, for points that do not come from a text. */
    public PointBatch() {
        this(new byte[1024], 0);
    }

    /** Forgets all points and begins anew over other bytes, with the memory there is. */
    public void reset(byte[] newArena, int size) {
        arena = newArena;
        arenaSize = size;
        keyCount = 0;
        lastKey = null;
        layouts.clear();
        pointCount = 0;
        fieldCount = 0;
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

    /** Adds a series key, a slice of the arena, and returns its number. */
    public int addKey(int offset, int length) {
        if (keyCount == keyOffsets.length) {
            keyOffsets = Arrays.copyOf(keyOffsets, keyCount * 2);
            keyLengths = Arrays.copyOf(keyLengths, keyCount * 2);
        }
        keyOffsets[keyCount] = offset;
        keyLengths[keyCount] = length;
        return keyCount++;
    }

    /**
     * The column whose name and type the next field of the point being built has, if it has the same fields as others
     * before; -1 when nothing is expected.
     */
    public int expectedColumn() {
        return layouts.expectedColumn();
    }

    /** Adds a field to the point being built; its name is a slice of the arena. */
    public void addField(int nameOffset, int nameLength, FieldType type, long bits) {
        layouts.add(arena, nameOffset, nameLength, type.code());
        if (fieldCount == fieldBits.length) {
            fieldBits = Arrays.copyOf(fieldBits, fieldCount * 2);
        }
        fieldBits[fieldCount++] = bits;
    }

    /** Adds a string field whose value is a slice of the arena. */
    public void addStringField(int nameOffset, int nameLength, int valueOffset, int valueLength) {
        addField(nameOffset, nameLength, FieldType.STRING, stringBits(valueOffset, valueLength));
    }

    /** What stands for a string: where it is. */
    public static long stringBits(int offset, int length) {
        return ((long) offset << 32) | length;
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

    /** Completes the point being built with the fields added since the last one. */
    public void endPoint(int key, long timestampNanos) {
        if (pointCount == timestamps.length) {
            int capacity = pointCount * 2;
            keys = Arrays.copyOf(keys, capacity);
            pointLayouts = Arrays.copyOf(pointLayouts, capacity);
            timestamps = Arrays.copyOf(timestamps, capacity);
            shardIds = Arrays.copyOf(shardIds, capacity);
            fieldEnds = Arrays.copyOf(fieldEnds, capacity);
        }
        keys[pointCount] = key;
        pointLayouts[pointCount] = layouts.close(arena);
        timestamps[pointCount] = timestampNanos;
        shardIds[pointCount] = 0;
        fieldEnds[pointCount++] = fieldCount;
    }

    /** Completes the point being built; for callers outside the hot path. */
    public void endPoint(SeriesKey key, long timestampNanos) {
        if (keyCount == 0 || !key.equals(lastKey)) {
            byte[] bytes = key.canonical().getBytes(StandardCharsets.UTF_8);
            addKey(appendBytes(bytes, 0, bytes.length), bytes.length);
            lastKey = key;
        }
        endPoint(keyCount - 1, timestampNanos);
    }

    /** Forgets the fields added since the last completed point (a line that turned out to be malformed). */
    public void discardOpenPoint() {
        fieldCount = pointCount == 0 ? 0 : fieldEnds[pointCount - 1];
        layouts.discard();
    }

    /** Takes a column off the points of its layout: its values keep their place but count as not there. */
    public void hideColumn(int column) {
        layouts.hide(column);
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

    public int keyCount() {
        return keyCount;
    }

    public int keyOffset(int key) {
        return keyOffsets[key];
    }

    public int keyLength(int key) {
        return keyLengths[key];
    }

    public int layoutCount() {
        return layouts.count();
    }

    /** A layout's first column; its columns end before {@link #columnEnd}. */
    public int columnStart(int layout) {
        return layouts.columnStart(layout);
    }

    public int columnEnd(int layout) {
        return layouts.columnEnd(layout);
    }

    public int columnNameOffset(int column) {
        return layouts.nameOffset(column);
    }

    public int columnNameLength(int column) {
        return layouts.nameLength(column);
    }

    /** The column's type as {@link FieldType#code()}, or {@link #HIDDEN}. */
    public byte columnTypeCode(int column) {
        return layouts.type(column);
    }

    public int pointCount() {
        return pointCount;
    }

    /** Fields of all points together. */
    public int fieldCount() {
        return fieldCount;
    }

    /** The number of the point's series key. */
    public int key(int point) {
        return keys[point];
    }

    /** The number of the point's layout. */
    public int layout(int point) {
        return pointLayouts[point];
    }

    public long timestampNanos(int point) {
        return timestamps[point];
    }

    /** The shard's number, or zero when the point is not to be stored. */
    public long shardId(int point) {
        return shardIds[point];
    }

    /** Index of the point's first value; the others follow in the order of its layout's columns. */
    public int fieldStart(int point) {
        return point == 0 ? 0 : fieldEnds[point - 1];
    }

    /**
     * The value: a double's bits, an integer, 0 or 1 for a boolean, or for a string its offset in the upper and its
     * length in the lower 32 bits.
     */
    public long fieldBits(int field) {
        return fieldBits[field];
    }

    /** The array behind {@link #fieldBits(int)}: for kernels. */
    public long[] fieldBits() {
        return fieldBits;
    }

    /** Where a string's bytes begin that {@link #fieldBits} stand for. */
    public static int stringOffset(long bits) {
        return (int) (bits >>> 32);
    }

    /** How many bytes a string has that {@link #fieldBits} stand for. */
    public static int stringLength(long bits) {
        return (int) bits;
    }

    /** A slice of the arena as text. */
    public String text(int offset, int length) {
        return new String(arena, offset, length, StandardCharsets.UTF_8);
    }

    /** What the batch holds beside its arena. */
    public long retainedSizeInBytes() {
        return 8L * keyOffsets.length + 28L * timestamps.length + 8L * fieldBits.length;
    }

    private void ensureArena(int more) {
        if (arena.length - arenaSize < more) {
            arena = Arrays.copyOf(arena, Math.max(arena.length + (arena.length >> 1), arenaSize + more) + 64);
        }
    }
}
