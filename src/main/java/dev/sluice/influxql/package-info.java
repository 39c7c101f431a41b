/**
 * The language InfluxQL: text to syntax tree and back, with InfluxDB's error texts and positions, and the privileges
 * each statement needs. Knows nothing of users, storage or HTTP.
 */
@NullMarked
package dev.sluice.influxql;

import org.jspecify.annotations.NullMarked;
