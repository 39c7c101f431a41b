package dev.sluice.ingest;

import dev.sluice.model.ShardId;
import dev.sluice.storage.AppendOutcome;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was written to each shard since the start. Thread-safe; a write takes no lock. */
public final class ShardWrites {

    private final Map<Long, Counters> shards = new ConcurrentHashMap<>();

    /**
     * Figures of one shard.
     *
     * @param requests writes that had points for it
     * @param failedRequests those that stored nothing
     * @param points points stored
     * @param droppedPoints points left out, as their fields have other types or series would be too many
     * @param failedPoints points of the writes that failed
     */
    public record Figures(long requests, long failedRequests, long points, long droppedPoints, long failedPoints) {

        static final Figures NONE = new Figures(0, 0, 0, 0, 0);
    }

    private static final class Counters {
        private final LongAdder requests = new LongAdder();
        private final LongAdder failedRequests = new LongAdder();
        private final LongAdder points = new LongAdder();
        private final LongAdder droppedPoints = new LongAdder();
        private final LongAdder failedPoints = new LongAdder();
    }

    /** How the points of one batch are distributed. Belongs to one thread. */
    static final class Distribution {

        private long[] shards = new long[1];
        private int[] points = new int[1];
        private int count;

        /** Counts one point more for a shard; neighbours mostly have the same. */
        void add(long shard) {
            if (count == 0 || shards[count - 1] != shard) {
                if (count == shards.length) {
                    shards = Arrays.copyOf(shards, count * 2);
                    points = Arrays.copyOf(points, count * 2);
                }
                shards[count] = shard;
                points[count++] = 0;
            }
            points[count - 1]++;
        }
    }

    /** What was written to a shard; zeros when nothing was. */
    public Figures of(ShardId shard) {
        Counters counters = shards.get(shard.value());
        return counters == null
                ? Figures.NONE
                : new Figures(
                        counters.requests.sum(),
                        counters.failedRequests.sum(),
                        counters.points.sum(),
                        counters.droppedPoints.sum(),
                        counters.failedPoints.sum());
    }

    /** The shards of which there are figures; a copy. */
    public Set<ShardId> shards() {
        Set<ShardId> counted = new HashSet<>();
        shards.keySet().forEach(shard -> counted.add(new ShardId(shard)));
        return counted;
    }

    /** Drops the figures of shards that are gone. */
    public void forget(Set<ShardId> gone) {
        gone.forEach(shard -> shards.remove(shard.value()));
    }

    /** Notes a batch that was stored but for some points. */
    void stored(Distribution batch, List<AppendOutcome.Rejection> rejections) {
        for (int i = 0; i < batch.count; i++) {
            counters(batch, i).points.add(batch.points[i]);
        }
        for (AppendOutcome.Rejection rejection : rejections) {
            Counters counters = shards.computeIfAbsent(rejection.shard().value(), fresh -> new Counters());
            counters.points.add(-rejection.pointCount());
            counters.droppedPoints.add(rejection.pointCount());
        }
    }

    /** Notes a batch that could not be stored. */
    void failed(Distribution batch) {
        for (int i = 0; i < batch.count; i++) {
            Counters counters = counters(batch, i);
            counters.failedRequests.increment();
            counters.failedPoints.add(batch.points[i]);
        }
    }

    private Counters counters(Distribution batch, int index) {
        Counters counters = shards.computeIfAbsent(batch.shards[index], fresh -> new Counters());
        counters.requests.increment();
        return counters;
    }
}
