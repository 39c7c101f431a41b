/**
 * Sends the same generated requests to the packaged service and to an installed influxd, and compares the answers. A seed
 * and a number give an item, so that any difference can be asked for again. Nothing here knows the service's classes:
 * both sides are seen over HTTP only.
 */
@NullMarked
package dev.sluice.differential;

import org.jspecify.annotations.NullMarked;
