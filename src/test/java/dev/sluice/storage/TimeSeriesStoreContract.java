package dev.sluice.storage;

import static dev.sluice.storage.StoreFixture.DATABASE;
import static dev.sluice.storage.StoreFixture.SHARD;
import static dev.sluice.storage.StoreFixture.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.DatabaseId;
import dev.sluice.model.ShardId;
import org.junit.jupiter.api.Test;

/** What every store keeps. A store's test class implements this and so runs all of it. */
public interface TimeSeriesStoreContract extends ReadingContract, SchemaContract, IndexContract, RemovalContract {

    @Test
    default void statisticsCountSeriesAndMeasurements() {
        append(store(), "m,t=a v=1 1\nm,t=b v=1 1\nn v=1 1");
        settle();
        assertThat(store().statistics().seriesCount()).isEqualTo(3);
        assertThat(store().statistics().measurementCount()).isEqualTo(2);
        assertThat(store().statistics().appendCount()).isEqualTo(1);
        assertThat(store().health()).isEqualTo(StoreHealth.WRITABLE);
    }

    @Test
    default void statisticsOfADatabaseAndAShardCountWhatTheyHave() {
        append(store(), "m,t=a v=1,w=2 1\nm,t=b v=1 1\nn v=1 1");
        settle();
        assertThat(store().statistics(DATABASE)).isEqualTo(new DatabaseStatistics(2, 3));
        assertThat(store().statistics(DATABASE, SHARD).seriesCount()).isEqualTo(3);
        assertThat(store().statistics(DATABASE, SHARD).fieldCount()).isEqualTo(3);
        assertThat(store().statistics(new DatabaseId(9))).isEqualTo(new DatabaseStatistics(0, 0));
        assertThat(store().statistics(DATABASE, new ShardId(99))).isEqualTo(new ShardStatistics(0, 0, 0));
    }

    @Test
    default void closeTwiceDoesNothingAndAppendAfterwardsIsRefused() {
        append(store(), "m v=1 1");
        store().close();
        store().close();
        assertThatThrownBy(() -> append(store(), "m v=1 1")).isInstanceOf(StorageException.class);
    }
}
