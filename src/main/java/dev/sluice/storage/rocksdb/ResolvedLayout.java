package dev.sluice.storage.rocksdb;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a layout of a batch is in one measurement and shard: the fields it names there, or why its points are refused. */
final class ResolvedLayout {

    final ShardSchemas.Fields fields;
    private final @Nullable FieldLayout layout;

    /** InfluxDB's reason; null when its points are taken. */
    final @Nullable String refusal;

    /** For each field, which of the batch's columns it is; null when it is the one in the same place. */
    private final int @Nullable [] columns;

    /** Its number in the log entry of the batch; -1 until it has one. */
    int logNumber = -1;

    private long[] gathered = new long[0];

    private ResolvedLayout(
            ShardSchemas.Fields fields,
            @Nullable FieldLayout layout,
            @Nullable String refusal,
            int @Nullable [] columns) {
        this.fields = fields;
        this.layout = layout;
        this.refusal = refusal;
        this.columns = columns;
    }

    static ResolvedLayout accepted(ShardSchemas.Fields fields, FieldLayout layout, int @Nullable [] columns) {
        return new ResolvedLayout(fields, layout, null, columns);
    }

    static ResolvedLayout refused(ShardSchemas.Fields fields, String reason) {
        return new ResolvedLayout(fields, null, reason, null);
    }

    /** The fields; only when they are not refused. */
    FieldLayout layout() {
        return Objects.requireNonNull(layout);
    }

    /** Whether a point's values do not stand one behind the other in the batch. */
    boolean hasGaps() {
        return columns != null;
    }

    /** The values of a point without gaps; valid until the next call. */
    long[] gather(long[] values, int from) {
        int[] places = Objects.requireNonNull(columns);
        if (gathered.length == 0) {
            gathered = new long[places.length];
        }
        for (int i = 0; i < places.length; i++) {
            gathered[i] = values[from + places[i]];
        }
        return gathered;
    }
}
