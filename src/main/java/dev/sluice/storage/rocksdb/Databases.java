package dev.sluice.storage.rocksdb;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the store knows in memory of each database. Thread-safe. */
final class Databases {

    private final Map<Long, DatabaseState> states = new ConcurrentHashMap<>();

    /** The state of a database, empty when nothing is known of it yet. */
    DatabaseState state(long database) {
        return states.computeIfAbsent(database, fresh -> new DatabaseState());
    }

    List<Long> ids() {
        return List.copyOf(states.keySet());
    }

    Collection<DatabaseState> all() {
        return states.values();
    }

    void remove(long database) {
        states.remove(database);
    }
}
