package dev.sluice.catalog.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Rows of {@code continuous_queries}. */
interface ContinuousQueryRepository extends JpaRepository<ContinuousQueryEntity, Long> {

    List<ContinuousQueryEntity> findAllByOrderById();

    void deleteByDatabaseIdAndName(long databaseId, String name);
}
