package dev.sluice.lineprotocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The series keys that a body has shown so far, by their bytes as they stand in it, tags in any order. A body names few
 * series many times, and one that is known need not be taken apart again. Keys with a backslash are not kept, as where
 * they end is not seen at once. Not thread-safe.
 */
final class KnownKeys {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BLANKS = ONES * ' ';
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long BACKSLASHES = ONES * '\\';

    /** Drawn for each process, so that nobody can make keys that meet in one place. */
    private static final long SEED = new SecureRandom().nextLong();

    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    /** How many places are tried for a key; one that finds none is not kept. */
    private static final int MAX_PROBES = 16;

    private static final int INITIAL_SLOTS = 512;

    private final byte[] body;
    private final int length;

    private int[] slots = new int[INITIAL_SLOTS];
    private int count;
    private int[] starts = new int[INITIAL_SLOTS / 2];
    private int[] lengths = new int[INITIAL_SLOTS / 2];
    private int[] hashes = new int[INITIAL_SLOTS / 2];
    private int[] numbers = new int[INITIAL_SLOTS / 2];

    private int end;
    private int hash;

    KnownKeys(byte[] body, int length) {
        this.body = body;
        this.length = length;
    }

    /** The number that {@link #add} was given for the key that begins at the offset, or -1. */
    int find(int start) {
        scan(start);
        if (end < 0) {
            return -1;
        }
        int mask = slots.length - 1;
        for (int i = 0; i < MAX_PROBES; i++) {
            int entry = slots[(hash + i) & mask] - 1;
            if (entry < 0) {
                return -1;
            }
            if (hashes[entry] == hash && lengths[entry] == end - start) {
                int known = starts[entry];
                if (Arrays.equals(body, known, known + lengths[entry], body, start, end)) {
                    return numbers[entry];
                }
            }
        }
        return -1;
    }

    /** Where the key ends that was looked for last: at its blank. */
    int end() {
        return end;
    }

    /** Keeps the key that was looked for last, and was not known. */
    void add(int start, int number) {
        if (end < 0) {
            return;
        }
        if (count == numbers.length) {
            grow();
        }
        if (occupy(hash, count)) {
            starts[count] = start;
            lengths[count] = end - start;
            hashes[count] = hash;
            numbers[count++] = number;
        }
    }

    private boolean occupy(int keyHash, int entry) {
        int mask = slots.length - 1;
        for (int i = 0; i < MAX_PROBES; i++) {
            int slot = (keyHash + i) & mask;
            if (slots[slot] == 0) {
                slots[slot] = entry + 1;
                return true;
            }
        }
        return false;
    }

    private void grow() {
        int capacity = numbers.length * 2;
        starts = Arrays.copyOf(starts, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        numbers = Arrays.copyOf(numbers, capacity);
        slots = new int[capacity * 2];
        for (int entry = 0; entry < count; entry++) {
            occupy(hashes[entry], entry);
        }
    }

    /** Finds the blank behind a key and a number made of all its bytes, eight at a time. */
    private void scan(int start) {
        long mixed = SEED;
        int i = start;
        while (i + Long.BYTES <= length) {
            long word = (long) WORDS.get(body, i);
            long stops = zeros(word ^ BLANKS) | zeros(word ^ LINE_FEEDS) | zeros(word ^ BACKSLASHES);
            if (stops != 0) {
                int bits = Long.numberOfTrailingZeros(stops) & ~7;
                finish(i + (bits >>> 3), mix(mixed, bits == 0 ? 0 : word << (64 - bits)));
                return;
            }
            mixed = mix(mixed, word);
            i += Long.BYTES;
        }
        long word = 0;
        int bits = 0;
        for (; i < length && body[i] != ' ' && body[i] != '\n' && body[i] != '\\'; i++) {
            word |= (body[i] & 0xFFL) << bits;
            bits += 8;
        }
        finish(i, mix(mixed, bits == 0 ? 0 : word << (64 - bits)));
    }

    private void finish(int stop, long mixed) {
        end = stop < length && body[stop] == ' ' ? stop : -1;
        hash = (int) (mixed ^ (mixed >>> 32));
    }

    /** The lowest set bit belongs to the first byte that is zero; bits above it mean nothing. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    private static long mix(long mixed, long word) {
        long folded = mixed ^ word;
        return (folded * FACTOR) ^ Math.multiplyHigh(folded, FACTOR) ^ SEED;
    }
}
