/**
 * The HTTP API of InfluxDB 1.x: routes, controllers, parameters, errors, headers, CORS, compression and the access log,
 * written straight to the response so that bytes are those of InfluxDB's own server. Where a servlet container differs
 * from Go's server, Go's behaviour wins. Runs statements and writes points through interfaces; knows no storage.
 */
@NullMarked
package dev.sluice.http;

import org.jspecify.annotations.NullMarked;
