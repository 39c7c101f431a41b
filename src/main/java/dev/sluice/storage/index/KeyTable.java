package dev.sluice.storage.index;

import java.util.Arrays;

/**
 * Canonical series keys and their numbers: an open-addressing hash table that is asked with a slice of bytes. A key is
 * kept as the numbers of its parts: the measurement, and each tag with the comma before it. Not thread-safe; {@link
 * DatabaseIndex} guards it.
 */
final class KeyTable {

    private static final int EMPTY = -1;
    private static final int CHUNK_BITS = 14;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final PartTable parts;

    /** Number of parts and then the parts of each key; a key does not cross chunks. */
    private int[][] chunks = new int[4][];

    private int chunkCount;
    private int used = CHUNK;

    private int[] starts = new int[64];
    private int[] hashes = new int[64];
    private int[] slots = new int[128];
    private int size;
    private int[] scratch = new int[16];

    KeyTable(PartTable parts) {
        this.parts = parts;
        Arrays.fill(slots, EMPTY);
        Arrays.fill(starts, EMPTY);
    }

    /** Numbers given out so far. */
    int size() {
        return size;
    }

    /** Heap it takes with the parts of its keys. */
    long sizeInBytes() {
        long integers = starts.length + hashes.length + (long) slots.length;
        for (int i = 0; i < chunkCount; i++) {
            integers += chunks[i].length;
        }
        return integers * Integer.BYTES + parts.sizeInBytes();
    }

    /** The number of a key, or -1. */
    int find(byte[] bytes, int offset, int length) {
        int hash = Hashing.hash(bytes, offset, length);
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != EMPTY; slot = (slot + 1) & mask) {
            int series = slots[slot];
            if (hashes[series] == hash && isKey(series, bytes, offset, offset + length)) {
                return series;
            }
        }
        return -1;
    }

    private boolean isKey(int series, byte[] bytes, int offset, int limit) {
        int[] chunk = chunk(series);
        int from = offset(series);
        int at = offset;
        for (int i = from + 1; i <= from + chunk[from]; i++) {
            if (!parts.startsWith(chunk[i], bytes, at, limit)) {
                return false;
            }
            at += parts.length(chunk[i]);
        }
        return at == limit;
    }

    /** Makes room for the numbers below a count at once, as growing step by step costs more. */
    void reserve(int count) {
        if (count > starts.length) {
            growTo(count);
        }
        int capacity = slots.length;
        while (count > capacity / 2 && capacity < 1 << 30) {
            capacity *= 2;
        }
        if (capacity > slots.length) {
            rehash(capacity);
        }
    }

    /** Counts a number as given out that has no key. */
    void skip(int series) {
        if (series >= starts.length) {
            growTo(series + 1);
        }
        size = Math.max(size, series + 1);
    }

    private void growTo(int capacity) {
        int before = starts.length;
        starts = Arrays.copyOf(starts, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        Arrays.fill(starts, before, capacity, EMPTY);
    }

    /** Enters a key, which is the first bytes of an array, under a number that is not in use. */
    void put(int series, byte[] key, int length) {
        int count = split(key, length);
        if (series >= starts.length) {
            growTo(Math.max(starts.length + starts.length / 2, series + 1));
        }
        starts[series] = store(count);
        hashes[series] = Hashing.hash(key, 0, length);
        size = Math.max(size, series + 1);
        if (size * 2 > slots.length) {
            rehash(slots.length * 2);
        } else {
            insert(series);
        }
    }

    /** Interns the parts of a key; they stand in scratch, as many as are returned. */
    private int split(byte[] key, int length) {
        // Without escapes, every comma begins a tag.
        boolean isPlain = ByteSearch.indexOf((byte) '\\', key, 0, length) == length;
        int count = 0;
        for (int at = 0; at < length; ) {
            int end = isPlain
                    ? ByteSearch.indexOf((byte) ',', key, at == 0 ? 0 : at + 1, length)
                    : CanonicalKeys.partEnd(key, at, length);
            if (count == scratch.length) {
                scratch = Arrays.copyOf(scratch, count * 2);
            }
            scratch[count++] = parts.intern(key, at, end - at);
            at = end;
        }
        return count;
    }

    private int store(int count) {
        if (used + count + 1 > CHUNK) {
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunkCount * 2);
            }
            chunks[chunkCount++] = new int[Math.max(CHUNK, count + 1)];
            used = 0;
        }
        int[] chunk = chunks[chunkCount - 1];
        int start = (chunkCount - 1) << CHUNK_BITS | used;
        chunk[used] = count;
        System.arraycopy(scratch, 0, chunk, used + 1, count);
        used = Math.min(CHUNK, used + count + 1);
        return start;
    }

    boolean contains(int series) {
        return series >= 0 && series < size && starts[series] != EMPTY;
    }

    /** How many parts the key of a series has. */
    int partCount(int series) {
        return chunk(series)[offset(series)];
    }

    /** A part of a series' key: the measurement at 0, then the tags. */
    int part(int series, int index) {
        return chunk(series)[offset(series) + 1 + index];
    }

    /** Compares two keys as the bytes of their canonical forms compare. */
    int compare(int series, int other) {
        int[] one = chunk(series);
        int[] two = chunk(other);
        int from = offset(series);
        int otherFrom = offset(other);
        int common = Math.min(one[from], two[otherFrom]);
        for (int i = 1; i <= common; i++) {
            int part = one[from + i];
            int otherPart = two[otherFrom + i];
            if (part != otherPart) {
                return parts.compare(part, i == one[from], otherPart, i == two[otherFrom]);
            }
        }
        return Integer.compare(one[from], two[otherFrom]);
    }

    private int[] chunk(int series) {
        return chunks[starts[series] >>> CHUNK_BITS];
    }

    private int offset(int series) {
        return starts[series] & (CHUNK - 1);
    }

    private void rehash(int capacity) {
        slots = new int[capacity];
        Arrays.fill(slots, EMPTY);
        for (int series = 0; series < size; series++) {
            if (starts[series] != EMPTY) {
                insert(series);
            }
        }
    }

    private void insert(int series) {
        int mask = slots.length - 1;
        int slot = hashes[series] & mask;
        while (slots[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = series;
    }
}
