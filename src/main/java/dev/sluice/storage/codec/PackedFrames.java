package dev.sluice.storage.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers in frames of up to 256, each frame packed to as many bits a number as most of its numbers need. The few that
 * need more are exceptions, whose upper bits are kept beside.
 *
 * <pre>
 * frames    := origin:zigzag divisor:varint frame*
 * frame     := (width | 128 when there are exceptions):u8 base:zigzag [exceptions] packed
 * exceptions := count:u8 (index in the frame:u8 upper bits:varint)*
 * packed    := the low {@code width} bits of each number, low bits first, rounded up to whole bytes
 * value     := origin + (base + number) * divisor
 * </pre>
 *
 * The divisor is one that all differences have, so that timestamps of whole seconds are packed as seconds. All arithmetic
 * wraps, so every value of 64 bits survives. Packed numbers are read eight bytes at a time: whatever holds frames ends
 * with {@link #PADDING} bytes that mean nothing.
 */
final class PackedFrames {

    /** Bytes that must follow frames. */
    static final int PADDING = 8;

    private static final int FRAME = 256;
    private static final int EXCEPTIONS = 0x80;

    /** With fewer bits a number, exceptions are looked for only when few numbers differ at all: they save little. */
    private static final int FEW_BITS = 3;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PackedFrames() {}

    /** Encodes {@code count} numbers; what stands in the array is overwritten. */
    static void encode(ByteWriter out, long[] numbers, int count) {
        long origin = count == 0 ? 0 : numbers[0];
        long divisor = commonDivisor(numbers, count, origin);
        if (divisor == 1) {
            origin = 0;
        } else {
            for (int i = 0; i < count; i++) {
                numbers[i] = (numbers[i] - origin) / divisor;
            }
        }
        encode(out, numbers, count, origin, divisor);
    }

    /** Encodes {@code count} numbers that were divided already. */
    static void encode(ByteWriter out, long[] numbers, int count, long origin, long divisor) {
        out.writeZigzag(origin);
        out.writeVarint(divisor);
        long[] sorted = new long[Math.min(FRAME, count)];
        for (int from = 0; from < count; from += FRAME) {
            encodeFrame(out, numbers, from, Math.min(FRAME, count - from), sorted);
        }
    }

    /** The largest number that divides every difference from the origin; 1 when differences do not fit. */
    private static long commonDivisor(long[] numbers, int count, long origin) {
        long divisor = 0;
        for (int i = 1; i < count && divisor != 1; i++) {
            long difference = numbers[i] - origin;
            if (((numbers[i] ^ origin) & (numbers[i] ^ difference)) < 0 || difference == Long.MIN_VALUE) {
                return 1;
            }
            divisor = greatestCommonDivisor(divisor, Math.abs(difference));
        }
        return Math.max(1, divisor);
    }

    private static long greatestCommonDivisor(long a, long b) {
        long larger = a;
        long smaller = b;
        while (smaller != 0) {
            long rest = larger % smaller;
            larger = smaller;
            smaller = rest;
        }
        return larger;
    }

    private static void encodeFrame(ByteWriter out, long[] numbers, int from, int count, long[] sorted) {
        long base = numbers[from];
        long max = base;
        for (int i = from + 1; i < from + count; i++) {
            base = Math.min(base, numbers[i]);
            max = Math.max(max, numbers[i]);
        }
        int width = widthOf(max - base);
        if (width >= FEW_BITS || (width > 0 && differing(numbers, from, count, base) <= count / 16)) {
            System.arraycopy(numbers, from, sorted, 0, count);
            Arrays.sort(sorted, 0, count);
            width = bestWidth(sorted, 0, count);
            // A few numbers far below the others would widen all of them; taken from a higher base they wrap around to
            // huge ones and become exceptions.
            int dropped = count / 32;
            if (dropped > 0 && widthOf(max - sorted[dropped]) < widthOf(max - base)) {
                int other = bestWidth(sorted, dropped, count);
                if (size(sorted, dropped, count, other) < size(sorted, 0, count, width)) {
                    base = sorted[dropped];
                    width = other;
                }
            }
        }
        int exceptions = 0;
        for (int i = from; i < from + count; i++) {
            exceptions += isException(numbers[i] - base, width) ? 1 : 0;
        }
        out.writeByte(width | (exceptions > 0 ? EXCEPTIONS : 0));
        out.writeZigzag(base);
        if (exceptions > 0) {
            out.writeByte(exceptions);
            for (int i = 0; i < count; i++) {
                long number = numbers[from + i] - base;
                if (isException(number, width)) {
                    out.writeByte(i);
                    out.writeVarint(number >>> width);
                }
            }
        }
        pack(out, numbers, from, count, base, width);
    }

    private static int differing(long[] numbers, int from, int count, long base) {
        int differing = 0;
        for (int i = from; i < from + count; i++) {
            differing += numbers[i] == base ? 0 : 1;
        }
        return differing;
    }

    private static boolean isException(long number, int width) {
        return width < 64 && number >>> width != 0;
    }

    /** The width at which the frame takes least, the number at {@code base} being its base. */
    private static int bestWidth(long[] sorted, int base, int count) {
        int full = widthOf(sorted[count - 1] - sorted[base]);
        int best = full;
        long bestSize = size(sorted, base, count, full);
        for (int width = full - 1; width >= 0; width--) {
            int exceptions = exceptions(sorted, base, count, width);
            if (exceptions > count / 8) {
                break;
            }
            long size = size(sorted, base, count, width);
            if (size < bestSize) {
                best = width;
                bestSize = size;
            }
        }
        return best;
    }

    private static int exceptions(long[] sorted, int base, int count, int width) {
        if (width == 64) {
            return 0;
        }
        // Ascending from the base on, so that the first number that does not fit is followed by such only.
        int low = base;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isException(sorted[middle] - sorted[base], width)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return base + count - low;
    }

    /** Bits that a frame takes, exceptions counted as the widest. */
    private static long size(long[] sorted, int base, int count, int width) {
        int above = exceptions(sorted, base, count, width) - base;
        long bits = (long) width * count;
        if (above > 0) {
            int upper = widthOf(sorted[count - 1] - sorted[base]) - width;
            bits += 8 + (long) above * (8 + 8 * ((upper + 6) / 7));
        }
        if (base > 0) {
            bits += 8 + (long) base * (8 + 8 * ((64 - width + 6) / 7));
        }
        return bits;
    }

    private static int widthOf(long range) {
        return 64 - Long.numberOfLeadingZeros(range);
    }

    private static void pack(ByteWriter out, long[] numbers, int from, int count, long base, int width) {
        if (width == 0) {
            return;
        }
        long mask = maskOf(width);
        int length = packedLength(count, width);
        out.ensure(length + Long.BYTES);
        byte[] bytes = out.array();
        int at = out.size();
        long word = 0;
        int used = 0;
        for (int i = from; i < from + count; i++) {
            long number = (numbers[i] - base) & mask;
            word |= number << used;
            used += width;
            if (used >= 64) {
                WORD.set(bytes, at, word);
                at += Long.BYTES;
                used -= 64;
                word = used == 0 ? 0 : number >>> (width - used);
            }
        }
        if (used > 0) {
            WORD.set(bytes, at, word);
        }
        out.advance(length);
    }

    private static int packedLength(int count, int width) {
        return (count * width + 7) >>> 3;
    }

    private static long maskOf(int width) {
        return width == 64 ? -1L : (1L << width) - 1;
    }

    /** Decodes {@code count} numbers to an array from index {@code start}. */
    static void decode(ByteReader in, long[] values, int start, int count) {
        long origin = in.readZigzag();
        long divisor = in.readVarint();
        int[] exceptionRows = null;
        long[] exceptionBits = null;
        for (int from = start; from < start + count; from += FRAME) {
            int rows = Math.min(FRAME, start + count - from);
            int header = in.readByte() & 0xFF;
            int width = header & (EXCEPTIONS - 1);
            if (width > 64) {
                throw new CorruptBlockException("impossible width: " + width);
            }
            long base = origin + in.readZigzag() * divisor;
            int exceptions = 0;
            if ((header & EXCEPTIONS) != 0) {
                exceptions = in.readByte() & 0xFF;
                if (exceptionRows == null || exceptionBits == null) {
                    exceptionRows = new int[FRAME];
                    exceptionBits = new long[FRAME];
                }
                for (int i = 0; i < exceptions; i++) {
                    exceptionRows[i] = in.readByte() & 0xFF;
                    exceptionBits[i] = in.readVarint() << width;
                }
            }
            unpack(in.array(), in.position(), values, from, rows, base, divisor, width);
            in.skip(packedLength(rows, width));
            for (int i = 0; i < exceptions; i++) {
                values[from + exceptionRows[i]] += exceptionBits[i] * divisor;
            }
        }
    }

    private static void unpack(
            byte[] bytes, int at, long[] values, int from, int count, long base, long divisor, int width) {
        if (width == 0) {
            Arrays.fill(values, from, from + count, base);
        } else if (width == 1 || width == 2 || width == 4 || width == 8) {
            unpackWhole(bytes, at, values, from, count, base, divisor, width);
        } else if (width <= 57) {
            long mask = maskOf(width);
            int bit = at << 3;
            for (int i = from; i < from + count; i++) {
                long word = (long) WORD.get(bytes, bit >>> 3);
                values[i] = base + (word >>> (bit & 7) & mask) * divisor;
                bit += width;
            }
        } else {
            long mask = maskOf(width);
            int bit = at << 3;
            for (int i = from; i < from + count; i++) {
                int shift = bit & 7;
                long word = (long) WORD.get(bytes, bit >>> 3) >>> shift;
                if (shift > 0) {
                    word |= (bytes[(bit >>> 3) + Long.BYTES] & 0xFFL) << (64 - shift);
                }
                values[i] = base + (word & mask) * divisor;
                bit += width;
            }
        }
    }

    /** Widths that divide 64, for which one word is read for many numbers. */
    private static void unpackWhole(
            byte[] bytes, int at, long[] values, int from, int count, long base, long divisor, int width) {
        long mask = maskOf(width);
        int perWord = 64 / width;
        int next = from;
        int end = from + count;
        for (int offset = at; next < end; offset += Long.BYTES) {
            long word = (long) WORD.get(bytes, offset);
            int stop = Math.min(end, next + perWord);
            for (; next < stop; next++) {
                values[next] = base + (word & mask) * divisor;
                word >>>= width;
            }
        }
    }
}
