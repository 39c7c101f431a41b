package dev.sluice.storage.codec;

/**
 * Floating-point numbers. Numbers that are whole, or have a few decimals, are stored as scaled integers, if and only if
 * every one of them comes back with the same bits; others as they are.
 *
 * <pre>
 * doubles := scale:u8 longs        scale 0 to 4: value = integer / 10^scale
 *          | 255:u8 bits:i64*      as they are
 * </pre>
 */
final class DoubleEncoding {

    private static final int RAW = 255;
    private static final double[] SCALES = {1, 10, 100, 1_000, 10_000};
    private static final double LARGEST_EXACT = 1L << 53;

    private DoubleEncoding() {}

    static void encode(ByteWriter out, double[] values, int count) {
        long[] scaled = new long[count];
        for (int scale = 0; scale < SCALES.length; scale++) {
            if (scale(values, count, SCALES[scale], scaled)) {
                out.writeByte(scale);
                LongEncoding.encode(out, scaled, count);
                return;
            }
        }
        out.writeByte(RAW);
        for (int i = 0; i < count; i++) {
            out.writeLong(Double.doubleToRawLongBits(values[i]));
        }
    }

    private static boolean scale(double[] values, int count, double factor, long[] scaled) {
        for (int i = 0; i < count; i++) {
            double value = values[i];
            double product = value * factor;
            if (!(Math.abs(product) < LARGEST_EXACT)) {
                return false;
            }
            long whole = Math.round(product);
            if (Double.doubleToRawLongBits(whole / factor) != Double.doubleToRawLongBits(value)) {
                return false;
            }
            scaled[i] = whole;
        }
        return true;
    }

    static double[] decode(ByteReader in, int count) {
        int scale = in.readByte() & 0xFF;
        double[] values = new double[count];
        if (scale == RAW) {
            for (int i = 0; i < count; i++) {
                values[i] = Double.longBitsToDouble(in.readLong());
            }
            return values;
        }
        if (scale >= SCALES.length) {
            throw new CorruptBlockException("unknown encoding of floating-point numbers: " + scale);
        }
        long[] scaled = LongEncoding.decode(in, count);
        double factor = SCALES[scale];
        for (int i = 0; i < count; i++) {
            values[i] = scaled[i] / factor;
        }
        return values;
    }
}
