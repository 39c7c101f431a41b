package dev.sluice.storage.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing byte array with the few number formats that stored data uses. Big-endian. Not thread-safe. */
public final class ByteWriter {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    public ByteWriter(int capacity) {
        this.bytes = new byte[Math.max(16, capacity)];
    }

    public int size() {
        return size;
    }

    /** Forgets what was written and keeps the memory. */
    public void clear() {
        size = 0;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** The array behind, of which {@link #size} bytes are in use. */
    public byte[] array() {
        return bytes;
    }

    public void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void writeLong(long value) {
        ensure(8);
        putLong(bytes, size, value);
        size += 8;
    }

    public void writeInt(int value) {
        ensure(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** A number in groups of seven bits, low ones first; small numbers take one byte. */
    public void writeVarint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A signed number whose small magnitudes take few bytes. */
    public void writeZigzag(long value) {
        writeVarint((value << 1) ^ (value >> 63));
    }

    public void writeBytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Bytes with their length before them. */
    public void writeSlice(byte[] source, int offset, int length) {
        writeVarint(length);
        writeBytes(source, offset, length);
    }

    /** Takes in bytes that were written to {@link #array} behind the others. */
    void advance(int count) {
        size += count;
    }

    static void putLong(byte[] target, int offset, long value) {
        LONG.set(target, offset, value);
    }

    /** Makes room for more bytes, to be written to {@link #array} and taken in by {@link #advance}. */
    void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
