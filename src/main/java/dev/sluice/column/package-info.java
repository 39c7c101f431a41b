/**
 * Columns of values and batches of them, the currency between store, query engine and encoders. Columns are immutable
 * values over primitive arrays; {@code region} gives a view, {@code copyRegion} a copy. No Spring, no storage format.
 */
@NullMarked
package dev.sluice.column;

import org.jspecify.annotations.NullMarked;
