package dev.sluice.storage.codec;

import org.jspecify.annotations.Nullable;

/**
 * Floating-point numbers. What people measure has a few decimals: such numbers are stored as integers, if and only if
 * every one of them comes back with the same bits; a few that do not are kept beside. Others are packed as bits.
 *
 * <pre>
 * doubles := scale:u8 exceptions:varint (index - last index:varint bits:i64)* longs     scale 0 to 15: value = integer / 10^scale
 *          | 255:u8 longs                                                          the bits
 * </pre>
 *
 * An integer below 2^53 and a power of ten up to 10^15 are exact as floating-point numbers, so their quotient is the
 * number nearest to the decimal fraction: the same that the text of a fraction with up to 15 digits means. Negative zero
 * and numbers that are not finite are exceptions.
 */
final class DoubleEncoding {

    private static final int BITS = 255;
    private static final double[] SCALES = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final double LARGEST_EXACT = 1L << 53;
    private static final int SAMPLES = 32;

    /** With so many bits a number or fewer, integers are not tried against bits. */
    private static final int FEW_BITS = 20;

    private DoubleEncoding() {}

    static void encode(ByteWriter out, double[] values, int count) {
        ByteWriter decimals = new ByteWriter(count * 2);
        boolean areDecimals = writeDecimals(decimals, values, count);
        if (areDecimals && decimals.size() * 8L <= (long) FEW_BITS * count + 64) {
            out.writeBytes(decimals.array(), 0, decimals.size());
            return;
        }
        long[] bits = new long[count];
        for (int i = 0; i < count; i++) {
            bits[i] = Double.doubleToRawLongBits(values[i]);
        }
        ByteWriter asBits = new ByteWriter(count * 8);
        asBits.writeByte(BITS);
        LongEncoding.encodeBits(asBits, bits, count);
        ByteWriter smaller = areDecimals && decimals.size() <= asBits.size() ? decimals : asBits;
        out.writeBytes(smaller.array(), 0, smaller.size());
    }

    /** Writes values as integers; false when too many of them are no decimal fractions. */
    private static boolean writeDecimals(ByteWriter out, double[] values, int count) {
        int scale = commonScale(values, count, Math.max(1, count / SAMPLES));
        if (scale < 0) {
            return false;
        }
        long[] scaled = new long[count];
        int exceptions = scaleAll(values, count, scale, scaled, null);
        if (exceptions > count / 64) {
            scale = commonScale(values, count, 1);
            exceptions = scale < 0 ? count : scaleAll(values, count, scale, scaled, null);
        }
        if (scale < 0 || exceptions > count / 8) {
            return false;
        }
        out.writeByte(scale);
        out.writeVarint(exceptions);
        if (exceptions > 0) {
            scaleAll(values, count, scale, scaled, out);
        }
        LongEncoding.encode(out, scaled, count);
        return true;
    }

    /** The scale that most of every {@code step}th value need; -1 when too many are no decimal fractions. */
    private static int commonScale(double[] values, int count, int step) {
        int largest = 0;
        int without = 0;
        int looked = 0;
        for (int i = 0; i < count; i += step) {
            int scale = scaleOf(values[i], largest);
            looked++;
            if (scale < 0) {
                without++;
                if (without > count / step / 8 + 1) {
                    return -1;
                }
            } else {
                largest = Math.max(largest, scale);
            }
        }
        return without == looked ? -1 : largest;
    }

    private static int scaleOf(double value, int atLeast) {
        for (int scale = atLeast; scale < SCALES.length; scale++) {
            double product = value * SCALES[scale];
            if (!(Math.abs(product) < LARGEST_EXACT)) {
                return -1;
            }
            if (isExact(value, Math.rint(product), SCALES[scale])) {
                return scale;
            }
        }
        return -1;
    }

    private static boolean isExact(double value, double whole, double factor) {
        return Double.doubleToRawLongBits(whole / factor) == Double.doubleToRawLongBits(value)
                && (whole != 0 || Double.doubleToRawLongBits(value) == 0);
    }

    /** Scales all values; returns how many are exceptions, and writes those to {@code out} if it is there. */
    private static int scaleAll(double[] values, int count, int scale, long[] scaled, @Nullable ByteWriter out) {
        double factor = SCALES[scale];
        int exceptions = 0;
        int lastException = 0;
        long last = 0;
        for (int i = 0; i < count; i++) {
            double product = values[i] * factor;
            double whole = Math.rint(product);
            if (Math.abs(product) < LARGEST_EXACT && isExact(values[i], whole, factor)) {
                last = (long) whole;
            } else {
                exceptions++;
                if (out != null) {
                    out.writeVarint(i - lastException);
                    out.writeLong(Double.doubleToRawLongBits(values[i]));
                    lastException = i;
                }
            }
            // In the place of an exception stands what costs nothing.
            scaled[i] = last;
        }
        return exceptions;
    }

    static double[] decode(ByteReader in, int count) {
        int scale = in.readByte() & 0xFF;
        double[] values = new double[count];
        if (scale == BITS) {
            long[] bits = LongEncoding.decode(in, count);
            for (int i = 0; i < count; i++) {
                values[i] = Double.longBitsToDouble(bits[i]);
            }
            return values;
        }
        if (scale >= SCALES.length) {
            throw new CorruptBlockException("unknown encoding of floating-point numbers: " + scale);
        }
        int[] rows = new int[(int) in.readVarint()];
        double[] exceptions = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) in.readVarint() + (i == 0 ? 0 : rows[i - 1]);
            exceptions[i] = Double.longBitsToDouble(in.readLong());
        }
        divide(LongEncoding.decode(in, count), values, SCALES[scale]);
        for (int i = 0; i < rows.length; i++) {
            values[rows[i]] = exceptions[i];
        }
        return values;
    }

    private static void divide(long[] scaled, double[] values, double factor) {
        if (factor == 1) {
            for (int i = 0; i < values.length; i++) {
                values[i] = scaled[i];
            }
            return;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = scaled[i] / factor;
        }
    }
}
