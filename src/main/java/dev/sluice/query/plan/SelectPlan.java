package dev.sluice.query.plan;

import dev.sluice.influxql.tree.Call;
import dev.sluice.influxql.tree.Expression;
import dev.sluice.influxql.tree.Fill;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.query.kernel.TimeBuckets;
import dev.sluice.query.source.RowSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT ready to run.
 *
 * @param sources where rows come from
 * @param fields every field of the sources with its type
 * @param range of time
 * @param rangeStarts whether the statement says where the range begins
 * @param condition on fields and tags; null for none
 * @param dimensions keys of the tags that series are grouped by, sorted
 * @param buckets of GROUP BY time(); null without
 * @param timeName what the first column is called
 * @param outputs the other columns
 * @param calls every different call of the outputs; none for raw rows
 * @param fill what becomes of empty buckets
 * @param ascending whether times ascend
 * @param limit most rows of a series; 0 for all
 * @param offset rows of a series to leave out first
 * @param seriesLimit most groups of a measurement; 0 for all
 * @param seriesOffset groups of a measurement to leave out first
 * @param zone times are shown in
 */
public record SelectPlan(
        List<RowSource> sources,
        Map<String, FieldType> fields,
        TimeRange range,
        boolean rangeStarts,
        @Nullable Expression condition,
        List<String> dimensions,
        @Nullable TimeBuckets buckets,
        String timeName,
        List<Output> outputs,
        List<Call> calls,
        Fill fill,
        boolean ascending,
        int limit,
        int offset,
        int seriesLimit,
        int seriesOffset,
        ZoneId zone) {

    /** The time of results that are not of a bucket: the beginning of the range, or the epoch where it has none. */
    public long unbucketedTime() {
        return rangeStarts ? range.minNanos() : 0;
    }

    /** The same over a part of the range. */
    public SelectPlan within(TimeRange part) {
        return new SelectPlan(
                sources,
                fields,
                part,
                rangeStarts,
                condition,
                dimensions,
                buckets,
                timeName,
                outputs,
                calls,
                fill,
                ascending,
                limit,
                offset,
                seriesLimit,
                seriesOffset,
                zone);
    }

    /** The range and so many buckets before it, in the order of the result; only for plans with buckets. */
    public TimeRange rangeWithBucketsBefore(int count) {
        return buckets == null ? range : widen(range, count, buckets.intervalNanos(), rangeStarts, ascending);
    }

    static TimeRange widen(TimeRange range, int buckets, long interval, boolean rangeStarts, boolean ascending) {
        if (buckets == 0 || (ascending && !rangeStarts)) {
            return range;
        }
        long width = Math.multiplyHigh(interval, buckets) == 0 ? interval * buckets : Long.MAX_VALUE;
        if (width < 0) {
            width = Long.MAX_VALUE;
        }
        if (ascending) {
            long least = TimeRange.MIN_TIMESTAMP;
            return new TimeRange(range.minNanos() < least + width ? least : range.minNanos() - width, range.maxNanos());
        }
        long most = TimeRange.MAX_TIMESTAMP;
        return new TimeRange(range.minNanos(), range.maxNanos() > most - width ? most : range.maxNanos() + width);
    }
}
