package dev.sluice.storage;

/**
 * Figures of one shard, for monitoring.
 *
 * @param seriesCount series that have points in it
 * @param fieldCount fields that its measurements have
 * @param diskSizeInBytes bytes its blocks take in files; an estimate, without points that are not in blocks yet
 */
public record ShardStatistics(long seriesCount, long fieldCount, long diskSizeInBytes) {}
