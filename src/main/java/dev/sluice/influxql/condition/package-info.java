/**
 * What a WHERE clause says about time and what remains of it. Shared by every statement that has one.
 */
@NullMarked
package dev.sluice.influxql.condition;

import org.jspecify.annotations.NullMarked;
