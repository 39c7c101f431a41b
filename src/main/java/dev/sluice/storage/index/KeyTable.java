package dev.sluice.storage.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Canonical series keys and their numbers: an open-addressing hash table that is asked with a slice of bytes. Not
 * thread-safe; {@link DatabaseIndex} guards it.
 */
final class KeyTable {

    private static final int EMPTY = -1;

    private byte[][] keys = new byte[64][];
    private int[] slots = new int[128];
    private int size;

    KeyTable() {
        Arrays.fill(slots, EMPTY);
    }

    /** Numbers given out so far, removed ones included. */
    int size() {
        return size;
    }

    /** The number of a key, or -1. */
    int find(byte[] bytes, int offset, int length) {
        int mask = slots.length - 1;
        for (int slot = hash(bytes, offset, length) & mask; slots[slot] != EMPTY; slot = (slot + 1) & mask) {
            byte[] key = keys[slots[slot]];
            if (key != null && Arrays.equals(key, 0, key.length, bytes, offset, offset + length)) {
                return slots[slot];
            }
        }
        return -1;
    }

    /** Enters a key under a number that is not in use. */
    void put(int series, byte[] key) {
        if (series >= keys.length) {
            keys = Arrays.copyOf(keys, Math.max(keys.length * 2, series + 1));
        }
        keys[series] = key;
        size = Math.max(size, series + 1);
        if (size * 2 > slots.length) {
            rehash(slots.length * 2);
        } else {
            insert(series, key);
        }
    }

    /** Forgets a key; its number stays taken. */
    void remove(int series) {
        keys[series] = null;
        // Its slot stays occupied, so that keys behind it in the same run are still found.
    }

    byte @Nullable [] key(int series) {
        return series >= 0 && series < keys.length ? keys[series] : null;
    }

    private void rehash(int capacity) {
        slots = new int[capacity];
        Arrays.fill(slots, EMPTY);
        for (int series = 0; series < size; series++) {
            if (keys[series] != null) {
                insert(series, keys[series]);
            }
        }
    }

    private void insert(int series, byte[] key) {
        int mask = slots.length - 1;
        int slot = hash(key, 0, key.length) & mask;
        while (slots[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = series;
    }

    private static int hash(byte[] bytes, int offset, int length) {
        int hash = 0x811C9DC5;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ bytes[i]) * 0x01000193;
        }
        return hash ^ (hash >>> 15);
    }
}
