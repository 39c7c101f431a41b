/**
 * Which series exist: names to numbers and tags to sets of series, in memory. Knows nothing of points or of how series
 * are made durable.
 */
@NullMarked
package dev.sluice.storage.index;

import org.jspecify.annotations.NullMarked;
