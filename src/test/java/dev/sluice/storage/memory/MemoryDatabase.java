package dev.sluice.storage.memory;

import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import dev.sluice.model.TagSet;
import dev.sluice.storage.SeriesSelector;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The series and shards of one database. */
final class MemoryDatabase {

    private final Map<SeriesKey, Integer> numbers = new HashMap<>();
    private int nextNumber;

    /** Series that have points, by number. */
    final TreeMap<Integer, SeriesKey> series = new TreeMap<>();

    /** Every series there has been, by number. */
    final Map<Integer, SeriesKey> known = new HashMap<>();

    final TreeMap<ShardId, MemoryShard> shards = new TreeMap<>();

    int number(SeriesKey key) {
        return numbers.computeIfAbsent(key, fresh -> {
            series.put(nextNumber, key);
            known.put(nextNumber, key);
            return nextNumber++;
        });
    }

    /** Forgets the series that have no points in any shard. */
    void forgetEmptySeries() {
        shards.values().forEach(shard -> shard.rows.values().removeIf(Map::isEmpty));
        Set<Integer> present = shards.values().stream()
                .flatMap(shard -> shard.rows.keySet().stream())
                .collect(Collectors.toSet());
        series.values().removeIf(key -> !present.contains(numbers.get(key)));
        numbers.values().retainAll(present);
    }

    static boolean matches(TagSet tags, SeriesSelector selector) {
        if (selector instanceof SeriesSelector.TagEquals equals) {
            return tags.valueOrEmpty(equals.key()).equals(equals.value());
        }
        if (selector instanceof SeriesSelector.TagMatches matches) {
            return matches.condition().test(tags.valueOrEmpty(matches.key()));
        }
        if (selector instanceof SeriesSelector.And and) {
            return and.operands().stream().allMatch(operand -> matches(tags, operand));
        }
        if (selector instanceof SeriesSelector.Or or) {
            return or.operands().stream().anyMatch(operand -> matches(tags, operand));
        }
        return !matches(tags, ((SeriesSelector.Not) selector).operand());
    }
}
