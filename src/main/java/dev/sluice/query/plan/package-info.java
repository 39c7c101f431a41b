/**
 * From a SELECT's syntax tree to a plan: names are resolved against what exists, wildcards become fields and tags, columns
 * get their names, and what InfluxQL does not allow is refused with InfluxDB's texts.
 */
@NullMarked
package dev.sluice.query.plan;

import org.jspecify.annotations.NullMarked;
