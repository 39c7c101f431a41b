package dev.sluice.catalog.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Rows of {@code shard_groups}. */
interface ShardGroupRepository extends JpaRepository<ShardGroupEntity, Long> {

    List<ShardGroupEntity> findAllByOrderByStartNanos();
}
