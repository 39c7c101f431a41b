package dev.sluice.http.prometheus;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A part of a message that is written before its length is known. Not thread-safe. */
final class MessageBuffer {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    int size() {
        flush();
        return bytes.size();
    }

    void clear() {
        flush();
        bytes.reset();
    }

    byte[] copyBytes() {
        flush();
        return bytes.toByteArray();
    }

    /** Adds a message that consists of some parts. */
    void putMessage(int field, MessageBuffer... parts) {
        int size = 0;
        for (MessageBuffer part : parts) {
            size += part.size();
        }
        try {
            begin(field, size);
            out.flush();
            for (MessageBuffer part : parts) {
                part.bytes.writeTo(bytes);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Adds {@code Label labels = 1}. */
    void putLabel(String name, String value) {
        try {
            begin(1, CodedOutputStream.computeStringSize(1, name) + CodedOutputStream.computeStringSize(2, value));
            out.writeString(1, name);
            out.writeString(2, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Adds {@code Sample samples = 2}; as in any message of this kind, what is zero is left out. */
    void putSample(double value, long millis) {
        boolean hasValue = Double.doubleToRawLongBits(value) != 0;
        int valueSize = hasValue ? CodedOutputStream.computeDoubleSize(1, value) : 0;
        int timeSize = millis == 0 ? 0 : CodedOutputStream.computeInt64Size(2, millis);
        try {
            begin(2, valueSize + timeSize);
            if (hasValue) {
                out.writeDouble(1, value);
            }
            if (millis != 0) {
                out.writeInt64(2, millis);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void begin(int field, int size) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
