package dev.sluice.storage.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes bytes, eight at a time. */
final class Hashing {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private Hashing() {}

    static int hash(byte[] bytes, int offset, int length) {
        long hash = length * FACTOR;
        int at = offset;
        int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ (long) WORD.get(bytes, at)) * FACTOR;
            hash ^= hash >>> 32;
        }
        for (; at < end; at++) {
            hash = (hash ^ bytes[at]) * FACTOR;
        }
        hash ^= hash >>> 29;
        return (int) (hash * FACTOR >>> 32);
    }

    static int hash(int number) {
        return (int) (number * FACTOR >>> 32);
    }
}
