package dev.sluice.storage;

/**
 * What a scan would go through, found without reading values.
 *
 * @param cachedValues values that are in memory and not in blocks yet
 * @param files that hold the blocks, counted for each series
 * @param blocks within the range
 * @param blockBytes what the wanted columns take in them, with their times
 */
public record ScanExtent(long cachedValues, long files, long blocks, long blockBytes) {

    public static final ScanExtent NOTHING = new ScanExtent(0, 0, 0, 0);

    /** Both together. */
    public ScanExtent plus(ScanExtent other) {
        return new ScanExtent(
                cachedValues + other.cachedValues,
                files + other.files,
                blocks + other.blocks,
                blockBytes + other.blockBytes);
    }
}
