package dev.sluice.storage;

import static dev.sluice.storage.StoreFixture.DATABASE;
import static dev.sluice.storage.StoreFixture.SHARD;
import static dev.sluice.storage.StoreFixture.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.SeriesKey;
import dev.sluice.model.ShardId;
import dev.sluice.model.TagSet;
import dev.sluice.storage.SeriesSelector.And;
import dev.sluice.storage.SeriesSelector.Not;
import dev.sluice.storage.SeriesSelector.Or;
import dev.sluice.storage.SeriesSelector.TagEquals;
import dev.sluice.storage.SeriesSelector.TagMatches;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names are listed, and series are found by them. */
public interface IndexContract extends StoreContract {

    @Test
    default void namesAreSortedByBytes() {
        append(store(), "m,b=1,a=ü v=1 1\nM,a=z v=1 1\nä v=1 1\nm,a=\uD83D\uDE00,B=x v=1 1\nm,a=\uFFFD v=1 1");
        assertThat(store().measurements(DATABASE)).containsExactly("M", "m", "ä");
        assertThat(store().tagKeys(DATABASE, "m")).containsExactly("B", "a", "b");
        assertThat(store().tagValues(DATABASE, "m", "a")).containsExactly("ü", "\uFFFD", "\uD83D\uDE00");
        assertThat(store().tagValues(DATABASE, "m", "none")).isEmpty();
        assertThat(store().tagKeys(DATABASE, "none")).isEmpty();
    }

    @Test
    default void seriesKeyGivesBackEscapedNames() {
        append(store(), "a\\,b\\ c=d,k\\ 1=v\\,\\=2,z=x\\y v=1 1");
        settle();
        int series = select("a,b c=d", SeriesSelector.ALL).toArray()[0];
        assertThat(store().seriesKey(DATABASE, series))
                .isEqualTo(new SeriesKey("a,b c=d", TagSet.of(Map.of("k 1", "v,=2", "z", "x\\y"))));
    }

    @Test
    default void selectFollowsTheSelector() {
        append(store(), "m,a=1,b=1 v=1 1\nm,a=1 v=1 1\nm,a=2,b=2 v=1 1\nm v=1 1\nn,a=1 v=1 1");
        assertThat(keys("m", SeriesSelector.ALL)).containsExactly("m", "m,a=1", "m,a=1,b=1", "m,a=2,b=2");
        assertThat(keys("m", SeriesSelector.NONE)).isEmpty();
        assertThat(keys("m", new TagEquals("a", "1"))).containsExactly("m,a=1", "m,a=1,b=1");
        assertThat(keys("m", new TagEquals("a", "3"))).isEmpty();
        assertThat(keys("m", new TagEquals("b", ""))).containsExactly("m", "m,a=1");
        assertThat(keys("m", new TagEquals("none", ""))).hasSize(4);
        assertThat(keys("m", new TagEquals("none", "x"))).isEmpty();
        assertThat(keys("m", new TagMatches("a", value -> value.compareTo("1") > 0)))
                .containsExactly("m,a=2,b=2");
        assertThat(keys("m", new TagMatches("b", value -> !value.equals("1"))))
                .containsExactly("m", "m,a=1", "m,a=2,b=2");
        assertThat(keys("m", new And(List.of(new TagEquals("a", "1"), new TagEquals("b", "1")))))
                .containsExactly("m,a=1,b=1");
        assertThat(keys("m", new Or(List.of(new TagEquals("a", "2"), new TagEquals("a", "")))))
                .containsExactly("m", "m,a=2,b=2");
        assertThat(keys("m", new Not(new TagEquals("a", "1")))).containsExactly("m", "m,a=2,b=2");
        assertThat(keys("none", SeriesSelector.ALL)).isEmpty();
    }

    @Test
    default void seriesInShardsAreThoseWithPointsThere() {
        append(store(), "m,t=a v=1 1\nm,t=b v=1 1");
        append(store(), OTHER_SHARD, "m,t=b v=1 1\nm,t=c v=1 1");
        settle();
        SeriesSet first = store().seriesInShards(DATABASE, List.of(SHARD));
        SeriesSet both = store().seriesInShards(DATABASE, List.of(SHARD, OTHER_SHARD));
        assertThat(first.and(select("m", SeriesSelector.ALL)).size()).isEqualTo(2);
        assertThat(both.size()).isEqualTo(3);
        assertThat(store().seriesInShards(DATABASE, List.of()).isEmpty()).isTrue();
        assertThat(store().seriesInShards(DATABASE, List.of(new ShardId(99))).isEmpty())
                .isTrue();
    }

    @Test
    default void seriesWhoseOnlyPointIsRejectedDoesNotShow() {
        append(store(), "m,t=a v=1 1");
        append(store(), "m,t=b v=true 1");
        settle();
        assertThat(store().tagValues(DATABASE, "m", "t")).containsExactly("a");
        assertThat(store().statistics().seriesCount()).isEqualTo(1);
    }

    @Test
    default void databasesDoNotSeeEachOther() {
        DatabaseId other = new DatabaseId(2);
        append(store(), "m,t=a v=1 1");
        store().append(other, StoreFixture.points(OTHER_SHARD, "n,t=a v=1 1"));
        settle();
        assertThat(store().measurements(DATABASE)).containsExactly("m");
        assertThat(store().measurements(other)).containsExactly("n");
        assertThat(store().measurements(new DatabaseId(3))).isEmpty();
        store().dropDatabase(DATABASE);
        assertThat(store().measurements(DATABASE)).isEmpty();
        assertThat(store().measurements(other)).containsExactly("n");
        assertThat(store().schema(SHARD, "m")).isEqualTo(MeasurementSchema.EMPTY);
    }

    @Test
    default void seriesKeyWhenThereIsNoneThenIllegalArgument() {
        assertThatIllegalArgumentException().isThrownBy(() -> store().seriesKey(DATABASE, 0));
        append(store(), "m v=1 1");
        int series = select("m", SeriesSelector.ALL).toArray()[0];
        assertThatIllegalArgumentException().isThrownBy(() -> store().seriesKey(DATABASE, series + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> store().seriesKey(DATABASE, -1));
        store().dropSeries(DATABASE, SeriesSet.of(series));
        assertThat(store().seriesKey(DATABASE, series).canonical())
                .as("what a statement selected before")
                .isEqualTo("m");
    }

    @Test
    default void inKeyOrderSortsByTheBytesOfKeys() {
        List<String> keys = List.of(
                "m",
                "m,a=1",
                "m,a=1,b=1",
                "m,a=1\u00e9",
                "m,a=1!",
                "m,a=1!,b=2",
                "m,a=10",
                "m,a=1\\,2",
                "m,b=\uffee",
                "m,b=\ud83d\ude00");
        List<String> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled, new Random(3));
        shuffled.forEach(key -> append(store(), key + " v=1 1"));
        settle();
        List<String> sorted = new ArrayList<>(keys);
        sorted.sort((one, other) ->
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));
        int[] ordered = store().inKeyOrder(DATABASE, select("m", SeriesSelector.ALL));
        assertThat(Arrays.stream(ordered)
                        .mapToObj(number -> store().seriesKey(DATABASE, number).canonical()))
                .containsExactlyElementsOf(sorted);
        assertThatIllegalArgumentException().isThrownBy(() -> store().inKeyOrder(DATABASE, SeriesSet.of(99)));
    }
}
