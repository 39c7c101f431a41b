package dev.sluice.storage.rocksdb;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the fields that the layouts of a batch name, and enters new ones. One instance serves one append. */
final class LayoutResolver {

    private final PointBatch points;

    /** For each layout, what it was in the measurement and shard for which it was asked last. */
    private final @Nullable ResolvedLayout[] latest;

    /** All of them, once a layout occurs in several measurements or shards. */
    private final Map<Place, ResolvedLayout> others = new HashMap<>();

    private record Place(int layout, ShardSchemas.Fields fields) {}

    LayoutResolver(PointBatch points) {
        this.points = points;
        this.latest = new ResolvedLayout[points.layoutCount()];
    }

    /**
     * What a layout is among some fields.
     *
     * @param measurement asked for when a message needs it
     */
    ResolvedLayout resolve(int layout, ShardSchemas.Fields fields, Supplier<String> measurement) {
        ResolvedLayout last = latest[layout];
        if (last != null) {
            if (last.fields == fields) {
                return last;
            }
            others.putIfAbsent(new Place(layout, last.fields), last);
        }
        ResolvedLayout resolved = others.get(new Place(layout, fields));
        if (resolved == null) {
            resolved = lookUp(layout, fields, measurement);
        }
        latest[layout] = resolved;
        return resolved;
    }

    private ResolvedLayout lookUp(int layout, ShardSchemas.Fields fields, Supplier<String> measurement) {
        int start = points.columnStart(layout);
        int size = points.columnEnd(layout) - start;
        int[] ids = new int[size];
        byte[] types = new byte[size];
        int[] places = new int[size];
        int visible = 0;
        boolean fresh = false;
        for (int i = 0; i < size; i++) {
            int column = start + i;
            byte type = points.columnTypeCode(column);
            if (type == PointBatch.HIDDEN) {
                continue;
            }
            ShardSchemas.Field known = fields.find(
                    points.arena(), points.columnNameOffset(column), points.columnNameLength(column), visible);
            if (known != null && known.type().code() != type) {
                return ResolvedLayout.refused(fields, conflict(column, known, measurement.get()));
            }
            fresh |= known == null;
            ids[visible] = known == null ? -1 : known.id();
            types[visible] = type;
            places[visible++] = i;
        }
        for (int i = 0; fresh && i < visible; i++) {
            int column = start + places[i];
            String name = points.text(points.columnNameOffset(column), points.columnNameLength(column));
            ShardSchemas.Field entered = fields.add(name, FieldType.ofCode(types[i]));
            if (entered.type().code() != types[i]) {
                // Entered by another batch meanwhile, or named twice by this point.
                return ResolvedLayout.refused(fields, conflict(column, entered, measurement.get()));
            }
            ids[i] = entered.id();
        }
        FieldLayout found = new FieldLayout(Arrays.copyOf(ids, visible), Arrays.copyOf(types, visible));
        return ResolvedLayout.accepted(
                fields, fields.layout(found), visible == size ? null : Arrays.copyOf(places, visible));
    }

    private String conflict(int column, ShardSchemas.Field known, String measurement) {
        return "field type conflict: input field \""
                + points.text(points.columnNameOffset(column), points.columnNameLength(column))
                + "\" on measurement \""
                + measurement
                + "\" is type "
                + FieldType.ofCode(points.columnTypeCode(column)).influxName()
                + ", already exists as type "
                + known.type().influxName();
    }
}
