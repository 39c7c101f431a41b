package dev.sluice.storage.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Numbers of series, which come mostly in ascending order. A few are an array, because a bitmap takes some hundred bytes
 * however few it holds, and most tag values that are many have few series each. Not thread-safe.
 */
final class SeriesList {

    private static final int MOST_IN_ARRAY = 64;

    /** What the list itself and its array take before there is anything in them. */
    private static final int OBJECTS_BYTES = 40;

    private int[] few = new int[1];
    private int size;
    private @Nullable RoaringBitmap many;

    void add(int series) {
        if (many != null) {
            many.add(series);
            return;
        }
        int at = size > 0 && few[size - 1] < series ? -size - 1 : Arrays.binarySearch(few, 0, size, series);
        if (at >= 0) {
            return;
        }
        if (size == MOST_IN_ARRAY) {
            many = RoaringBitmap.bitmapOf(few);
            many.add(series);
            few = new int[0];
            size = 0;
            return;
        }
        int insert = -at - 1;
        int[] target = size < few.length ? few : Arrays.copyOf(few, size < 4 ? size + 1 : size * 2);
        System.arraycopy(few, insert, target, insert + 1, size - insert);
        target[insert] = series;
        few = target;
        size++;
    }

    void remove(int series) {
        if (many != null) {
            many.remove(series);
            return;
        }
        int at = Arrays.binarySearch(few, 0, size, series);
        if (at >= 0) {
            System.arraycopy(few, at + 1, few, at, size - at - 1);
            size--;
        }
    }

    /** Heap it takes, about. */
    long sizeInBytes() {
        return OBJECTS_BYTES + few.length * (long) Integer.BYTES + (many == null ? 0 : many.getLongSizeInBytes());
    }

    boolean isEmpty() {
        return many == null ? size == 0 : many.isEmpty();
    }

    void addTo(RoaringBitmap target) {
        if (many != null) {
            target.or(many);
        } else {
            target.addN(few, 0, size);
        }
    }

    void removeFrom(RoaringBitmap target) {
        if (many != null) {
            target.andNot(many);
        } else {
            for (int i = 0; i < size; i++) {
                target.remove(few[i]);
            }
        }
    }

    /** A bitmap of the caller's own. */
    RoaringBitmap toBitmap() {
        RoaringBitmap bitmap = new RoaringBitmap();
        addTo(bitmap);
        return bitmap;
    }
}
