package dev.sluice.storage.index;

import java.util.Arrays;

/**
 * The parts that series keys are made of, measurements and tags, each distinct one once: their bytes in large arrays,
 * numbers instead of references, an open-addressing hash table to find them. Not thread-safe; {@link DatabaseIndex}
 * guards it.
 */
final class PartTable {

    private static final int CHUNK_BITS = 18;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int EMPTY = -1;

    private byte[][] chunks = new byte[4][];
    private int chunkCount;
    private int used = CHUNK;

    private int[] starts = new int[64];
    private int[] lengths = new int[64];
    private int[] hashes = new int[64];
    private int[] slots = new int[128];
    private int size;

    PartTable() {
        Arrays.fill(slots, EMPTY);
    }

    int size() {
        return size;
    }

    /** Heap it takes. */
    long sizeInBytes() {
        long bytes = (starts.length + lengths.length + hashes.length + slots.length) * (long) Integer.BYTES;
        for (int i = 0; i < chunkCount; i++) {
            bytes += chunks[i].length;
        }
        return bytes;
    }

    int length(int part) {
        return lengths[part];
    }

    /** The number of a part, or -1. */
    int find(byte[] bytes, int offset, int length) {
        return find(Hashing.hash(bytes, offset, length), bytes, offset, length);
    }

    private int find(int hash, byte[] bytes, int offset, int length) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != EMPTY; slot = (slot + 1) & mask) {
            int part = slots[slot];
            if (hashes[part] == hash && lengths[part] == length && startsWith(part, bytes, offset, offset + length)) {
                return part;
            }
        }
        return -1;
    }

    /** The number of a part, which is entered when it is new. */
    int intern(byte[] bytes, int offset, int length) {
        int hash = Hashing.hash(bytes, offset, length);
        int part = find(hash, bytes, offset, length);
        return part >= 0 ? part : add(hash, bytes, offset, length);
    }

    private int add(int hash, byte[] bytes, int offset, int length) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            lengths = Arrays.copyOf(lengths, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        if (used + length > CHUNK || chunkCount == 0) {
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunkCount * 2);
            }
            // What is longer than a chunk has one of its own.
            chunks[chunkCount++] = new byte[Math.max(CHUNK, length)];
            used = 0;
        }
        System.arraycopy(bytes, offset, chunks[chunkCount - 1], used, length);
        int part = size++;
        starts[part] = (chunkCount - 1) << CHUNK_BITS | used;
        lengths[part] = length;
        hashes[part] = hash;
        used = Math.min(CHUNK, used + length);
        if (size * 2 > slots.length) {
            rehash(slots.length * 2);
        } else {
            insert(part);
        }
        return part;
    }

    private void rehash(int capacity) {
        slots = new int[capacity];
        Arrays.fill(slots, EMPTY);
        for (int part = 0; part < size; part++) {
            insert(part);
        }
    }

    private void insert(int part) {
        int mask = slots.length - 1;
        int slot = hashes[part] & mask;
        while (slots[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = part;
    }

    /** Whether bytes, which end at {@code limit}, start with a part. */
    boolean startsWith(int part, byte[] bytes, int offset, int limit) {
        int length = lengths[part];
        int at = offset(part);
        return length <= limit - offset && Arrays.equals(chunk(part), at, at + length, bytes, offset, offset + length);
    }

    /** Whether a part starts with bytes. */
    boolean hasPrefix(int part, byte[] prefix) {
        int at = offset(part);
        return prefix.length <= lengths[part]
                && Arrays.equals(chunk(part), at, at + prefix.length, prefix, 0, prefix.length);
    }

    /**
     * Compares two different parts within their keys: where one is the beginning of the other, what follows it decides, which is
     * the comma of the next part or nothing.
     */
    int compare(int part, boolean isLast, int other, boolean isOtherLast) {
        byte[] bytes = chunk(part);
        byte[] otherBytes = chunk(other);
        int at = offset(part);
        int otherAt = offset(other);
        int length = lengths[part];
        int otherLength = lengths[other];
        int same = Arrays.mismatch(bytes, at, at + length, otherBytes, otherAt, otherAt + otherLength);
        int next = same < length ? bytes[at + same] & 0xff : isLast ? -1 : ',';
        int otherNext = same < otherLength ? otherBytes[otherAt + same] & 0xff : isOtherLast ? -1 : ',';
        return Integer.compare(next, otherNext);
    }

    byte[] bytes(int part) {
        int at = offset(part);
        return Arrays.copyOfRange(chunk(part), at, at + lengths[part]);
    }

    private byte[] chunk(int part) {
        return chunks[starts[part] >>> CHUNK_BITS];
    }

    private int offset(int part) {
        return starts[part] & (CHUNK - 1);
    }
}
