/** EXPLAIN and EXPLAIN ANALYZE: says in InfluxDB's form what a planned statement will go through, or went through. */
@NullMarked
package dev.sluice.query.explain;

import org.jspecify.annotations.NullMarked;
