package dev.sluice.storage;

import static dev.sluice.storage.StoreFixture.DATABASE;
import static dev.sluice.storage.StoreFixture.SHARD;
import static dev.sluice.storage.StoreFixture.append;
import static dev.sluice.storage.StoreFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.FieldType;
import dev.sluice.model.TimeRange;
import dev.sluice.storage.SeriesSelector.TagEquals;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is removed is gone, and nothing else is. */
public interface RemovalContract extends StoreContract {

    @Test
    default void deleteRangeTakesExactlyThoseRows() {
        append(store(), "m,t=a v=1 1\nm,t=a v=2 2\nm,t=b v=2 2");
        settle();
        append(store(), "m,t=a v=3 3\nm,t=a v=4 4");
        append(store(), OTHER_SHARD, "m,t=a v=9 3");
        store().deleteRange(DATABASE, List.of(SHARD), select("m", new TagEquals("t", "a")), new TimeRange(2, 3));
        assertThat(rows(store(), "m", "v")).containsExactly("m,t=a 1 1.0", "m,t=a 4 4.0", "m,t=b 2 2.0");
        assertThat(rows(store(), OTHER_SHARD, "m", TimeRange.ALL, true, "v")).containsExactly("m,t=a 3 9.0");
        settle();
        append(store(), "m,t=a v=7 2");
        settle();
        assertThat(rows(store(), "m", "v")).containsExactly("m,t=a 1 1.0", "m,t=a 2 7.0", "m,t=a 4 4.0", "m,t=b 2 2.0");
    }

    @Test
    default void deleteRangeWhenRangeIsEmptyThenNothingGoes() {
        append(store(), "m v=1 1");
        store().deleteRange(DATABASE, List.of(SHARD), select("m", SeriesSelector.ALL), new TimeRange(5, 4));
        store().deleteRange(DATABASE, List.of(SHARD), SeriesSet.EMPTY, TimeRange.ALL);
        store().deleteRange(DATABASE, List.of(), select("m", SeriesSelector.ALL), TimeRange.ALL);
        assertThat(rows(store(), "m", "v")).containsExactly("m 1 1.0");
    }

    @Test
    default void deleteRangeWhenSeriesIsLeftEmptyThenItIsGoneButItsFieldsAreKnown() {
        append(store(), "m,t=a v=1 1\nm,t=b v=1 1");
        append(store(), OTHER_SHARD, "m,t=b v=1 1");
        settle();
        store().deleteRange(DATABASE, List.of(SHARD), select("m", SeriesSelector.ALL), TimeRange.ALL);
        assertThat(keys("m", SeriesSelector.ALL)).containsExactly("m,t=b");
        assertThat(store().seriesInShards(DATABASE, List.of(SHARD)).isEmpty()).isTrue();
        store().deleteRange(DATABASE, List.of(OTHER_SHARD), select("m", SeriesSelector.ALL), TimeRange.ALL);
        assertThat(store().measurements(DATABASE)).isEmpty();
        assertThat(store().schema(SHARD, "m").find("v")).isEqualTo(FieldType.FLOAT);
        assertThat(append(store(), "m v=true 1").rejections()).hasSize(1);
    }

    @Test
    default void dropSeriesTakesThemFromEveryShard() {
        append(store(), "m,t=a v=1 1\nm,t=b v=1 1");
        append(store(), OTHER_SHARD, "m,t=a v=1 1");
        settle();
        append(store(), "m,t=a v=2 2");
        store().dropSeries(DATABASE, select("m", new TagEquals("t", "a")));
        assertThat(keys("m", SeriesSelector.ALL)).containsExactly("m,t=b");
        assertThat(store().seriesInShards(DATABASE, List.of(OTHER_SHARD)).isEmpty())
                .isTrue();
        assertThat(store().schema(SHARD, "m").find("v")).isEqualTo(FieldType.FLOAT);
        append(store(), "m,t=a v=5 5");
        settle();
        assertThat(rows(store(), "m", "v")).containsExactlyInAnyOrder("m,t=a 5 5.0", "m,t=b 1 1.0");
    }

