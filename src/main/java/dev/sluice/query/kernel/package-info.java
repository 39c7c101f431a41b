/**
 * Loops over primitive arrays and the small structures they need: builders of columns, buckets of time, gathering of
 * rows, comparison and arithmetic. Knows columns and types; knows nothing of syntax trees, plans or storage.
 */
@NullMarked
package dev.sluice.query.kernel;

import org.jspecify.annotations.NullMarked;
