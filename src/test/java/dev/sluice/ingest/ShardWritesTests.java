package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.PointBatch;
import dev.sluice.model.ShardId;
import dev.sluice.storage.AppendOutcome;
import dev.sluice.storage.StorageException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardWritesTests {

    private final ShardWrites writes = new ShardWrites();

    private static ShardWrites.Distribution points(long... shards) {
        ShardWrites.Distribution batch = new ShardWrites.Distribution();
        for (long shard : shards) {
            batch.add(shard);
        }
        return batch;
    }

    @Test
    void storedCountsEachShardsPointsAndWhatItLeftOut() {
        writes.stored(points(1, 1, 2), List.of(new AppendOutcome.Rejection(new ShardId(1), "type", 1)));
        writes.stored(points(1), List.of());

        assertThat(writes.of(new ShardId(1))).isEqualTo(new ShardWrites.Figures(2, 0, 2, 1, 0));
        assertThat(writes.of(new ShardId(2))).isEqualTo(new ShardWrites.Figures(1, 0, 1, 0, 0));
        assertThat(writes.of(new ShardId(3))).isEqualTo(new ShardWrites.Figures(0, 0, 0, 0, 0));
    }

    @Test
    void forgetDropsTheFiguresOfShardsThatAreGone() {
        writes.stored(points(1, 2), List.of());
        Set<ShardId> counted = writes.shards();
        assertThat(counted).containsExactlyInAnyOrder(new ShardId(1), new ShardId(2));

        counted.remove(new ShardId(2));
        writes.forget(counted);

        assertThat(writes.shards()).containsExactly(new ShardId(2));
        assertThat(writes.of(new ShardId(1))).isEqualTo(new ShardWrites.Figures(0, 0, 0, 0, 0));
    }

    @Test
    void failedCountsTheRequestAndItsPoints() {
        writes.failed(points(1, 1));

        assertThat(writes.of(new ShardId(1))).isEqualTo(new ShardWrites.Figures(1, 1, 0, 0, 2));
    }

    @Test
    void countingWriterTellsStoredFromPartlyStoredFromFailed() {
        CountingPointWriter writer = new CountingPointWriter((database, policy, points) -> {
            switch (database) {
                case "partly" -> throw new PartialWriteException("type", 2);
                case "failing" -> throw new StorageException("no disk");
                default -> {}
            }
        });
        writer.write("good", "", new PointBatch());
        assertThatThrownBy(() -> writer.write("partly", "", new PointBatch()))
                .isInstanceOf(PartialWriteException.class);
        assertThatThrownBy(() -> writer.write("failing", "", new PointBatch())).isInstanceOf(StorageException.class);

        assertThat(writer.requestCount()).isEqualTo(3);
        assertThat(writer.failedRequestCount()).isEqualTo(1);
        assertThat(writer.droppedPointCount()).isEqualTo(2);
    }
}
