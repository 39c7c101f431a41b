package dev.sluice.storage;

import static dev.sluice.storage.StoreFixture.DATABASE;
import static dev.sluice.storage.StoreFixture.SHARD;
import static dev.sluice.storage.StoreFixture.append;
import static dev.sluice.storage.StoreFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.FieldType;
import dev.sluice.model.PointBatch;
import dev.sluice.model.ShardId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A field has one type in a shard and measurement. */
public interface SchemaContract extends StoreContract {

    @Test
    default void appendWhenTypeConflictsThenPointIsLeftOutAndOthersStand() {
        append(store(), "m v=1 1");
        settle();
        AppendOutcome outcome = append(store(), "m v=2i,w=1 2\nm v=3 3\nm v=\"x\" 4");
        assertThat(outcome.rejections())
                .containsExactly(new AppendOutcome.Rejection(
                        SHARD,
                        "field type conflict: input field \"v\" on measurement \"m\" is type integer, already exists as"
                                + " type float",
                        2));
        settle();
        assertThat(rows(store(), "m", "v")).containsExactly("m 1 1.0", "m 3 3.0");
        assertThat(rows(store(), "m", "w")).isEmpty();
    }

    @Test
    default void appendWhenNewFieldHasTwoTypesThenTheFirstPointDecides() {
        AppendOutcome outcome = append(store(), "m v=true 1\nm v=1 2");
        assertThat(outcome.rejections())
                .extracting(AppendOutcome.Rejection::reason)
                .containsExactly("field type conflict: input field \"v\" on measurement \"m\" is type float, already"
                        + " exists as type boolean");
        assertThat(store().schema(SHARD, "m").fields()).isEqualTo(Map.of("v", FieldType.BOOLEAN));
        assertThat(rows(store(), "m", "v")).containsExactly("m 1 true");
    }

    @Test
    default void appendWhenSeveralShardsRejectThenOneEntryForEachInOrderOfTheBatch() {
        append(store(), "m v=1 1");
        append(store(), OTHER_SHARD, "m v=1i 1");
        PointBatch points = StoreFixture.points(SHARD, "m v=1 1\nm v=\"x\" 2\nm v=true 3\nm v=5i 4");
        points.assignShard(0, OTHER_SHARD.value());
        points.assignShard(2, OTHER_SHARD.value());
        assertThat(store().append(DATABASE, points).rejections())
                .containsExactly(
                        new AppendOutcome.Rejection(
                                OTHER_SHARD,
                                "field type conflict: input field \"v\" on measurement \"m\" is type float, already"
                                        + " exists as type integer",
                                2),
                        new AppendOutcome.Rejection(
                                SHARD,
                                "field type conflict: input field \"v\" on measurement \"m\" is type string, already"
                                        + " exists as type float",
                                2));
    }

    @Test
    default void schemaIsPerShardAndMeasurement() {
        append(store(), "m v=1,s=\"x\" 1\nn v=1i 1");
        append(store(), OTHER_SHARD, "m v=true 1");
        assertThat(store().schema(SHARD, "m").fields()).isEqualTo(Map.of("v", FieldType.FLOAT, "s", FieldType.STRING));
        assertThat(store().schema(SHARD, "n").fields()).isEqualTo(Map.of("v", FieldType.INTEGER));
        assertThat(store().schema(OTHER_SHARD, "m").fields()).isEqualTo(Map.of("v", FieldType.BOOLEAN));
        assertThat(store().schema(OTHER_SHARD, "n")).isEqualTo(MeasurementSchema.EMPTY);
        assertThat(store().schema(new ShardId(99), "m")).isEqualTo(MeasurementSchema.EMPTY);
    }
}
