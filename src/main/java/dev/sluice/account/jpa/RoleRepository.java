package dev.sluice.account.jpa;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** Rows of {@code roles}. */
interface RoleRepository extends JpaRepository<RoleEntity, Long> {

    List<RoleEntity> findAllByOrderById();

    Optional<RoleEntity> findByName(String name);
}
