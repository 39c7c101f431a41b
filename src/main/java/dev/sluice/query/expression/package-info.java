/** Expressions of a SELECT, row by row: types, values and conditions, by InfluxQL's rules for mixed types and absent values. */
@NullMarked
package dev.sluice.query.expression;

import org.jspecify.annotations.NullMarked;
