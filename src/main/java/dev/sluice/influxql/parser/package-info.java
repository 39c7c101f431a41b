/**
 * The scanner and the recursive-descent parser behind {@link dev.sluice.influxql.InfluxqlParser}. Written by hand,
 * because error texts with positions are part of the API and because a slash is a division or a regular expression
 * depending on where it stands.
 */
@NullMarked
package dev.sluice.influxql.parser;

import org.jspecify.annotations.NullMarked;
