package dev.sluice.storage.rocksdb;

import dev.sluice.storage.index.DatabaseIndex;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the store knows of one database in memory. A series, or its membership in a shard, that no durable write has told
 * of yet is pending; every append that uses it tells of it again until one has become durable, because appends can
 * become durable in another order than they began.
 */
final class DatabaseState {

    final DatabaseIndex index = new DatabaseIndex();
    final Set<Integer> pendingSeries = ConcurrentHashMap.newKeySet();
    final Set<ShardMember> pendingMembers = ConcurrentHashMap.newKeySet();

    /** A series in a shard. */
    record ShardMember(long shard, int series) {}
}
