package dev.sluice.storage.codec;

/**
 * Integers and timestamps. Of two bit-packed forms the smaller is taken; regular timestamps and constants pack to no
 * bits at all.
 *
 * <pre>
 * longs  := kind:u8 body
 * body   := base:zigzag width:u8 packed(value - base)                                 kind 0, offsets
 *         | first:zigzag base:zigzag width:u8 packed(value[i] - value[i-1] - base)    kind 1, deltas
 * packed := the low {@code width} bits of each number, low bits first, in 64-bit big-endian words
 * </pre>
 *
 * All arithmetic wraps, so every value of 64 bits survives.
 */
final class LongEncoding {

    private static final int OFFSETS = 0;
    private static final int DELTAS = 1;

    private LongEncoding() {}

    static void encode(ByteWriter out, long[] values, int count) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        long minDelta = Long.MAX_VALUE;
        long maxDelta = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
            if (i > 0) {
                long delta = values[i] - values[i - 1];
                minDelta = Math.min(minDelta, delta);
                maxDelta = Math.max(maxDelta, delta);
            }
        }
        int offsetWidth = count == 0 ? 0 : widthOf(max - min);
        int deltaWidth = count < 2 ? 64 : widthOf(maxDelta - minDelta);
        if (deltaWidth < offsetWidth) {
            out.writeByte(DELTAS);
            out.writeZigzag(values[0]);
            out.writeZigzag(minDelta);
            long[] deltas = new long[count - 1];
            for (int i = 1; i < count; i++) {
                deltas[i - 1] = values[i] - values[i - 1] - minDelta;
            }
            pack(out, deltas, count - 1, 0, deltaWidth);
        } else {
            out.writeByte(OFFSETS);
            out.writeZigzag(count == 0 ? 0 : min);
            pack(out, values, count, count == 0 ? 0 : min, offsetWidth);
        }
    }

    static long[] decode(ByteReader in, int count) {
        int kind = in.readByte();
        long[] values = new long[count];
        if (kind == OFFSETS) {
            long base = in.readZigzag();
            unpack(in, values, 0, count);
            for (int i = 0; i < count; i++) {
                values[i] += base;
            }
        } else if (kind == DELTAS) {
            values[0] = in.readZigzag();
            long base = in.readZigzag();
            unpack(in, values, 1, count - 1);
            for (int i = 1; i < count; i++) {
                values[i] += values[i - 1] + base;
            }
        } else {
            throw new CorruptBlockException("unknown encoding of integers: " + kind);
        }
        return values;
    }

    private static int widthOf(long range) {
        return 64 - Long.numberOfLeadingZeros(range);
    }

    private static void pack(ByteWriter out, long[] values, int count, long base, int width) {
        out.writeByte(width);
        if (width == 0) {
            return;
        }
        long word = 0;
        int used = 0;
        for (int i = 0; i < count; i++) {
            long value = values[i] - base;
            word |= value << used;
            if (used + width >= 64) {
                out.writeLong(word);
                int taken = 64 - used;
                word = taken == 64 || taken >= width ? 0 : value >>> taken;
                used = used + width - 64;
            } else {
                used += width;
            }
        }
        if (used > 0) {
            out.writeLong(word);
        }
    }

    private static void unpack(ByteReader in, long[] values, int from, int count) {
        int width = in.readByte();
        if (width == 0) {
            return;
        }
        if (width < 0 || width > 64) {
            throw new CorruptBlockException("impossible width: " + width);
        }
        long mask = width == 64 ? -1L : (1L << width) - 1;
        long word = 0;
        int available = 0;
        for (int i = from; i < from + count; i++) {
            if (available >= width) {
                values[i] = word & mask;
                word = width == 64 ? 0 : word >>> width;
                available -= width;
            } else {
                long next = in.readLong();
                values[i] = (word | (available == 0 ? next : next << available)) & mask;
                int taken = width - available;
                word = taken == 64 ? 0 : next >>> taken;
                available = 64 - taken;
            }
        }
    }
}
