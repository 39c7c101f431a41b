package dev.sluice.catalog.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Rows of {@code databases}. */
interface DatabaseRepository extends JpaRepository<DatabaseEntity, Long> {

    List<DatabaseEntity> findAllByOrderById();
}
