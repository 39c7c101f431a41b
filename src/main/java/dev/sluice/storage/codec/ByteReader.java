package dev.sluice.storage.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what {@link ByteWriter} wrote. Reading past the end throws {@link IndexOutOfBoundsException}. Not thread-safe. */
public final class ByteReader {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int position;

    public ByteReader(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    public int position() {
        return position;
    }

    public boolean hasMore() {
        return position < bytes.length;
    }

    public void skip(int count) {
        position += count;
    }

    public byte[] array() {
        return bytes;
    }

    public int readByte() {
        return bytes[position++];
    }

    public long readLong() {
        long value = getLong(bytes, position);
        position += 8;
        return value;
    }

    public int readInt() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | (bytes[position++] & 0xFF);
        }
        return value;
    }

    public long readVarint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[position++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    public long readZigzag() {
        long value = readVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    public byte[] readSlice() {
        int length = (int) readVarint();
        byte[] slice = new byte[length];
        System.arraycopy(bytes, position, slice, 0, length);
        position += length;
        return slice;
    }

    static long getLong(byte[] source, int offset) {
        return (long) LONG.get(source, offset);
    }
}
