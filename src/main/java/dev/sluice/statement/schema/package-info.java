/**
 * Statements about which series exist: SHOW MEASUREMENTS, SERIES, TAG KEYS, TAG VALUES, FIELD KEYS and their cardinalities,
 * and the removal of points and series. Answers come from the series index, never from points.
 */
@NullMarked
package dev.sluice.statement.schema;

import org.jspecify.annotations.NullMarked;
