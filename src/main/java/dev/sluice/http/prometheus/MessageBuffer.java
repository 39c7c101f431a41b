package dev.sluice.http.prometheus;

import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A part of a message that is written before its length is known. By hand, as the library's output stream and its strings
 * use {@code sun.misc.Unsafe}, which newer JDKs warn of at the first request. Not thread-safe.
 */
final class MessageBuffer {

    private static final int DOUBLE_FIELD_SIZE = 1 + Double.BYTES;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    int size() {
        return bytes.size();
    }

    void clear() {
        bytes.reset();
    }

    byte[] copyBytes() {
        return bytes.toByteArray();
    }

    /** Adds a message that consists of some parts. */
    void putMessage(int field, MessageBuffer... parts) {
        int size = 0;
        for (MessageBuffer part : parts) {
            size += part.size();
        }
        begin(field, size);
        try {
            for (MessageBuffer part : parts) {
                part.bytes.writeTo(bytes);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Adds {@code Label labels = 1}. */
    void putLabel(String name, String value) {
        MessageBuffer label = new MessageBuffer();
        label.putString(1, name);
        label.putString(2, value);
        putMessage(1, label);
    }

    private void putString(int field, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        begin(field, utf8.length);
        bytes.write(utf8, 0, utf8.length);
    }

    /** Adds {@code Sample samples = 2}; as in any message of this kind, what is zero is left out. */
    void putSample(double value, long millis) {
        long bits = Double.doubleToRawLongBits(value);
        begin(2, (bits == 0 ? 0 : DOUBLE_FIELD_SIZE) + (millis == 0 ? 0 : 1 + varintSize(millis)));
        if (bits != 0) {
            bytes.write(Wire.of(1, WireFormat.WIRETYPE_FIXED64));
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                bytes.write((int) (bits >>> shift));
            }
        }
        if (millis != 0) {
            bytes.write(Wire.of(2, WireFormat.WIRETYPE_VARINT));
            putVarint(millis);
        }
    }

    /** A field that has a length; numbers of fields are below 16 here, so that a tag is one byte. */
    private void begin(int field, int size) {
        bytes.write(Wire.of(field, WireFormat.WIRETYPE_LENGTH_DELIMITED));
        putVarint(size);
    }

    /** Seven bits a byte, the lowest first. */
    private void putVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private static int varintSize(long value) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        return (bits + 6) / 7;
    }
}
