/**
 * The syntax tree: immutable records whose {@code toString()} is the canonical text that errors, warnings and
 * {@code SHOW QUERIES} print (passwords redacted).
 */
@NullMarked
package dev.sluice.influxql.tree;

import org.jspecify.annotations.NullMarked;
