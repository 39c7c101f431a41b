package dev.sluice.storage;

import dev.sluice.model.ShardId;
import java.util.List;

/**
 * What an append left out.
 *
 * @param rejections one entry for each shard that left points out, in the order in which the batch first names the
 *     shards; empty when everything was stored
 */
public record AppendOutcome(List<Rejection> rejections) {

    /** Everything was stored. */
    public static final AppendOutcome COMPLETE = new AppendOutcome(List.of());

    public AppendOutcome {
        rejections = List.copyOf(rejections);
    }

    /**
     * The points one shard left out.
     *
     * @param shard where they would have gone
     * @param reason why the first of them was left out, in InfluxDB's words (for example {@code field type conflict:
     *     input field "v" on measurement "m" is type string, already exists as type float})
     * @param pointCount how many
     */
    public record Rejection(ShardId shard, String reason, int pointCount) {}
}
