package dev.sluice.storage;

/** Counts what a scan decodes, by field of its request. Not thread-safe. */
public final class DecodedColumns {

    private final long[] blocks;
    private final long[] bytes;

    /** Nothing yet. */
    public DecodedColumns(int fields) {
        this.blocks = new long[fields];
        this.bytes = new long[fields];
    }

    /** Notes that the field's column of a block was decoded. */
    public void add(int field, long sizeInBytes) {
        blocks[field]++;
        bytes[field] += sizeInBytes;
    }

    /** Columns of blocks that were decoded. */
    public long blocks(int field) {
        return blocks[field];
    }

    /** What they take in their blocks; the times that all columns of a block share count with the first that is decoded. */
    public long bytes(int field) {
        return bytes[field];
    }
}
