/**
 * Where points live. The contract between those who write and read points and those who keep them: series, columns and
 * time ranges, no InfluxQL and no HTTP. Sub-packages hold the block format and the stores.
 *
 * <p>Points of one series and timestamp merge by field, the later append of a field winning, wherever they are kept.
 */
@NullMarked
package dev.sluice.storage;

import org.jspecify.annotations.NullMarked;
