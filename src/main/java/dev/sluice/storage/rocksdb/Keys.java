package dev.sluice.storage.rocksdb;

import dev.sluice.storage.codec.ByteReader;
import dev.sluice.storage.codec.ByteWriter;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the column families. Numbers are big-endian, so that keys sort as numbers do; times have their sign bit
 * flipped for the same reason.
 *
 * <pre>
 * meta    : 'm' shard:u64                               value: empty; the blocks of the shard are merged
 *           'r'                                         value: empty; see {@link IndexRepair}
 * log     : sequence:u64
 * series  : database:u64 series:u32                       value: canonical key; empty when it was lost
 * schema  : database:u64 shard:u64 length:varint measurement field     value: id:varint type:u8; a field whose name was lost is
 *                                                                      0xff and its id
 * shards  : database:u64 shard:u64 series:u32             value: empty; the series has points in the shard
 * blocks  : shard:u64 series:u32 first:u64 last:u64       value: {@link dev.sluice.storage.codec.Block}
 * </pre>
 */
final class Keys {

    /** How long the keys of series and of memberships are. */
    static final int SERIES_LENGTH = 12;

    static final int MEMBER_LENGTH = 20;

    /** How long the keys of blocks are. */
    static final int BLOCK_LENGTH = 28;

    private static final long SIGN = Long.MIN_VALUE;

    private Keys() {}

    static byte[] number(long value) {
        ByteWriter key = new ByteWriter(8);
        key.writeLong(value);
        return key.toByteArray();
    }

    /** The mark of a shard whose blocks are merged. */
    static byte[] merged(long shard) {
        ByteWriter key = new ByteWriter(9);
        key.writeByte('m');
        key.writeLong(shard);
        return key.toByteArray();
    }

    static byte[] series(long database, int series) {
        ByteWriter key = new ByteWriter(12);
        key.writeLong(database);
        key.writeInt(series);
        return key.toByteArray();
    }

    /** The database of a key of a series, a schema or a membership. */
    static long database(byte[] key) {
        return new ByteReader(key, 0).readLong();
    }

    /** The series of a key of a series. */
    static int series(byte[] key) {
        return new ByteReader(key, 8).readInt();
    }

    /** The shard of a key of a membership. */
    static long memberShard(byte[] key) {
        return new ByteReader(key, 8).readLong();
    }

    /** The series of a key of a membership. */
    static int memberSeries(byte[] key) {
        return new ByteReader(key, 16).readInt();
    }

    static byte[] schema(long database, long shard, String measurement, String field) {
        ByteWriter key = new ByteWriter(64);
        byte[] prefix = schemaPrefix(database, shard, measurement);
        key.writeBytes(prefix, 0, prefix.length);
        byte[] name = field.getBytes(StandardCharsets.UTF_8);
        key.writeBytes(name, 0, name.length);
        return key.toByteArray();
    }

    static byte[] schemaPrefix(long database, long shard, String measurement) {
        ByteWriter key = new ByteWriter(64);
        key.writeLong(database);
        key.writeLong(shard);
        byte[] name = measurement.getBytes(StandardCharsets.UTF_8);
        key.writeSlice(name, 0, name.length);
        return key.toByteArray();
    }

    static byte[] shardMember(long database, long shard, int series) {
        ByteWriter key = new ByteWriter(20);
        key.writeLong(database);
        key.writeLong(shard);
        key.writeInt(series);
        return key.toByteArray();
    }

    /** Prefix of what a shard has in the column families of series memberships and of schemas. */
    static byte[] shard(long database, long shard) {
        ByteWriter key = new ByteWriter(16);
        key.writeLong(database);
        key.writeLong(shard);
        return key.toByteArray();
    }

    static byte[] block(long shard, int series, long first, long last) {
        ByteWriter key = new ByteWriter(BLOCK_LENGTH);
        key.writeLong(shard);
        key.writeInt(series);
        key.writeLong(first ^ SIGN);
        key.writeLong(last ^ SIGN);
        return key.toByteArray();
    }

    static byte[] blockPrefix(long shard, int series) {
        ByteWriter key = new ByteWriter(12);
        key.writeLong(shard);
        key.writeInt(series);
        return key.toByteArray();
    }

    static long blockShard(byte[] key) {
        return new ByteReader(key, 0).readLong();
    }

    static int blockSeries(byte[] key) {
        return new ByteReader(key, 8).readInt();
    }

    static long blockFirst(byte[] key) {
        return new ByteReader(key, 12).readLong() ^ SIGN;
    }

    static long blockLast(byte[] key) {
        return new ByteReader(key, 20).readLong() ^ SIGN;
    }

    /** The smallest key behind every key with the prefix. */
    static byte[] after(byte[] prefix) {
        byte[] next = prefix.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            if (++next[i] != 0) {
                return next;
            }
        }
        throw new IllegalArgumentException("no key is behind all keys");
    }
}
