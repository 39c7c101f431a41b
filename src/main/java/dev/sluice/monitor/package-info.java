/**
 * What the service knows of itself: statistics, which are numbers that change, and diagnostics, which say how it is built
 * and configured. Whoever has figures offers them as a source; this package gathers them in InfluxDB's order and form and
 * knows neither who made them nor who asks. SHOW STATS, SHOW DIAGNOSTICS, {@code /debug/vars} and the database
 * {@code _internal} read from here.
 */
@NullMarked
package dev.sluice.monitor;

import org.jspecify.annotations.NullMarked;
