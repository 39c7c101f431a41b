/**
 * From parsed points to stored points: finds the target, the shards and the policy's bounds, appends, and reports what
 * was left out in InfluxDB's words.
 */
@NullMarked
package dev.sluice.ingest;

import org.jspecify.annotations.NullMarked;
