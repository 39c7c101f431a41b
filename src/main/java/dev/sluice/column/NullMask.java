package dev.sluice.column;

import org.jspecify.annotations.Nullable;

/** Bit arithmetic on the masks that columns carry: bit {@code i} set means row {@code i} is null; no mask, no nulls. */
public final class NullMask {

    private NullMask() {}

    /** An empty mask for the given number of rows. */
    public static long[] allocate(int rows) {
        return new long[(rows + 63) >>> 6];
    }

    public static void set(long[] mask, int row) {
        mask[row >>> 6] |= 1L << row;
    }

    public static boolean isSet(long @Nullable [] mask, int row) {
        return mask != null && (mask[row >>> 6] & (1L << row)) != 0;
    }

    /** The mask of some rows in the given order; null when none of them is null. */
    static long @Nullable [] copyRows(long @Nullable [] mask, int offset, int[] rows, int count) {
        if (mask == null) {
            return null;
        }
        long[] picked = null;
        for (int i = 0; i < count; i++) {
            if (isSet(mask, offset + rows[i])) {
                picked = picked == null ? allocate(count) : picked;
                set(picked, i);
            }
        }
        return picked;
    }
}
