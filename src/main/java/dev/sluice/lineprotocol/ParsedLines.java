package dev.sluice.lineprotocol;

import dev.sluice.model.PointBatch;
import org.jspecify.annotations.Nullable;

/**
 * What a body of line protocol holds.
 *
 * @param points the lines that are points, in order
 * @param failures InfluxDB's texts for the lines that are not, joined by line feeds; null when there are none
 */
public record ParsedLines(PointBatch points, @Nullable String failures) {}
