package dev.sluice.query.source;

import dev.sluice.model.FieldType;
import dev.sluice.query.kernel.TimeBuckets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the result of an inner statement is to the statement around it.
 *
 * @param measurement name of the first thing the statement reads; stands for the result when it is empty
 * @param columns names of the statement's columns but time, in order
 * @param fields types of those that can have values
 * @param tagColumns those that show tags
 * @param dimensions tags that every row has, if only as the empty string
 * @param buckets of the rows, whose times may lie before the range that their points are in; null without
 * @param leavesRange whether rows may lie behind the range on purpose, as forecasts do
 * @param keepsEmptyRows whether rows count without any value in a wanted column: those of statements with calls do
 * @param timeOrdered whether the rows of all series come in order of time; else one series after the other
 */
public record ResultShape(
        String measurement,
        List<String> columns,
        Map<String, FieldType> fields,
        Set<String> tagColumns,
        Set<String> dimensions,
        @Nullable TimeBuckets buckets,
        boolean leavesRange,
        boolean keepsEmptyRows,
        boolean timeOrdered) {}
