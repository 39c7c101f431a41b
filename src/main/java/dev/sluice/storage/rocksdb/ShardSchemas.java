package dev.sluice.storage.rocksdb;

import dev.sluice.model.FieldType;
import dev.sluice.storage.MeasurementSchema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The fields of every measurement in every shard, with the numbers blocks use for them. Thread-safe. */
final class ShardSchemas {

    private final Map<Long, Map<String, Fields>> shards = new ConcurrentHashMap<>();
    private final Map<Long, Long> databases = new ConcurrentHashMap<>();

    /** The fields of a measurement in a shard, entered when there are none yet. */
    Fields fields(long database, long shard, String measurement) {
        databases.putIfAbsent(shard, database);
        return shards.computeIfAbsent(shard, fresh -> new ConcurrentHashMap<>())
                .computeIfAbsent(measurement, fresh -> new Fields());
    }

    @Nullable
    Fields find(long shard, String measurement) {
        return shards.getOrDefault(shard, Map.of()).get(measurement);
    }

    void dropMeasurement(String measurement, Iterable<Long> ofShards) {
        ofShards.forEach(shard -> shards.getOrDefault(shard, Map.of()).remove(measurement));
    }

    /** The shards in which some measurement has fields, of those that were entered for a database. */
    List<Long> shards(long database) {
        return databases.entrySet().stream()
                .filter(entry -> entry.getValue() == database)
                .map(Map.Entry::getKey)
                .toList();
    }

    void dropShard(long shard) {
        databases.remove(shard);
        shards.remove(shard);
    }

    /** How many fields the measurements of a shard have together. */
    long fieldCount(long shard) {
        return shards.getOrDefault(shard, Map.of()).values().stream()
                .mapToLong(Fields::size)
                .sum();
    }

    /** A field: its number within measurement and shard, and its type. */
    record Field(int id, String name, FieldType type) {}

    /** The fields of one measurement in one shard. Thread-safe. */
    static final class Fields {

        private static final int MAX_LAYOUTS = 32;

        private final Map<String, Field> byName = new HashMap<>();
        private volatile Field[] byId = new Field[0];
        private volatile byte[][] names = new byte[0][];
        private volatile int durable;
        private volatile FieldLayout[] layouts = new FieldLayout[0];

        /** The field with the given name, or null. Cheap when fields come in the order of their numbers. */
        @Nullable
        Field find(byte[] bytes, int offset, int length, int hint) {
            byte[][] known = names;
            if (hint < known.length
                    && Arrays.equals(known[hint], 0, known[hint].length, bytes, offset, offset + length)) {
                return byId[hint];
            }
            for (int id = 0; id < known.length; id++) {
                if (Arrays.equals(known[id], 0, known[id].length, bytes, offset, offset + length)) {
                    return byId[id];
                }
            }
            return null;
        }

        @Nullable
        Field find(String name) {
            synchronized (this) {
                return byName.get(name);
            }
        }

        /** The field with the given name, entered with the given type when it is new. */
        synchronized Field add(String name, FieldType type) {
            Field field = byName.get(name);
            if (field == null) {
                field = new Field(byId.length, name, type);
                enter(field);
            }
            return field;
        }

        /** Enters a field under the number it had before a restart. */
        synchronized void restore(Field field) {
            enter(field);
            durable = byId.length;
        }

        /** Keeps the number of a field whose name is lost from being given to another. */
        synchronized void restoreNameless(int id, FieldType type) {
            enterNumber(new Field(id, "", type), new byte[] {0});
            durable = byId.length;
        }

        private void enter(Field field) {
            byName.put(field.name(), field);
            enterNumber(field, field.name().getBytes(StandardCharsets.UTF_8));
        }

        private void enterNumber(Field field, byte[] name) {
            int size = Math.max(byId.length, field.id() + 1);
            Field[] fields = Arrays.copyOf(byId, size);
            byte[][] bytes = Arrays.copyOf(names, size);
            for (int i = byId.length; i < size; i++) {
                bytes[i] = new byte[] {0};
            }
            fields[field.id()] = field;
            bytes[field.id()] = name;
            byId = fields;
            names = bytes;
        }

        /** A layout of these fields: one that is known already when there is, as rows of one layout stand together. */
        FieldLayout layout(FieldLayout wanted) {
            FieldLayout[] known = layouts;
            for (FieldLayout each : known) {
                if (each.isSameAs(wanted)) {
                    return each;
                }
            }
            return known.length >= MAX_LAYOUTS ? wanted : addLayout(wanted);
        }

        private synchronized FieldLayout addLayout(FieldLayout wanted) {
            FieldLayout[] known = layouts;
            for (FieldLayout each : known) {
                if (each.isSameAs(wanted)) {
                    return each;
                }
            }
            FieldLayout[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = wanted;
            layouts = more;
            return wanted;
        }

        Field get(int id) {
            return byId[id];
        }

        int size() {
            return byId.length;
        }

        /** The fields no durable write has told of yet. */
        List<Field> notDurable() {
            Field[] all = byId;
            return durable >= all.length ? List.of() : List.of(Arrays.copyOfRange(all, durable, all.length));
        }

        synchronized void markDurable(int count) {
            durable = Math.max(durable, count);
        }

        synchronized MeasurementSchema schema() {
            Map<String, FieldType> types = new HashMap<>();
            byName.forEach((name, field) -> types.put(name, field.type()));
            return new MeasurementSchema(types);
        }
    }
}
