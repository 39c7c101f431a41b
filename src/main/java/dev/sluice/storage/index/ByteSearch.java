package dev.sluice.storage.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for a byte, eight at a time. */
final class ByteSearch {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private ByteSearch() {}

    /** Where a byte stands first within a range, or the range's end. */
    static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        long pattern = (wanted & 0xffL) * ONES;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long different = (long) WORD.get(bytes, at) ^ pattern;
            // The lowest bit that is set belongs to the first byte that is zero; higher ones may be wrong.
            long same = (different - ONES) & ~different & HIGHS;
            if (same != 0) {
                return at + (Long.numberOfTrailingZeros(same) >>> 3);
            }
        }
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
