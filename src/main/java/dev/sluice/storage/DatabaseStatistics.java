package dev.sluice.storage;

/**
 * Figures of one database, for monitoring.
 *
 * @param measurementCount measurements that have points
 * @param seriesCount series that have points
 */
public record DatabaseStatistics(long measurementCount, long seriesCount) {}
