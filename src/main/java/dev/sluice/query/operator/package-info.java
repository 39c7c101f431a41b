/** What carries a plan out: grouping of series, raw rows, aggregates in buckets, fill, and the limits on rows. */
@NullMarked
package dev.sluice.query.operator;

import org.jspecify.annotations.NullMarked;
