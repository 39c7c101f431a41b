/**
 * Runs statements: one handler per family, the registry of running queries, and authorization before anything runs.
 * Results go to a sink as they come. Knows nothing of HTTP.
 */
@NullMarked
package dev.sluice.statement;

import org.jspecify.annotations.NullMarked;
