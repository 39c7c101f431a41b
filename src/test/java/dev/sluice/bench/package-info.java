/**
 * The benchmark: host metrics in the shape of TSBS's cpu-only set, loaded into servers that speak InfluxDB 1.x's {@code
 * /write} and asked TSBS's questions, in turn and in one run. Needs the JDK alone; started by {@code bench/run}.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
