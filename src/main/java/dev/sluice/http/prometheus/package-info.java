/**
 * Prometheus' remote write and remote read, version 1: snappy-compressed protocol buffers to points, to statements and
 * back. Field numbers are those of Prometheus' {@code prompb/remote.proto} and {@code types.proto}; what series they become
 * is InfluxDB's ("Prometheus endpoints support", 1.x). Knows nothing of requests and callers.
 */
@NullMarked
package dev.sluice.http.prometheus;

import org.jspecify.annotations.NullMarked;
