package dev.sluice.http.encoding;

import java.nio.charset.StandardCharsets;

/** The values of MessagePack that answers consist of, each in the form Go's {@code tinylib/msgp} chooses. */
final class MessagePack {

    static final int MAP = 0x80;
    private static final int NIL = 0xc0;
    private static final int FALSE = 0xc2;
    private static final int TRUE = 0xc3;
    private static final int TIME_EXTENSION = 5;

    private MessagePack() {}

    static void putNil(ByteOutput out) {
        out.put(NIL);
    }

    static void putBoolean(ByteOutput out, boolean value) {
        out.put(value ? TRUE : FALSE);
    }

    static void putLong(ByteOutput out, long value) {
        if (value >= -32 && value <= 127) {
            out.put((int) value);
        } else if (value == (byte) value) {
            putNumber(out, 0xd0, value, 1);
        } else if (value == (short) value) {
            putNumber(out, 0xd1, value, 2);
        } else if (value == (int) value) {
            putNumber(out, 0xd2, value, 4);
        } else {
            putNumber(out, 0xd3, value, 8);
        }
    }

    static void putUnsigned(ByteOutput out, long value) {
        if (value >= 0 && value <= 127) {
            out.put((int) value);
        } else if (value >>> 8 == 0) {
            putNumber(out, 0xcc, value, 1);
        } else if (value >>> 16 == 0) {
            putNumber(out, 0xcd, value, 2);
        } else if (value >>> 32 == 0) {
            putNumber(out, 0xce, value, 4);
        } else {
            putNumber(out, 0xcf, value, 8);
        }
    }

    static void putDouble(ByteOutput out, double value) {
        putNumber(out, 0xcb, Double.doubleToRawLongBits(value), 8);
    }

    static void putString(ByteOutput out, String text) {
        putString(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static void putString(ByteOutput out, byte[] utf8) {
        int length = utf8.length;
        if (length < 32) {
            out.put(0xa0 | length);
        } else if (length < 1 << 8) {
            putNumber(out, 0xd9, length, 1);
        } else if (length < 1 << 16) {
            putNumber(out, 0xda, length, 2);
        } else {
            putNumber(out, 0xdb, length, 4);
        }
        out.put(utf8);
    }

    static void putArrayHeader(ByteOutput out, int count) {
        if (count < 16) {
            out.put(0x90 | count);
        } else if (count < 1 << 16) {
            putNumber(out, 0xdc, count, 2);
        } else {
            putNumber(out, 0xdd, count, 4);
        }
    }

    static void putMapHeader(ByteOutput out, int count) {
        if (count < 16) {
            out.put(MAP | count);
        } else {
            putNumber(out, 0xde, count, 2);
        }
    }

    /** A time as an extension of 12 bytes: seconds since the epoch, then the nanoseconds of that second. */
    static void putTime(ByteOutput out, long nanos) {
        long seconds = Math.floorDiv(nanos, 1_000_000_000L);
        out.ensure(15);
        out.bytes[out.size++] = (byte) 0xc7;
        out.bytes[out.size++] = 12;
        out.bytes[out.size++] = TIME_EXTENSION;
        putBytes(out, seconds, 8);
        putBytes(out, nanos - seconds * 1_000_000_000L, 4);
    }

    private static void putNumber(ByteOutput out, int type, long value, int length) {
        out.ensure(length + 1);
        out.bytes[out.size++] = (byte) type;
        putBytes(out, value, length);
    }

    private static void putBytes(ByteOutput out, long value, int length) {
        for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
            out.bytes[out.size++] = (byte) (value >>> shift);
        }
    }
}