    @Test
    default void dropMeasurementTakesPointsSeriesAndFields() {
        append(store(), "m,t=a v=1 1\nn,t=a v=1 1");
        settle();
        append(store(), OTHER_SHARD, "m,t=b v=2 1");
        store().dropMeasurement(DATABASE, "m");
        assertThat(store().measurements(DATABASE)).containsExactly("n");
        assertThat(store().schema(SHARD, "m")).isEqualTo(MeasurementSchema.EMPTY);
        assertThat(store().schema(OTHER_SHARD, "m")).isEqualTo(MeasurementSchema.EMPTY);
        assertThat(append(store(), "m,t=a v=\"text\",w=1i 7")).isEqualTo(AppendOutcome.COMPLETE);
        settle();
        assertThat(rows(store(), "m", "v", "w")).containsExactly("m,t=a 7 text 1");
        assertThat(rows(store(), "n", "v")).containsExactly("n,t=a 1 1.0");
    }

    @Test
    default void dropMeasurementWhenItsPointsWereDeletedThenFieldsGoAsWell() {
        append(store(), "m v=1 1");
        settle();
        store().deleteRange(DATABASE, List.of(SHARD), select("m", SeriesSelector.ALL), TimeRange.ALL);
        store().dropMeasurement(DATABASE, "m");
        assertThat(store().schema(SHARD, "m")).isEqualTo(MeasurementSchema.EMPTY);
        assertThat(append(store(), "m v=true 1")).isEqualTo(AppendOutcome.COMPLETE);
    }

    @Test
    default void dropMeasurementWhenAnotherNameBeginsTheSameThenThatStays() {
        append(store(), "m v=1 1\nmm v=2 1\nm\\,t=a v=3 1");
        settle();
        store().dropMeasurement(DATABASE, "m");
        assertThat(store().measurements(DATABASE)).containsExactly("m,t=a", "mm");
        assertThat(rows(store(), "mm", "v")).containsExactly("mm 1 2.0");
        assertThat(store().schema(SHARD, "mm").find("v")).isEqualTo(FieldType.FLOAT);
    }

    @Test
    default void dropShardTakesItsPointsAndFields() {
        append(store(), "m,t=a v=1 1\nm,t=b v=1 1");
        append(store(), OTHER_SHARD, "m,t=b v=2 2");
        settle();
        append(store(), "m,t=a v=3 3");
        store().dropShard(DATABASE, SHARD);
        assertThat(keys("m", SeriesSelector.ALL)).containsExactly("m,t=b");
        assertThat(rows(store(), "m", "v")).isEmpty();
        assertThat(rows(store(), OTHER_SHARD, "m", TimeRange.ALL, true, "v")).containsExactly("m,t=b 2 2.0");
        assertThat(store().schema(SHARD, "m")).isEqualTo(MeasurementSchema.EMPTY);
    }

    @Test
    default void shardsAreThoseWithPointsOfDatabasesThatWereNotDropped() {
        DatabaseId other = new DatabaseId(2);
        append(store(), "m v=1 1");
        store().append(other, StoreFixture.points(OTHER_SHARD, "n v=1 1"));
        assertThat(store().shards()).isEqualTo(Map.of(DATABASE, Set.of(SHARD), other, Set.of(OTHER_SHARD)));
        settle();
        store().dropDatabase(DATABASE);
        assertThat(store().measurements(DATABASE)).isEmpty();
        assertThat(store().shards()).isEqualTo(Map.of(other, Set.of(OTHER_SHARD)));
        assertThat(store().measurements(other)).containsExactly("n");
    }

    @Test
    default void removalOfWhatIsNotThereSucceeds() {
        DatabaseId unknown = new DatabaseId(9);
        assertThatCode(() -> {
                    store().deleteRange(unknown, List.of(SHARD), SeriesSet.of(3), TimeRange.ALL);
                    store().dropSeries(unknown, SeriesSet.of(3));
                    store().dropMeasurement(unknown, "m");
                    store().dropShard(unknown, SHARD);
                    store().dropDatabase(unknown);
                })
                .doesNotThrowAnyException();
    }
}
