package dev.sluice.catalog.jpa;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** Rows of {@code retention_policies}. */
interface RetentionPolicyRepository extends JpaRepository<RetentionPolicyEntity, Long> {

    List<RetentionPolicyEntity> findAllByOrderById();

    Optional<RetentionPolicyEntity> findByDatabaseIdAndName(long databaseId, String name);
}
