package dev.sluice.catalog.jpa;

import dev.sluice.catalog.RetentionPolicy;
import dev.sluice.catalog.ShardGroup;
import dev.sluice.catalog.Subscription;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code retention_policies}. */
@Entity
@Table(name = "retention_policies")
class RetentionPolicyEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(name = "database_id")
    private long databaseId;

    private String name = "";

    @Column(name = "duration_nanos")
    private long durationNanos;

    @Column(name = "shard_duration_nanos")
    private long shardDurationNanos;

    private int replication;

    @Column(name = "future_limit_nanos")
    private long futureLimitNanos;

    @Column(name = "past_limit_nanos")
    private long pastLimitNanos;

    /** For JPA. */
    protected RetentionPolicyEntity() {}

    RetentionPolicyEntity(long databaseId, RetentionPolicy policy) {
        this.databaseId = databaseId;
        this.name = policy.name();
        update(policy);
    }

    final void update(RetentionPolicy policy) {
        this.durationNanos = policy.durationNanos();
        this.shardDurationNanos = policy.shardDurationNanos();
        this.replication = policy.replication();
        this.futureLimitNanos = policy.futureLimitNanos();
        this.pastLimitNanos = policy.pastLimitNanos();
    }

    long id() {
        if (id == null) {
            throw new IllegalStateException("the policy is not saved yet");
        }
        return id;
    }

    long databaseId() {
        return databaseId;
    }

    RetentionPolicy toRetentionPolicy(List<ShardGroup> groups, List<Subscription> subscriptions) {
        return new RetentionPolicy(
                name,
                durationNanos,
                shardDurationNanos,
                replication,
                futureLimitNanos,
                pastLimitNanos,
                groups,
                subscriptions);
    }
}
