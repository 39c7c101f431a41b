package dev.sluice.model;

/**
 * Identity of a shard: the points of one database and retention policy inside one shard-group window. Never used twice.
 *
 * @param value positive; the number {@code SHOW SHARDS} prints
 */
public record ShardId(long value) implements Comparable<ShardId> {

    public ShardId {
        if (value <= 0) {
            throw new IllegalArgumentException("shard id must be positive: " + value);
        }
    }

    @Override
    public int compareTo(ShardId other) {
        return Long.compare(value, other.value);
    }
}
