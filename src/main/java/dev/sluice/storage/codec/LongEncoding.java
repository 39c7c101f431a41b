package dev.sluice.storage.codec;

import java.util.Arrays;

/**
 * Integers, timestamps, and whatever else is made of 64 bits. Of several forms the one is taken that needs the fewest
 * bytes; regular timestamps and constants need next to none.
 *
 * <pre>
 * longs := kind:u8 body
 * body  := frames of the values                                                       kind 0, values
 *        | first:zigzag frames of value[i] - value[i-1]                               kind 1, deltas
 *        | first:zigzag second - first:zigzag frames of how deltas differ             kind 2, deltas of deltas
 *        | first:zigzag frames of value[i] ^ value[i-1], trailing zeros divided away  kind 3, exclusive or
 *        | runs:varint (value - value of the last run:zigzag length:varint)*          kind 4, runs
 * </pre>
 *
 * Frames are those of {@link PackedFrames}.
 */
final class LongEncoding {

    private static final int VALUES = 0;
    private static final int DELTAS = 1;
    private static final int DELTAS_OF_DELTAS = 2;
    private static final int XOR = 3;
    private static final int RUNS = 4;

    private LongEncoding() {}

    /** Encodes integers. */
    static void encode(ByteWriter out, long[] values, int count) {
        encode(out, values, count, false);
    }

    /** Encodes the bits of floating-point numbers, which sums and differences say little of. */
    static void encodeBits(ByteWriter out, long[] values, int count) {
        encode(out, values, count, true);
    }

    private static void encode(ByteWriter out, long[] values, int count, boolean bits) {
        ByteWriter best = new ByteWriter(count * 2);
        ByteWriter candidate = new ByteWriter(count * 2);
        int runs = runs(values, count);
        writeValues(best, values, count);
        if (count > 1 && best.size() > 8) {
            if (runs <= count / 4) {
                writeRuns(candidate, values, count, runs);
                ByteWriter smaller = smaller(best, candidate);
                candidate = smaller == best ? candidate : best;
                best = smaller;
            }
            int[] kinds = bits ? new int[] {XOR} : new int[] {DELTAS, DELTAS_OF_DELTAS};
            for (int kind : kinds) {
                candidate.clear();
                write(candidate, kind, values, count);
                ByteWriter smaller = smaller(best, candidate);
                candidate = smaller == best ? candidate : best;
                best = smaller;
            }
        }
        out.writeBytes(best.array(), 0, best.size());
    }

    private static ByteWriter smaller(ByteWriter a, ByteWriter b) {
        return b.size() < a.size() ? b : a;
    }

    private static int runs(long[] values, int count) {
        int runs = count == 0 ? 0 : 1;
        for (int i = 1; i < count; i++) {
            runs += values[i] == values[i - 1] ? 0 : 1;
        }
        return runs;
    }

    private static void write(ByteWriter out, int kind, long[] values, int count) {
        switch (kind) {
            case DELTAS -> writeDeltas(out, values, count);
            case DELTAS_OF_DELTAS -> writeDeltasOfDeltas(out, values, count);
            default -> writeXor(out, values, count);
        }
    }

    private static void writeValues(ByteWriter out, long[] values, int count) {
        out.writeByte(VALUES);
        PackedFrames.encode(out, Arrays.copyOf(values, count), count);
    }

    private static void writeDeltas(ByteWriter out, long[] values, int count) {
        out.writeByte(DELTAS);
        out.writeZigzag(values[0]);
        long[] deltas = new long[count - 1];
        for (int i = 1; i < count; i++) {
            deltas[i - 1] = values[i] - values[i - 1];
        }
        PackedFrames.encode(out, deltas, count - 1);
    }

    private static void writeDeltasOfDeltas(ByteWriter out, long[] values, int count) {
        out.writeByte(DELTAS_OF_DELTAS);
        out.writeZigzag(values[0]);
        long last = values[1] - values[0];
        out.writeZigzag(last);
        long[] differences = new long[count - 2];
        for (int i = 2; i < count; i++) {
            long delta = values[i] - values[i - 1];
            differences[i - 2] = delta - last;
            last = delta;
        }
        PackedFrames.encode(out, differences, count - 2);
    }

    private static void writeXor(ByteWriter out, long[] values, int count) {
        out.writeByte(XOR);
        out.writeZigzag(values[0]);
        long[] differences = new long[count - 1];
        long any = 0;
        for (int i = 1; i < count; i++) {
            differences[i - 1] = values[i] ^ values[i - 1];
            any |= differences[i - 1];
        }
        int shift = any == 0 ? 0 : Long.numberOfTrailingZeros(any);
        for (int i = 0; i < count - 1; i++) {
            differences[i] >>>= shift;
        }
        PackedFrames.encode(out, differences, count - 1, 0, 1L << shift);
    }

    private static void writeRuns(ByteWriter out, long[] values, int count, int runs) {
        out.writeByte(RUNS);
        out.writeVarint(runs);
        long last = 0;
        for (int from = 0; from < count; ) {
            int to = from + 1;
            while (to < count && values[to] == values[from]) {
                to++;
            }
            out.writeZigzag(values[from] - last);
            out.writeVarint(to - from);
            last = values[from];
            from = to;
        }
    }

    static long[] decode(ByteReader in, int count) {
        int kind = in.readByte();
        long[] values = new long[count];
        switch (kind) {
            case VALUES -> PackedFrames.decode(in, values, 0, count);
            case DELTAS -> readDeltas(in, values, count);
            case DELTAS_OF_DELTAS -> readDeltasOfDeltas(in, values, count);
            case XOR -> readXor(in, values, count);
            case RUNS -> readRuns(in, values, count);
            default -> throw new CorruptBlockException("unknown encoding of integers: " + kind);
        }
        return values;
    }

    private static void readDeltas(ByteReader in, long[] values, int count) {
        long value = in.readZigzag();
        values[0] = value;
        PackedFrames.decode(in, values, 1, count - 1);
        for (int i = 1; i < count; i++) {
            value += values[i];
            values[i] = value;
        }
    }

    private static void readDeltasOfDeltas(ByteReader in, long[] values, int count) {
        values[0] = in.readZigzag();
        long delta = in.readZigzag();
        long value = values[0] + delta;
        values[1] = value;
        PackedFrames.decode(in, values, 2, count - 2);
        for (int i = 2; i < count; i++) {
            delta += values[i];
            value += delta;
            values[i] = value;
        }
    }

    private static void readXor(ByteReader in, long[] values, int count) {
        long value = in.readZigzag();
        values[0] = value;
        PackedFrames.decode(in, values, 1, count - 1);
        for (int i = 1; i < count; i++) {
            value ^= values[i];
            values[i] = value;
        }
    }

    private static void readRuns(ByteReader in, long[] values, int count) {
        long value = 0;
        int from = 0;
        for (long runs = in.readVarint(); runs > 0; runs--) {
            value += in.readZigzag();
            long length = in.readVarint();
            if (length > count - from) {
                throw new CorruptBlockException("runs are longer than the block");
            }
            Arrays.fill(values, from, from + (int) length, value);
            from += (int) length;
        }
        if (from != count) {
            throw new CorruptBlockException("runs are shorter than the block");
        }
    }
}
