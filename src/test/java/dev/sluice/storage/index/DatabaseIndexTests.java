package dev.sluice.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import dev.sluice.model.TagSet;
import dev.sluice.storage.SeriesSelector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class DatabaseIndexTests {

    private static final ShardId SHARD = new ShardId(1);

    private final DatabaseIndex index = new DatabaseIndex();

    private static byte[] bytes(SeriesKey key) {
        return key.canonical().getBytes(StandardCharsets.UTF_8);
    }

    private int add(String measurement, Map<String, String> tags) {
        int series = index.add(bytes(new SeriesKey(measurement, TagSet.of(tags))));
        index.addToShard(SHARD, series);
        return series;
    }

    private static String word(Random random) {
        String[] letters = {"a", "b", ",", "=", " ", "\"", "é", "x"};
        StringBuilder word = new StringBuilder("w");
        for (int i = random.nextInt(3); i >= 0; i--) {
            word.append(letters[random.nextInt(letters.length)]);
        }
        return word.append(random.nextInt(40)).toString();
    }

    @Test
    void seriesAreFoundByKeyAndTagsAsAModelSays() {
        Random random = new Random(1);
        Map<Integer, SeriesKey> model = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            Map<String, String> tags = new TreeMap<>();
            for (int tag = random.nextInt(4); tag > 0; tag--) {
                tags.put("k" + random.nextInt(5) + (random.nextBoolean() ? "," : ""), word(random));
            }
            SeriesKey key = new SeriesKey("m " + random.nextInt(3), TagSet.of(tags));
            int series = index.add(bytes(key));
            index.addToShard(SHARD, series);
            model.put(series, key);
            if (i % 7 == 0) {
                index.removeFromShard(SHARD, series);
                model.remove(series);
            }
        }
        assertThat(index.seriesCount()).isEqualTo(model.size());
        model.forEach((series, key) -> {
            byte[] canonical = bytes(key);
            assertThat(index.find(canonical, 0, canonical.length)).isEqualTo(series);
            assertThat(index.seriesKey(series)).isEqualTo(key);
            assertThat(index.measurement(series)).isEqualTo(key.measurement());
        });
        for (String measurement : List.of("m 0", "m 1", "m 2")) {
            assertThat(index.tagKeys(measurement))
                    .containsExactlyElementsOf(model.values().stream()
                            .filter(key -> key.measurement().equals(measurement))
                            .flatMap(key -> tagKeys(key).stream())
                            .collect(Collectors.toCollection(TreeSet::new)));
            for (String tag : index.tagKeys(measurement)) {
                for (String value : index.tagValues(measurement, tag)) {
                    assertThat(index.select(measurement, new SeriesSelector.TagEquals(tag, value))
                                    .toArray())
                            .as("%s=%s", tag, value)
                            .isNotEmpty()
                            .containsExactly(model.entrySet().stream()
                                    .filter(entry ->
                                            entry.getValue().measurement().equals(measurement)
                                                    && value.equals(entry.getValue()
                                                            .tags()
                                                            .find(tag)))
                                    .mapToInt(Map.Entry::getKey)
                                    .sorted()
                                    .toArray());
                }
            }
        }
    }

    @Test
    void restoreShardsThenTheIndexIsAsIfSeriesHadBeenAddedOneByOne() {
        Random random = new Random(2);
        DatabaseIndex restored = new DatabaseIndex();
        Map<ShardId, RoaringBitmap> members = new HashMap<>();
        restored.reserve(6000);
        for (int i = 0; i < 6000; i++) {
            Map<String, String> tags = new TreeMap<>();
            for (int tag = random.nextInt(5); tag > 0; tag--) {
                tags.put("k" + random.nextInt(4) + (random.nextInt(9) == 0 ? "," : ""), word(random));
            }
            byte[] key = bytes(new SeriesKey("m" + random.nextInt(2) + (i % 3 == 0 ? "=," : ""), TagSet.of(tags)));
            int series = index.add(key);
            byte[] longer = Arrays.copyOf(key, key.length + 10);
            if (restored.find(key, 0, key.length) < 0) {
                restored.restore(series, longer, key.length);
            }
            ShardId shard = new ShardId(1 + random.nextInt(3));
            if (random.nextInt(5) > 0) {
                index.addToShard(shard, series);
                members.computeIfAbsent(shard, fresh -> new RoaringBitmap()).add(series);
            }
        }
        restored.restoreShards(members);
        assertThat(restored.seriesCount()).isEqualTo(index.seriesCount());
        assertThat(restored.shards()).containsExactlyInAnyOrderElementsOf(index.shards());
        assertThat(restored.measurements()).isEqualTo(index.measurements()).hasSize(4);
        for (String measurement : index.measurements()) {
            assertThat(restored.tagKeys(measurement)).isEqualTo(index.tagKeys(measurement));
            assertThat(select(restored, measurement, SeriesSelector.ALL))
                    .isEqualTo(select(index, measurement, SeriesSelector.ALL));
            for (String tag : index.tagKeys(measurement)) {
                assertThat(restored.tagValues(measurement, tag)).isEqualTo(index.tagValues(measurement, tag));
                for (String value : index.tagValues(measurement, tag)) {
                    SeriesSelector equals = new SeriesSelector.TagEquals(tag, value);
                    assertThat(select(restored, measurement, equals)).isEqualTo(select(index, measurement, equals));
                }
            }
        }
        // What was restored can be changed as what was added.
        for (ShardId shard : index.shards()) {
            for (int series : index.seriesInShards(List.of(shard)).toArray()) {
                assertThat(restored.seriesKey(series)).isEqualTo(index.seriesKey(series));
                restored.removeFromShard(shard, series);
            }
        }
        assertThat(restored.measurements()).isEmpty();
        assertThat(restored.seriesCount()).isZero();
    }

    private static List<Integer> select(DatabaseIndex index, String measurement, SeriesSelector selector) {
        return Arrays.stream(index.select(measurement, selector).toArray())
                .boxed()
                .toList();
    }

    private static List<String> tagKeys(SeriesKey key) {
        List<String> keys = new ArrayList<>();
        key.tags().forEach((tag, value) -> keys.add(tag));
        return keys;
    }

    @Test
    void violatedTagLimitWhenAValueIsNewAndThereAreTooManyThenNamed() {
        add("m", Map.of("t", "a"));
        add("m", Map.of("t", "b"));
        assertThat(index.violatedTagLimit("m,t=c".getBytes(StandardCharsets.UTF_8), 2))
                .isEqualTo("max-values-per-tag limit exceeded (2/2): measurement=\"m\" tag=\"t\" value=\"c\"");
        assertThat(index.violatedTagLimit("m,t=b".getBytes(StandardCharsets.UTF_8), 2))
                .isNull();
        assertThat(index.violatedTagLimit("n,t=c".getBytes(StandardCharsets.UTF_8), 2))
                .isNull();
        assertThat(index.violatedTagLimit("m,t=c".getBytes(StandardCharsets.UTF_8), 0))
                .isNull();
    }

    @Test
    void tagsWithoutSeriesGoAndComeBack() {
        int series = add("m", Map.of("t", "a"));
        index.removeFromShard(SHARD, series);
        assertThat(index.measurements()).isEmpty();
        assertThat(index.tagKeys("m")).isEmpty();
        assertThat(index.seriesKey(series).canonical()).isEqualTo("m,t=a");
        index.addToShard(SHARD, series);
        assertThat(index.tagValues("m", "t")).containsExactly("a");
        assertThat(index.seriesCount()).isEqualTo(1);
    }

    @Test
    void seriesKeyWhenUnknownThenRefused() {
        assertThatThrownBy(() -> index.seriesKey(3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.seriesKey(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
