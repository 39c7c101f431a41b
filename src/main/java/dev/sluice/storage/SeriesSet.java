package dev.sluice.storage;

import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** A set of series numbers of one database. Immutable; iteration is in ascending order of number. */
public final class SeriesSet {

    /** No series. */
    public static final SeriesSet EMPTY = new SeriesSet(new RoaringBitmap());

    private final RoaringBitmap bitmap;

    private SeriesSet(RoaringBitmap bitmap) {
        this.bitmap = bitmap;
    }

    /** A set over a bitmap that the caller does not change any more. */
    public static SeriesSet wrapWithoutCopy(RoaringBitmap bitmap) {
        return new SeriesSet(bitmap);
    }

    public static SeriesSet of(int... series) {
        return new SeriesSet(RoaringBitmap.bitmapOf(series));
    }

    public boolean isEmpty() {
        return bitmap.isEmpty();
    }

    public int size() {
        return bitmap.getCardinality();
    }

    public boolean contains(int series) {
        return bitmap.contains(series);
    }

    public SeriesSet and(SeriesSet other) {
        return new SeriesSet(RoaringBitmap.and(bitmap, other.bitmap));
    }

    /** Whether a series is in both. */
    public boolean intersects(SeriesSet other) {
        return RoaringBitmap.intersects(bitmap, other.bitmap);
    }

    public SeriesSet or(SeriesSet other) {
        return new SeriesSet(RoaringBitmap.or(bitmap, other.bitmap));
    }

    public SeriesSet andNot(SeriesSet other) {
        return new SeriesSet(RoaringBitmap.andNot(bitmap, other.bitmap));
    }

    public PrimitiveIterator.OfInt iterator() {
        return bitmap.stream().iterator();
    }

    public int[] toArray() {
        return bitmap.toArray();
    }

    /** The bitmap behind this set, not to be changed: for stores. */
    public RoaringBitmap bitmap() {
        return bitmap;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SeriesSet that && bitmap.equals(that.bitmap);
    }

    @Override
    public int hashCode() {
        return bitmap.hashCode();
    }

    @Override
    public String toString() {
        return bitmap.toString();
    }
}
