package dev.sluice.http.encoding;

/**
 * Floating-point numbers as Go prints them. {@link #putJson} follows {@code encoding/json}: plain decimals for
 * 1e-6 ≤ |x| &lt; 1e21 and otherwise an exponent without leading zeros ({@code 1e+21}, {@code 1e-7}); whole numbers have no
 * fraction; minus zero is {@code -0}. {@link #putPlain} never uses an exponent, as InfluxDB's CSV. Numbers must be finite.
 * Not thread-safe.
 */
final class FloatFormat {

    /** Whole numbers below this are doubles exactly, each of them. */
    private static final double WHOLE_BOUND = 1L << 53;

    /** Numbers below this times 10^4 have at most 15 digits, so that decimals and doubles match one to one. */
    private static final double SHORT_BOUND = 1e11;

    private final ShortestDecimal shortest = new ShortestDecimal();

    void putJson(ByteOutput out, double value) {
        double magnitude = Math.abs(value);
        if (putCommon(out, value, magnitude)) {
            return;
        }
        shortest.convert(magnitude);
        if (magnitude < 1e-6 || magnitude >= 1e21) {
            putExponent(out, value < 0);
        } else {
            putPositional(out, value < 0);
        }
    }

    void putPlain(ByteOutput out, double value) {
        double magnitude = Math.abs(value);
        if (putCommon(out, value, magnitude)) {
            return;
        }
        shortest.convert(magnitude);
        putPositional(out, value < 0);
    }

    /** Writes what needs no search: whole numbers, and those with up to four decimals. */
    private static boolean putCommon(ByteOutput out, double value, double magnitude) {
        if (magnitude < WHOLE_BOUND && magnitude == (long) magnitude) {
            out.ensure(Decimals.MAX_LENGTH);
            if (magnitude == 0 && 1 / value < 0) {
                out.bytes[out.size++] = '-';
            }
            out.size = Decimals.put(out.bytes, out.size, (long) value);
            return true;
        }
        if (magnitude >= SHORT_BOUND || magnitude < 1e-3) {
            return false;
        }
        // Both operands are exact and division rounds correctly, so equality means that the decimal reads back as the
        // value; with 15 digits no other decimal of that length does, and a shorter one would end in a zero here.
        long scaled = (long) (magnitude * 10_000 + 0.5);
        if (scaled / 10_000.0 != magnitude) {
            return false;
        }
        out.ensure(24);
        byte[] bytes = out.bytes;
        int at = out.size;
        if (value < 0) {
            bytes[at++] = '-';
        }
        long whole = scaled / 10_000;
        int fraction = (int) (scaled - whole * 10_000);
        at = Decimals.put(bytes, at, whole);
        bytes[at++] = '.';
        Decimals.putTwo(bytes, at, fraction / 100);
        Decimals.putTwo(bytes, at + 2, fraction % 100);
        at += 4;
        while (bytes[at - 1] == '0') {
            at--;
        }
        out.size = at;
        return true;
    }

    private void putExponent(ByteOutput out, boolean negative) {
        out.ensure(26);
        byte[] bytes = out.bytes;
        int at = out.size;
        if (negative) {
            bytes[at++] = '-';
        }
        int count = Decimals.count(shortest.digits);
        Decimals.putPadded(bytes, at + 1, shortest.digits, count);
        bytes[at] = bytes[at + 1];
        if (count == 1) {
            at++;
        } else {
            bytes[at + 1] = '.';
            at += count + 1;
        }
        int exponent = shortest.exponent + count - 1;
        bytes[at++] = 'e';
        bytes[at++] = (byte) (exponent < 0 ? '-' : '+');
        out.size = Decimals.put(bytes, at, Math.abs(exponent));
    }

    private void putPositional(ByteOutput out, boolean negative) {
        int count = Decimals.count(shortest.digits);
        int point = count + shortest.exponent;
        out.ensure(4 + count + Math.abs(shortest.exponent) + Math.abs(point));
        byte[] bytes = out.bytes;
        int at = out.size;
        if (negative) {
            bytes[at++] = '-';
        }
        if (point <= 0) {
            bytes[at++] = '0';
            bytes[at++] = '.';
            at = putZeros(bytes, at, -point);
            Decimals.putPadded(bytes, at, shortest.digits, count);
            at += count;
        } else if (point >= count) {
            Decimals.putPadded(bytes, at, shortest.digits, count);
            at = putZeros(bytes, at + count, point - count);
        } else {
            Decimals.putPadded(bytes, at + 1, shortest.digits, count);
            System.arraycopy(bytes, at + 1, bytes, at, point);
            bytes[at + point] = '.';
            at += count + 1;
        }
        out.size = at;
    }

    private static int putZeros(byte[] bytes, int at, int count) {
        for (int i = 0; i < count; i++) {
            bytes[at + i] = '0';
        }
        return at + count;
    }
}
