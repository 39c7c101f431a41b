package dev.sluice.account.jpa;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** Rows of {@code users}. */
interface UserRepository extends JpaRepository<UserEntity, Long> {

    List<UserEntity> findAllByOrderById();

    Optional<UserEntity> findByName(String name);

    @Modifying
    @Query("delete from GrantEntity g where g.database = :database")
    void deleteGrants(String database);
}
