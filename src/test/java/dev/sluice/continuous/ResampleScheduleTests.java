package dev.sluice.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResampleScheduleTests {

    private static final long SECOND = 1_000_000_000L;

    private static ResampleSchedule schedule(long interval, long offset, @Nullable Long every, @Nullable Long span) {
        return new ResampleSchedule(
                interval * SECOND,
                offset * SECOND,
                every == null ? null : every * SECOND,
                span == null ? null : span * SECOND,
                ZoneOffset.UTC);
    }

    /** What is read, in seconds, when the schedule is looked at in every second: {@code now: [start, end)}. */
    private static List<String> runs(ResampleSchedule schedule, long from, long to) {
        List<String> runs = new ArrayList<>();
        Long last = null;
        for (long now = from; now < to; now++) {
            OptionalLong due = schedule.due(last, now * SECOND);
            if (due.isPresent()) {
                last = schedule.runOf(now * SECOND);
                Optional<TimeRange> range = schedule.range(due.getAsLong(), now * SECOND);
                if (range.isPresent()) {
                    runs.add(now + ": [" + range.get().minNanos() / SECOND + ", "
                            + (range.get().maxNanos() + 1) / SECOND + ")");
                }
            }
        }
        return runs;
    }

    @Test
    void rangeWhenNothingIsSaidThenEachBucketOnceWhenItIsComplete() {
        assertThat(runs(schedule(10, 0, null, null), 103, 131))
                .containsExactly("110: [100, 110)", "120: [110, 120)", "130: [120, 130)");
    }

    @Test
    void rangeWhenOffsetThenBucketsAreShifted() {
        assertThat(runs(schedule(10, 3, null, null), 104, 124)).containsExactly("113: [103, 113)", "123: [113, 123)");
        assertThat(runs(schedule(10, -7, null, null), 104, 124)).containsExactly("113: [103, 113)", "123: [113, 123)");
    }

    @Test
    void rangeWhenEveryIsShorterThenTheRunningBucketIsComputedAgain() {
        assertThat(runs(schedule(10, 0, 5L, null), 103, 121))
                .containsExactly("105: [100, 110)", "110: [100, 110)", "115: [110, 120)", "120: [110, 120)");
    }

    @Test
    void rangeWhenEveryIsLongerThenAllBucketsSinceAreComputed() {
        assertThat(runs(schedule(10, 0, 30L, null), 103, 151))
                .containsExactly("103: [80, 100)", "120: [90, 120)", "150: [120, 150)");
    }

    @Test
    void rangeWhenForIsLongerThenOlderBucketsAreComputedAgain() {
        assertThat(runs(schedule(10, 0, null, 30L), 103, 121))
                .containsExactly("103: [80, 100)", "110: [80, 110)", "120: [90, 120)");
    }

    @Test
    void rangeWhenRunsWereMissedThenTheirBucketsAreComputedToo() {
        ResampleSchedule schedule = schedule(10, 0, null, null);
        long last = schedule.runOf(110 * SECOND);
        OptionalLong due = schedule.due(last, 155 * SECOND);
        assertThat(due).hasValue(120 * SECOND);
        assertThat(schedule.range(due.getAsLong(), 155 * SECOND))
                .contains(new TimeRange(110 * SECOND, 150 * SECOND - 1));
    }

    @Test
    void dueWhenClocksChangeThenMovesWithTheLocalDay() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        long day = 86_400 * SECOND;
        ResampleSchedule schedule = new ResampleSchedule(day, 0, null, null, berlin);
        long midnightBefore = nanos("2024-03-30T23:00:00Z");
        long midnightAfter = nanos("2024-03-31T22:00:00Z");
        assertThat(schedule.runOf(midnightBefore + 1)).isEqualTo(midnightBefore);
        assertThat(schedule.due(midnightBefore, midnightAfter - 1)).isEmpty();
        assertThat(schedule.due(midnightBefore, midnightAfter)).hasValue(midnightAfter);
        assertThat(schedule.range(midnightAfter, midnightAfter))
                .contains(new TimeRange(midnightBefore, midnightAfter - 1));
    }

    private static long nanos(String instant) {
        return Instant.parse(instant).getEpochSecond() * SECOND;
    }
}
