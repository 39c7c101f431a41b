package dev.sluice.http.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes. Formats write into {@link #bytes} at {@link #size} after {@link #ensure}. Not thread-safe. */
final class ByteOutput {

    byte[] bytes;
    int size;

    ByteOutput(int capacity) {
        bytes = new byte[capacity];
    }

    /** Makes room for so many more bytes. */
    void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    void put(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void put(byte[] source) {
        put(source, 0, source.length);
    }

    void put(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Writes characters that are all ASCII. */
    void putAscii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void putUtf8(String text) {
        put(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] copyBytes() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
