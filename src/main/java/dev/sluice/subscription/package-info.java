/**
 * Subscriptions: what is written to a retention policy is sent on to the destinations it names, over HTTP or UDP. Sending
 * happens beside the write and never changes its outcome; what cannot be sent is counted and dropped, as in InfluxDB 1.x.
 */
@NullMarked
package dev.sluice.subscription;

import org.jspecify.annotations.NullMarked;
