package dev.sluice.storage.rocksdb;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Points that are durable in the log but not in blocks yet, by shard and series. Thread-safe. */
final class Head {

    private final Map<Long, Shard> shards = new ConcurrentHashMap<>();
    private final AtomicLong sizeInBytes = new AtomicLong();

    Shard shard(long shard) {
        return shards.computeIfAbsent(shard, fresh -> new Shard());
    }

    @Nullable
    HeadSeries find(long shard, int series) {
        Shard found = shards.get(shard);
        return found == null ? null : found.find(series);
    }

    Map<Long, Shard> shards() {
        return shards;
    }

    boolean isEmpty() {
        return shards.isEmpty();
    }

    void grow(long bytes) {
        sizeInBytes.addAndGet(bytes);
    }

    long sizeInBytes() {
        return sizeInBytes.get();
    }

    /** The series of one shard, found by number without hashing. */
    static final class Shard {

        private volatile HeadSeries[] series = new HeadSeries[16];

        @Nullable
        HeadSeries find(int number) {
            HeadSeries[] all = series;
            return number < all.length ? all[number] : null;
        }

        HeadSeries find(int number, IntFunction<HeadSeries> create) {
            HeadSeries found = find(number);
            return found != null ? found : add(number, create);
        }

        private synchronized HeadSeries add(int number, IntFunction<HeadSeries> create) {
            HeadSeries found = find(number);
            if (found == null) {
                found = create.apply(number);
                HeadSeries[] all = number < series.length ? series : Arrays.copyOf(series, number + number / 2 + 1);
                all[number] = found;
                // The write to the volatile field publishes the element as well.
                series = all;
            }
            return found;
        }

        HeadSeries[] all() {
            return series;
        }
    }
}
