/**
 * How points go away by themselves: shard groups past their policy's duration, and points of things that have left the
 * catalogue. Also the shard groups that are made ahead of time.
 */
@NullMarked
package dev.sluice.retention;

import org.jspecify.annotations.NullMarked;
