/**
 * The embedded store: points in a RocksDB of their own, recent ones in memory too. The only package that knows RocksDB.
 *
 * <p>A batch of points is durable once its entry in the log column family is; it then joins the head in memory. A flush
 * turns the head into blocks and drops the log entries in one atomic write. Blocks of one series never overlap in time,
 * because a flush merges what would; so what a reader must merge is blocks with the head, and nothing else.
 */
@NullMarked
package dev.sluice.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
