package dev.sluice.catalog.jpa;

import org.springframework.data.jpa.repository.JpaRepository;

/** Rows of {@code last_ids}. */
interface LastIdRepository extends JpaRepository<LastIdEntity, LastIdEntity.Kind> {}
