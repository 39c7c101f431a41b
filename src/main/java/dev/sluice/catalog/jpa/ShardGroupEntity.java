package dev.sluice.catalog.jpa;

import dev.sluice.catalog.ShardGroup;
import dev.sluice.model.ShardId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import org.springframework.data.domain.Persistable;

/** A row of {@code shard_groups}; its id is given by the catalogue. */
@Entity
@Table(name = "shard_groups")
class ShardGroupEntity implements Persistable<Long> {

    @Id
    private long id;

    @Column(name = "retention_policy_id")
    private long retentionPolicyId;

    @Column(name = "shard_id")
    private long shardId;

    @Column(name = "start_nanos")
    private long startNanos;

    @Column(name = "end_nanos")
    private long endNanos;

    /** Spares the select that Spring Data does first for an id it has not generated itself. */
    @Transient
    private boolean unsaved;

    /** For JPA. */
    protected ShardGroupEntity() {}

    ShardGroupEntity(long retentionPolicyId, ShardGroup group) {
        this.id = group.id();
        this.retentionPolicyId = retentionPolicyId;
        this.shardId = group.shard().value();
        this.startNanos = group.startNanos();
        this.endNanos = group.endNanos();
        this.unsaved = true;
    }

    @Override
    public Long getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return unsaved;
    }

    @PostPersist
    @PostLoad
    void markSaved() {
        unsaved = false;
    }

    long retentionPolicyId() {
        return retentionPolicyId;
    }

    ShardGroup toShardGroup() {
        return new ShardGroup(id, new ShardId(shardId), startNanos, endNanos);
    }
}
